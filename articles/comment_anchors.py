"""Anchors of comments: the words that a person marked, found again in a changed text (see `articles.text_anchors`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from articles import text_anchors
from articles.models import Article, CommentThread, Mention, Revision
from articles.states import GuardFailed
from articles.text_anchors import CONTEXT, AnchorText
from articles.updating import update_in

LONGEST = 2000
ANCHOR_COLUMNS = ("start", "end", "prefix", "suffix", "block_id", "anchor", "words_now", "touched_at")
# Takes "b1f00d"; refuses "", "B1" and twenty letters.
_BLOCK_ID = re.compile(r"[a-z0-9]{4,16}")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words as somebody marked them on the page, with what stood around them there, saved or not."""

    field: str
    words: str
    prefix: str = ""
    suffix: str = ""
    block_id: str = ""


def mark(thread: CommentThread, marked: Marked, revision: Revision) -> None:
    """Anchor a new thread. Words that are not saved yet are found by the save that brings them. Does not save.

    Raises:
        GuardFailed: no words, too many, or not in a field that can be commented on.
    """
    words = normalize("NFC", marked.words).strip()
    if marked.field not in Mention.Field.values or not words:
        raise GuardFailed("Mark the words that your comment is about, in the headline, the standfirst or the story.")
    if len(words) > LONGEST:
        raise GuardFailed(
            f"You marked {len(words):,} characters; {LONGEST:,} is the most. Nothing is lost: mark fewer words, "
            f"or comment on the whole story."
        )
    thread.field, thread.words = marked.field, words
    thread.prefix = normalize("NFC", marked.prefix)[-CONTEXT:]
    thread.suffix = normalize("NFC", marked.suffix)[:CONTEXT]
    thread.block_id = marked.block_id if _BLOCK_ID.fullmatch(marked.block_id) else ""
    text_anchors.follow(thread, words, AnchorText.of(revision, thread.field))


def follow(article: Article, revision: Revision) -> None:
    """Move every anchored thread of the article to its place in a new revision, and say what changed."""
    threads = list(article.comment_threads.exclude(field=""))
    for thread in threads:
        before = thread.anchor
        text_anchors.follow(thread, thread.words, AnchorText.of(revision, thread.field))
        if thread.anchor != before:
            thread.touched_at = revision.created_at
    update_in(CommentThread, threads, ANCHOR_COLUMNS)
