"""The sentence that shows a proposal's evidence."""

import pytest

from articles.admin.evidence import Place, place_at
from articles.models import Revision

TEXT = "First. Ana said “we sail.” Then Oslo fell silent. Last."


def revision_of(text: str) -> Revision:
    blocks = [
        {"id": "head", "type": "h2", "start": 0, "end": 5},
        {"id": "body", "type": "p", "start": 7, "end": 7 + len(text)},
    ]
    return Revision(
        text=f"Title\n\n{text}", blocks=blocks, snapshot={"headline": "Oslo falls silent", "standfirst": ""}
    )


def place_of(words: str, text: str = TEXT) -> Place | None:
    start = 7 + text.index(words)
    return place_at(revision_of(text), "body", start, start + len(words))


def test_place_is_one_sentence_with_offsets_in_its_block():
    start = TEXT.index("Oslo")

    assert place_of("Oslo") == Place("body", "body", start, start + 4, "Then ", "Oslo", " fell silent. ")


def test_place_of_a_quotation_keeps_who_said_it():
    place = place_of("we sail.")

    assert (place.before, place.after) == ("Ana said “", "” ")


@pytest.mark.parametrize("text", ["The U.S. and Oslo agreed.", "It cost 3.5 million, Oslo said."])
def test_place_is_not_cut_at_other_full_stops(text):
    place = place_of("Oslo", text)

    assert f"{place.before}{place.words}{place.after}" == text


def test_place_in_a_long_sentence_is_cut_at_words():
    text = "word " * 60 + "Oslo" + " word" * 60

    place = place_of("Oslo", text)

    assert place.before.startswith("…word ")
    assert place.after.endswith(" word…")
    assert len(place.before) < 150


def test_place_in_the_headline_has_no_block():
    assert place_at(revision_of(TEXT), "headline", 0, 4) == Place("headline", "", 0, 4, "", "Oslo", " falls silent")


def test_place_outside_every_block_is_none():
    assert place_at(revision_of(TEXT), "body", 5, 6) is None
