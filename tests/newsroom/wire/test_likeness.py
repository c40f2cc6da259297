"""Copies that are the same, and above all those that are not."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from newsroom.wire.likeness import is_another_story, is_same_copy, says_otherwise, sketch_of, turns_away
from tests.agency import WORDS

OTHER = (
    "Prosecutors in Trondheim charged seven former procurement officers yesterday, accusing them of forging delivery "
    "certificates for helicopter gearboxes between 2019 and 2023. Lawyers representing the defendants rejected every "
    "accusation, describing the investigation as politically motivated and promising to appeal any conviction swiftly."
)
CUT = " ".join(WORDS.split()[:45])


@pytest.mark.parametrize(
    "copy", [WORDS, WORDS.upper(), WORDS.replace(",", " –"), WORDS.replace("Thursday", "Wednesday"), CUT]
)
def test_same_copy_is_known_through_small_changes(copy):
    assert is_same_copy(WORDS, copy)
    assert set(sketch_of(WORDS)) & set(sketch_of(copy))


@pytest.mark.parametrize("copy", [OTHER, " ".join(WORDS.split()[:20]), " ".join(reversed(WORDS.split())), ""])
def test_other_copy_is_not_taken_for_the_same(copy):
    assert not is_same_copy(WORDS, copy)


def test_sketch_of_a_short_text_is_empty():
    assert sketch_of("Read more on our site.") == []
    assert sketch_of("") == []


def test_sketch_fits_the_database():
    assert all(-(2**63) <= number < 2**63 for number in sketch_of(WORDS))
    assert sketch_of(WORDS) == sketch_of(f"  {WORDS}\n") == sorted(sketch_of(WORDS))


@pytest.mark.parametrize("after", [WORDS.replace("nine", "eleven"), f"{OTHER} {WORDS}", CUT, "Correction follows.", ""])
def test_new_version_is_no_other_story(after):
    assert not is_another_story(WORDS, after)


def test_wholly_other_words_are_another_story():
    assert is_another_story(WORDS, OTHER)


class Sent(NamedTuple):
    headline: str
    text: str


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Frigate sails", WORDS),
        ("FRIGATE SAILS AT DAWN", WORDS.upper()),
        ("12 nations sail", WORDS.replace("town", "city")),
        ("Frigate correctly named", f"{WORDS} (c) 2026 River Agency"),
    ],
)
def test_copy_with_few_other_words_says_the_same(headline, text):
    assert not says_otherwise(Sent(headline, text), Sent("Frigate leaves port", WORDS))


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Frigate sails", WORDS.replace("nine", "eleven")),
        ("2 killed on frigate", WORDS),
        ("CORRECTS: frigate sails", WORDS),
        ("Frigate sails", f"{WORDS} The minister has resigned over it, said his office late in the evening."),
    ],
)
def test_copy_with_other_numbers_a_correction_or_more_words_says_otherwise(headline, text):
    assert says_otherwise(Sent(headline, text), Sent("12 killed on frigate", WORDS))


def test_copy_that_comes_nearer_to_the_first_does_not_turn_away():
    first, before = Sent("Frigate", WORDS.replace("old pier", "new pier")), Sent("Frigate", WORDS)

    assert not turns_away(first, before, first)
    assert turns_away(Sent("Frigate", WORDS.replace("left Bergen", "did not leave Bergen")), before, first)
