import pytest

from articles.tagging.quoting.attribution import Ranker
from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.quotation import judge
from articles.tagging.reading.document import read


def verdicts(text: str) -> list[bool]:
    framing = Framing(read(text))
    ranker = Ranker(framing)
    found: list[bool] = []
    last = None
    for number in range(len(framing.places)):
        found.append(judge(framing, number, ranker.rank(number, None), last=last).score > 0)
        last = number if found[-1] else last
    return found


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
        "Smith said that the pier would be “costly”.",
        "It rained.\nThe dockers chanted “Ships First” at the gate.",
        "The ministry dismissed the count as “fraudulent”.",
        "Smith called the report “a figment”.",
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
        "On deck the ship is known as “the taxi”.",
        "“Related:”\nThe port was late.",
        "It is Finnish for “grit in the face of defeat”.",
        "To sign up, readers click “send now”.",
        "He signed what the notice calls an “undefined action”.",
        "He listed his “negatives,” one by one.",
        "Under the stairs they kept the old “bastion”.",
    ],
)
def test_judge_refuses_titles_names_and_scare_quotes(text):
    assert verdicts(text) == [False]


def test_judge_keeps_a_list_in_marks_together():
    assert verdicts("Smith called the pier “slow” and “dear”.") == [True, True]
    assert verdicts("The vessels “Alma” and “Berta” are late.") == [False, False]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It rained.\nThe dockers chanted “Ships First” at the gate.", "the words were chanted or read out"),
        ("He signed what salesmen call a “loyal wingman”.", "what they call it in the trade"),
    ],
)
def test_judge_gives_its_reason(text, reason):
    framing = Framing(read(text))

    assert judge(framing, 0, Ranker(framing).rank(0, None)).reason == reason
