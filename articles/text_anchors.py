"""Anchors of words in a text that goes on changing: exact words with prefix, suffix and block, found again.

Quotes and the desk's comments stand on them. The words are looked for exactly; where they are gone, what stands
between the same neighbours in the same block is theirs as long as it resembles them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz import fuzz

from articles.body import BLOCK_SEPARATOR
from articles.models import Anchor, Revision

CONTEXT = 32
# Below this likeness (0 to 100) the words in the old place are another sentence, not the edited one.
LIKE_ENOUGH = 70.0


class Anchored(Protocol):
    """A row that is anchored: a quote, a thread of comments. `start` and `end` are empty where the words are gone."""

    start: int | None
    end: int | None
    prefix: str
    suffix: str
    block_id: str
    anchor: str
    words_now: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand now. `text[start:end]` are the words; `is_exact` says whether they are the same."""

    start: int
    end: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class AnchorText:
    """The plain text that words are looked for in, with its blocks ({"id", "start", "end"}, in order)."""

    text: str
    blocks: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, revision: Revision, field: str = "body") -> AnchorText:
        """A field of a revision; a headline or standfirst is one block without an id."""
        if field == "body":
            return cls(revision.text, revision.blocks)
        text = revision.headline if field == "headline" else revision.standfirst
        return cls(text, [{"id": "", "start": 0, "end": len(text)}])

    def block_at(self, position: int) -> Mapping[str, Any] | None:
        return next((block for block in self.blocks if block["start"] <= position < block["end"]), None)

    def blocks_from(self, block_id: str, count: int) -> Sequence[Mapping[str, Any]]:
        """As many blocks as asked from the named one on; none where it is gone."""
        first = next((number for number, block in enumerate(self.blocks) if block["id"] == block_id), None)
        return [] if first is None else self.blocks[first : first + count]


def follow(row: Anchored, words: str, text: AnchorText) -> None:
    """Set a row's anchor in a text: kept, changed or gone. Does not save."""
    place = find(row, words, text)
    if place is None:
        row.start = row.end = None
        row.anchor, row.words_now = Anchor.GONE, ""
        return
    put(row, text, place.start, place.end)
    if not place.is_exact:
        row.anchor, row.words_now = Anchor.CHANGED, text.text[place.start : place.end]


def put(row: Anchored, text: AnchorText, start: int, end: int) -> None:
    """Anchor a row at a known place of a text. Does not save."""
    block = text.block_at(start)
    row.start, row.end = start, end
    row.prefix = text.text[max(0, start - CONTEXT) : start]
    row.suffix = text.text[end : end + CONTEXT]
    row.block_id = block["id"] if block else ""
    row.anchor, row.words_now = Anchor.KEPT, ""


def find(row: Anchored, words: str, text: AnchorText) -> Place | None:
    """The exact words at the likeliest place; else what stands between the same neighbours in the same block."""
    starts = list(occurrences(text.text, words))
    if starts:
        start = max(starts, key=lambda found: _likeness(row, words, text, found))
        return Place(start, start + len(words), is_exact=True)
    return _edited_words(row, words, text)


def occurrences(text: str, words: str) -> Iterable[int]:
    """Where the words begin in the text, overlapping ones too."""
    start = text.find(words)
    while start != -1:
        yield start
        start = text.find(words, start + 1)


def _likeness(row: Anchored, words: str, text: AnchorText, start: int) -> tuple[bool, float, float]:
    """How much a place looks like the old one: same block, then same neighbours, then nearest."""
    block = text.block_at(start)
    end = start + len(words)
    neighbours = fuzz.ratio(row.prefix, text.text[max(0, start - CONTEXT) : start]) + fuzz.ratio(
        row.suffix, text.text[end : end + CONTEXT]
    )
    return bool(block and block["id"] == row.block_id), neighbours, -abs(start - (row.start or 0))


def _edited_words(row: Anchored, words: str, text: AnchorText) -> Place | None:
    blocks = text.blocks_from(row.block_id, words.count(BLOCK_SEPARATOR) + 1)
    if not blocks:
        return None
    offset = blocks[0]["start"]
    within = text.text[offset : blocks[-1]["end"]]
    start = _after(within, row.prefix[-12:])
    end = _before(within, row.suffix[:12], start)
    if start is None or end is None or end <= start:
        return None
    if fuzz.ratio(within[start:end], words) < LIKE_ENOUGH:
        return None
    return Place(offset + start, offset + end, is_exact=False)


def _after(text: str, prefix: str) -> int | None:
    within = prefix.rpartition("\n")[2]
    if not within:
        return 0
    found = text.find(within)
    return None if found == -1 else found + len(within)


def _before(text: str, suffix: str, start: int | None) -> int | None:
    within = suffix.partition("\n")[0]
    if not within:
        return len(text)
    found = text.find(within, start or 0)
    return None if found == -1 else found
