"""Whether two texts are the same copy: by the phrases of five words that they share.

A sketch is the twelve least hashes of a text's phrases. Two texts that share most of their phrases share some of these,
so that an index over sketches finds all that may be the same (Broder, "On the resemblance and containment of
documents", 1997); whether they are is then asked of the phrases themselves.
"""

from __future__ import annotations

import re
from hashlib import blake2b

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
_WORD = re.compile(r"\w+")


def is_telling(text: str) -> bool:
    """Whether there are words enough to know a story by."""
    return len(text.split()) >= TELLING_WORDS


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
