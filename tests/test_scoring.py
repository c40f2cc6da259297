"""The scorers tell right from wrong; `make evals` compares them with those of the labelled news."""

import pytest

from tests.evals.folder import ASIDE, part_of
from tests.scoring.namings import CountryScore, tally_overlaps
from tests.scoring.quotations import QUOTATION, REFUSED, Label, QuotationScore
from tests.scoring.speakers import same_name

TEXT = "“We are ready now,” Mart Kask said. The “turkey” stayed, and Ana Brandt left."
QUOTATION_SPAN, TERM_SPAN = (1, 17), (41, 47)
LABELS = [
    Label(QUOTATION_SPAN, QUOTATION, source=((20, 29),), cue=((30, 34),)),
    Label(TERM_SPAN, REFUSED),
]


def finding(span, speaker=None, cue=None):
    return {
        "start": span[0],
        "end": span[1],
        "speaker": speaker and {"start": speaker[0], "end": speaker[1], "text": TEXT[slice(*speaker)]},
        "cue": cue and {"start": cue[0], "end": cue[1], "text": TEXT[slice(*cue)]},
    }


def figures(*findings):
    total = QuotationScore()
    total.add(TEXT, LABELS, findings)
    return total.figures()


def test_quotations_all_right():
    assert figures(finding(QUOTATION_SPAN, (20, 29), (30, 34))) == {
        "joint": 1.0,
        "exact": 1.0,
        "balanced": 1.0,
        "speaker": 1.0,
        "fragments": 0.0,
        "cue": 1.0,
    }


@pytest.mark.parametrize(
    ("findings", "worse"),
    [
        ([finding(QUOTATION_SPAN, (61, 71), (30, 34))], {"joint", "speaker"}),
        ([finding(QUOTATION_SPAN, (20, 29))], {"cue"}),
        ([finding((4, 17), (20, 29), (30, 34))], {"exact"}),
        ([finding(QUOTATION_SPAN, (20, 29), (30, 34)), finding(TERM_SPAN)], {"joint", "exact", "balanced"}),
        ([], {"joint", "exact", "balanced", "speaker", "cue"}),
    ],
)
def test_quotations_wrong_in_one_way(findings, worse):
    found = figures(*findings)

    assert {name for name, value in found.items() if name != "fragments" and value < 1} == worse


@pytest.mark.parametrize(
    ("label", "found", "is_same"),
    [
        ("Colonel Mart Kask", "Kask", True),
        ("Mart Kask", "Mart Kask, who leads the drill", True),
        ("Mart Kask", "Ana Brandt", False),
        ("the colonel", "the colonel", False),
    ],
)
def test_names_are_the_same_by_their_last_word(label, found, is_same):
    assert same_name(label, found) is is_same


def test_namings_count_kinds_and_second_findings():
    tally = tally_overlaps([(0, 4, "ship"), (10, 14, "tank")], [(0, 2, "ship"), (2, 4, "ship"), (10, 14, "ship")])

    assert (tally.right, tally.wrong, tally.missing) == (1, 1, 1)


def test_countries_by_story_mention_and_primary():
    score = CountryScore()

    score.add([(0, 5, "EE"), (9, 14, "SE")], {"EE"}, [country("EE", 1.0, (0, 5)), country("NO", 0.4, (9, 14))])

    assert score.figures() == {"story": 0.5, "mention": 0.5, "primary": 1.0}


def country(code, score, *spans):
    mentions = [{"start": start, "end": end} for start, end in spans]
    return {"code": code, "score": score, "primary": score == 1.0, "mentions": mentions}


def test_a_fifth_of_the_documents_is_set_aside():
    aside = sum(part_of(f"document {number}") == ASIDE for number in range(10_000))

    assert 1_900 < aside < 2_100
