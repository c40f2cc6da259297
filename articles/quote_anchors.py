"""Anchors of quotes: their exact words, found again in a changed text (see `articles.text_anchors`)."""

from __future__ import annotations

from articles import text_anchors
from articles.models import Article, Quote, Revision
from articles.text_anchors import AnchorText
from articles.updating import update_in


def follow(article: Article, revision: Revision) -> None:
    """Move every quote of the article to its place in a new revision, and say what changed."""
    quotes = list(article.quotes.all())
    for quote in quotes:
        anchor(quote, revision)
    update_in(Quote, quotes, ANCHOR_COLUMNS)


ANCHOR_COLUMNS = ("revision", "start", "end", "prefix", "suffix", "block_id", "anchor", "words_now")


def anchor(quote: Quote, revision: Revision) -> None:
    """Set a quote's anchor in a revision: kept, changed or gone. Does not save."""
    quote.revision = revision
    text_anchors.follow(quote, quote.text, AnchorText.of(revision))


def put(quote: Quote, revision: Revision, start: int, end: int) -> None:
    """Anchor a quote at a known place of a revision's text. Does not save."""
    quote.revision = revision
    text_anchors.put(quote, AnchorText.of(revision), start, end)


def span_of(revision: Revision, *, block_id: str, start: int, words: str) -> tuple[int, int] | None:
    """The span of words that begin `start` code points into a block; where they have moved, the nearest place of
    them in the text; None where they are not in it."""
    block = next((block for block in revision.blocks if block["id"] == block_id), None)
    wanted = start + (block["start"] if block else 0)
    starts = list(text_anchors.occurrences(revision.text, words)) if words.strip() else []
    if not starts:
        return None
    first = min(starts, key=lambda found: abs(found - wanted))
    return first, first + len(words)
