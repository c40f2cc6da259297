"""Copies that are the same, and above all those that are not."""

from __future__ import annotations

import pytest

from newsroom.wire.likeness import is_another_story, is_same_copy, sketch_of
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
