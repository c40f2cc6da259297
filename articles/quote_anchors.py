"""Anchors of quotes: exact words with prefix, suffix and block, found again in a changed text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from articles.models import Article, Quote, Revision

CONTEXT = 32
# Below this likeness (0 to 100) the words in the quote's old block are another sentence, not an edited quote.
LIKE_ENOUGH = 70.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand now. `text[start:end]` are the words; `is_exact` says whether they are the same."""

    start: int
    end: int
    is_exact: bool


def follow(article: Article, revision: Revision) -> None:
    """Move every quote of the article to its place in a new revision, and say what changed."""
    quotes = list(article.quotes.all())
    for quote in quotes:
        anchor(quote, revision)
    Quote.objects.bulk_update(quotes, ANCHOR_COLUMNS)


ANCHOR_COLUMNS = ("revision", "start", "end", "prefix", "suffix", "block_id", "anchor", "words_now")


def anchor(quote: Quote, revision: Revision) -> None:
    """Set a quote's anchor in a revision: kept, changed or gone. Does not save."""
    place = find(quote, revision)
    quote.revision = revision
    if place is None:
        quote.start = quote.end = None
        quote.anchor, quote.words_now = Quote.Anchor.GONE, ""
        return
    put(quote, revision, place.start, place.end)
    if not place.is_exact:
        quote.anchor, quote.words_now = Quote.Anchor.CHANGED, revision.text[place.start : place.end]


def put(quote: Quote, revision: Revision, start: int, end: int) -> None:
    """Anchor a quote at a known place of a revision's text. Does not save."""
    block = revision.block_at(start)
    quote.revision, quote.start, quote.end = revision, start, end
    quote.prefix = revision.text[max(0, start - CONTEXT) : start]
    quote.suffix = revision.text[end : end + CONTEXT]
    quote.block_id = block["id"] if block else ""
    quote.anchor, quote.words_now = Quote.Anchor.KEPT, ""


def span_of(revision: Revision, *, block_id: str, start: int, words: str) -> tuple[int, int] | None:
    """The span of words that begin `start` code points into a block; where they have moved, the nearest place of
    them in the text; None where they are not in it."""
    block = next((block for block in revision.blocks if block["id"] == block_id), None)
    wanted = start + (block["start"] if block else 0)
    starts = list(_occurrences(revision.text, words)) if words.strip() else []
    if not starts:
        return None
    first = min(starts, key=lambda found: abs(found - wanted))
    return first, first + len(words)


def find(quote: Quote, revision: Revision) -> Place | None:
    """The exact words at the likeliest place; else what stands between the same neighbours in the same block."""
    starts = list(_occurrences(revision.text, quote.text))
    if starts:
        start = max(starts, key=lambda found: _likeness(quote, revision, found))
        return Place(start, start + len(quote.text), is_exact=True)
    return _edited_words(quote, revision)


def _occurrences(text: str, words: str) -> Iterable[int]:
    start = text.find(words)
    while start != -1:
        yield start
        start = text.find(words, start + 1)


def _likeness(quote: Quote, revision: Revision, start: int) -> tuple[bool, float, float]:
    """How much a place looks like the old one: same block, then same neighbours, then nearest."""
    block = revision.block_at(start)
    end = start + len(quote.text)
    neighbours = fuzz.ratio(quote.prefix, revision.text[max(0, start - CONTEXT) : start]) + fuzz.ratio(
        quote.suffix, revision.text[end : end + CONTEXT]
    )
    return bool(block and block["id"] == quote.block_id), neighbours, -abs(start - (quote.start or 0))


def _edited_words(quote: Quote, revision: Revision) -> Place | None:
    block = next((block for block in revision.blocks if block["id"] == quote.block_id), None)
    if block is None:
        return None
    text = revision.text[block["start"] : block["end"]]
    start = _after(text, quote.prefix[-12:])
    end = _before(text, quote.suffix[:12], start)
    if start is None or end is None or end <= start:
        return None
    if fuzz.ratio(text[start:end], quote.text) < LIKE_ENOUGH:
        return None
    return Place(block["start"] + start, block["start"] + end, is_exact=False)


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
