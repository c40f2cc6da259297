"""The engine on our own labelled stories: not below what it once could."""

import pytest

from articles.tagging import Analysis, Gazetteer
from tests.corpus.__main__ import doubts
from tests.corpus.reader import BadStory, read, stories
from tests.corpus.scoring import EQUIPMENT_AND_EXERCISES, CorpusScore, score

# A little below what is reached, so that a step back of more than a few labels is seen. Raised when the engine is.
FLOORS = {
    "quotes joint": 0.905,
    "quotes exact": 0.965,
    "quotes balanced": 0.89,
    "quotes speaker": 0.915,
    "quotes fragments": 0.855,
    "quotes cue": 0.945,
    "quotes resolved": 0.86,
    "countries story": 0.975,
    "countries mention": 0.86,
    "countries primary": 0.96,
    "equipment F1": 0.955,
    "exercise F1": 0.975,
    "operation F1": 0.85,
    "organisation F1": 0.95,
    "person F1": 0.97,
    "place F1": 0.92,
    "programme F1": 0.75,
    "unit F1": 0.92,
    "equipment and exercises F1": 0.955,
    "accepted precision": 0.985,
}
# Fewer would say little.
FEWEST = {"stories": 80, "quotations": 300, "equipment and exercises": 400}

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


@pytest.mark.parametrize("name", FLOORS)
def test_engine_keeps_its_floor(scored, name):
    assert scored.figures()[name] >= FLOORS[name]


def test_every_figure_has_a_floor(scored):
    assert set(scored.figures()) == set(FLOORS)


def test_stories_are_many_and_hold_enough():
    listed = stories()

    counts = {
        "stories": len(listed),
        "quotations": sum(not piece.refused for story in listed for piece in story.pieces),
        "equipment and exercises": sum(n.kind in EQUIPMENT_AND_EXERCISES for story in listed for n in story.named),
    }
    assert {name: number for name, number in counts.items() if number < FEWEST[name]} == {}


def test_an_engine_that_finds_nothing_falls_through_every_floor():
    blind = CorpusScore()
    for story in stories():
        blind.add(story, Analysis())

    assert [name for name, value in blind.figures().items() if value >= FLOORS[name]] == []


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
