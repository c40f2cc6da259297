"""Finds equipment by the noun behind a name of which nothing else is known.

Takes: “the Falcon missile”, “Black Panther main battle tanks”. Leaves out: nouns that only have an owner (“Russian
missiles”, “a Navy ship”, “Putin’s missile”).
"""

from collections.abc import Iterator
from functools import lru_cache

from ..reading.proper import CAPITAL, NUMBER, Words
from ..vocabulary.heads import ORGANISATION_HEADS, PLACE_HEADS, UNIT_HEADS
from ..vocabulary.lexicon import DAYS, KNOWN_WORDS, MONTHS, STOP_WORDS, TITLES, noun_class, words
from ..vocabulary.person_words import is_of_country
from ..vocabulary.weapon_nouns import CATEGORY_OF, EQUIPMENT, NO_NAME, category_behind
from .named import Naming, Taken

NO_PART = words("Block Mk Mark Phase Increment Batch Flight Tranche Earth-observation Lot Tier Category")
DESCRIBING = ("-held", "-made", "-backed", "-built", "-based", "-style", "-launched", "-owned", "-flagged", "-led")


def find_described(words: Words, taken: Taken) -> Iterator[Naming]:
    """The equipment whose noun follows; stretches that are named already are left out."""
    next_index = 0
    tall = {words.texts[index] for index in words.capitals if not words.opens(index)}
    for index in words.capitals:
        if index < next_index or not _is_part(words, index, taken):
            continue
        last = index
        while last + 1 < len(words) and words.is_joined(last + 1) and _goes_on(words, last + 1, taken):
            last += 1
        next_index = last + 1
        if index == last and words.opens(index) and words.texts[index] not in tall:
            continue
        naming = _naming(words, index, last)
        if naming is not None:
            yield naming


def _is_part(words: Words, index: int, taken: Taken) -> bool:
    text = words.texts[index]
    if not _may_name(text):
        return False
    if words.opens(index):
        lower = text.lower()
        if lower in words.smalls or lower.endswith(("ly", "ing", "ed")):
            return False
    return taken.is_free(words.starts[index], words.ends[index])


@lru_cache(maxsize=KNOWN_WORDS)
def _may_name(text: str) -> bool:
    """Could the word be a part of a thing's name, wherever it stands?"""
    lower = text.lower()
    if is_of_country(text) or text in NO_PART:
        return False
    if text in NO_NAME or text in DAYS or text in MONTHS or text in TITLES or text.removesuffix("-made") in NO_NAME:
        return False
    if lower in STOP_WORDS or lower in CATEGORY_OF or noun_class(lower):
        return False
    if lower in ORGANISATION_HEADS or lower in UNIT_HEADS or lower in PLACE_HEADS:
        return False
    return not text.endswith(DESCRIBING)


def _goes_on(words: Words, index: int, taken: Taken) -> bool:
    if words.kinds[index] == NUMBER:
        return len(words.texts[index]) <= 4
    return words.kinds[index] == CAPITAL and _is_part(words, index, taken)


def _naming(words: Words, first: int, last: int) -> Naming | None:
    category = category_behind(words.text, words.ends[last])
    if not category or not any(sign.islower() or sign.isdigit() for sign in words.span(first, last)):
        return None
    text = words.span(first, last)
    reason = f"its noun follows: {category.replace('-', ' ')}"
    return Naming(words.starts[first], words.ends[last], text, EQUIPMENT, category, reason, rank=6)
