import pytest

from articles.tagging.quoting.attribution import Ranker
from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.quotation import judge
from articles.tagging.reading.document import read


def verdicts(text: str) -> list[bool]:
    framing = Framing(read(text))
    ranker = Ranker(framing)
    return [judge(framing, number, ranker.rank(number, None)).score > 0 for number in range(len(framing.places))]


@pytest.mark.parametrize(
    "text",
    [
        "“No,” Smith said.",
        "The exercise is meant to “deepen cooperation”, the ministry announced.",
        "Smith called it “a disgrace”.",
        "“We are ready and we will stay.”",
        "Smith said he was “very tired”.",
        "Smith warned that a “very long” winter was near.",
        "Smith called it “the long quay”.",
    ],
)
def test_judge_takes_quotations(text):
    assert verdicts(text) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "China joins Russia’s “Vostok” (East) exercises.",
        "They met in the “Joint Sea” operation.",
        "The United States warned of their “military-to-military” relations.",
        "He is the author of the book “War and Peace”.",
        "Smith spoke on ABC’s “This Week”.",
        "The plane, nicknamed “Bone”, landed.",
        "Operation “Cordillera” took five weeks.",
        "It will soon have what salesmen call a “loyal wingman”.",
        "They used the “sampah”, their word for rubbish.",
        "“THE LONG QUAY”\nThe port was late.",
    ],
)
def test_judge_refuses_titles_names_and_scare_quotes(text):
    assert verdicts(text) == [False]
