"""The engine on our own labelled stories: not below what it once could."""

import pytest

from articles.tagging import Gazetteer
from tests.corpus.__main__ import doubts
from tests.corpus.reader import BadStory, read, stories
from tests.corpus.scoring import CorpusScore, score

STORY = """title: A drill
shape: wire brief
primary: EE
== text
The drill “[Iron Aurora|exercise]” began in [Tallinn|place EE].
“We are ready,” Colonel [Mart Kask|person] said. “He is,” she said of [Kask|person =Mart Kask].
== quotes
x | Iron Aurora | name
q | We are ready | Colonel Mart Kask | said | Mart Kask
q | He is | she | said@2 | -
"""


@pytest.fixture(scope="module")
def scored() -> CorpusScore:
    return score(stories(), Gazetteer.shipped())


def test_read_gives_true_spans():
    story = read("000", STORY)

    assert [story.text[n.span.start : n.span.end] for n in story.named] == [
        "Iron Aurora",
        "Tallinn",
        "Mart Kask",
        "Kask",
    ]
    assert [(p.words, p.refused, p.resolved) for p in story.pieces] == [
        ("Iron Aurora", "name", ""),
        ("We are ready", "", "Mart Kask"),
        ("He is", "", ""),
    ]
    assert story.named[3].name == "Mart Kask"
    assert doubts(story) == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("|exercise]", "|exorcise]", "unknown label"),
        ("x | Iron Aurora", "x | Iron Dawn", "does not stand between quotation marks"),
        ("said@2", "said@9", "2 times"),
        ("primary: EE\n", "", "header lacks"),
        ("| name\n", "| nickname\n", "is not one of"),
    ],
)
def test_read_refuses_what_breaks_the_format(good, bad, fault):
    with pytest.raises(BadStory, match=fault):
        read("000", STORY.replace(good, bad))
