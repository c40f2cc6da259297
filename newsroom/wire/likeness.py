"""Whether two texts are the same copy: by the phrases of five words that they share.

A sketch is the twelve least hashes of a text's phrases. Two texts that share most of their phrases share some of these,
so that an index over sketches finds all that may be the same (Broder, "On the resemblance and containment of
documents", 1997); whether they are is then asked of the phrases themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from typing import Protocol

PHRASE = 5
SKETCH = 12
# Of a text with fewer words, only the very same words are the same copy.
FEWEST_WORDS = 40
# Of the phrases of the shorter, how many stand in the longer; and how much longer that may be.
SHARED = 0.75
LONGER = 2.0
# A story that has so little in common with the one before it under its id is another one.
UNLIKE = 0.02
# So few words may stand under many headlines: “Read more on our site.”
TELLING_WORDS = 12
# What two copies may differ in and still tell the same: so many words, or this part of the longer.
FEW_WORDS = 6
FEW_OF_ALL = 0.1
_WORD = re.compile(r"\w+")
# Takes "12", "9,000", "seven", "dozens"; not "one", which is hardly ever a number.
_NUMBER = re.compile(
    r"\b(?:\d+(?:[.,]\d+)*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?)\b"
)
# Takes "CORRECTS toll", "REFILE-", "Correction:", "retracts"; leaves "correctly".
_CORRECTING = re.compile(r"\b(?:correct(?:s|ed|ion|ions)?|refiles?|refiled|retract(?:s|ed|ion)?|clarification)\b")


class Copy(Protocol):
    """A story as somebody sent it."""

    @property
    def headline(self) -> str: ...

    @property
    def text(self) -> str: ...


def is_telling(text: str) -> bool:
    """Whether there are words enough to know a story by."""
    return len(text.split()) >= TELLING_WORDS


def words_apart(one: str, other: str) -> int:
    """How many words stand in one of two texts only, wherever they stand; signs and case do not count."""
    ours, theirs = (Counter(_WORD.findall(text.casefold())) for text in (one, other))
    return (ours - theirs).total() + (theirs - ours).total()


def says_otherwise(one: Copy, other: Copy) -> bool:
    """Whether somebody who has read the other should see this one, too: it is longer or shorter by more than a few
    words, has other numbers, or corrects. Of two agencies the headlines differ anyway, and the news is in the words."""
    longer = max(len(one.text.split()), len(other.text.split()))
    if words_apart(one.text, other.text) > max(FEW_WORDS, FEW_OF_ALL * longer):
        return True
    return _contradicts(one, other)


def turns_away(after: Copy, before: Copy, other: Copy) -> bool:
    """Whether a copy of another, changed, says something of its own, and does not only follow what the other says."""
    nearness = words_apart(after.text, other.text) - words_apart(before.text, other.text)
    return nearness > 0 or _contradicts(after, other)


def _contradicts(one: Copy, other: Copy) -> bool:
    if _has_other_numbers(one.text, other.text) or _has_other_numbers(one.headline, other.headline):
        return True
    corrects, did = (bool(_CORRECTING.search(copy.headline.casefold())) for copy in (one, other))
    return corrects and not did


def _has_other_numbers(one: str, other: str) -> bool:
    """Where each has a number that the other lacks; one more alone is more words."""
    ours, theirs = (set(_NUMBER.findall(text.casefold())) for text in (one, other))
    return bool(ours - theirs) and bool(theirs - ours)


def phrases_of(text: str) -> frozenset[int]:
    """Hashes of all phrases; signs, case and spaces do not count."""
    words = _WORD.findall(text.casefold())
    return frozenset(_hash(" ".join(words[at : at + PHRASE])) for at in range(max(len(words) - PHRASE + 1, 1)))


def sketch_of(text: str) -> list[int]:
    """Empty for a text that is too short to be known by its phrases."""
    if len(_WORD.findall(text)) < FEWEST_WORDS:
        return []
    return sorted(phrases_of(text))[:SKETCH]


def is_same_copy(one: str, other: str) -> bool:
    shorter, longer = sorted((phrases_of(one), phrases_of(other)), key=len)
    if len(longer) > LONGER * len(shorter):
        return False
    return len(shorter & longer) >= SHARED * len(shorter)


def is_another_story(before: str, after: str) -> bool:
    """Whether the words changed so much that it is no new version: agencies give an id twice now and then."""
    words_before, words_after = _WORD.findall(before.casefold()), _WORD.findall(after.casefold())
    if min(len(words_before), len(words_after)) < FEWEST_WORDS:
        return False
    shared = phrases_of(before) & phrases_of(after)
    names = {word for word in words_before if len(word) > 6} & {word for word in words_after if len(word) > 6}
    fewest = min(len({word for word in words if len(word) > 6}) for words in (words_before, words_after))
    return len(shared) <= UNLIKE * len(words_before) and len(names) <= 0.2 * fewest


def _hash(phrase: str) -> int:
    return int.from_bytes(blake2b(phrase.encode(), digest_size=8).digest(), signed=True)
