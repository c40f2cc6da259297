"""What differs between two texts, in words: first by paragraph, then by word inside what changed.

>>> compare("The fleet left.", "The whole fleet left.")
[Piece(kind='same', text='The '), Piece(kind='added', text='whole '), Piece(kind='same', text='fleet left.')]

The pieces are plain text: whoever shows them escapes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
# A word with the spaces after it, punctuation on its own, or a line break: "1,800 words." gives "1,800 ", "words", ".".
TOKEN = re.compile(r"\n+|\w+(?:[-’',.]\w+)*[^\S\n]*|[^\w\s][^\S\n]*|[^\S\n]+")
# Above this product of lengths difflib may leave frequent words out of account, which keeps it quick.
EXACT = 250_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is in both, only in the newer (added) or only in the older (removed)."""

    kind: str
    text: str


def compare(older: str, newer: str) -> list[Piece]:
    """The pieces in reading order. Without the removed ones they are the newer text, without the added the older."""
    return list(_joined(_by_paragraph(older, newer)))


def _by_paragraph(older: str, newer: str) -> Iterator[Piece]:
    before, after = older.splitlines(keepends=True), newer.splitlines(keepends=True)
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(before[i:j]))
        else:
            yield from _by_word("".join(before[i:j]), "".join(after[k:m]))


def _by_word(older: str, newer: str) -> Iterator[Piece]:
    before, after = TOKEN.findall(older), TOKEN.findall(newer)
    frequent_words_left_out = len(before) * len(after) > EXACT
    matcher = SequenceMatcher(None, _words(before), _words(after), autojunk=frequent_words_left_out)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            # The newer spacing counts.
            yield Piece(SAME, "".join(after[k:m]))
            continue
        yield from _replaced("".join(before[i:j]), "".join(after[k:m]))


def _replaced(older: str, newer: str) -> Iterator[Piece]:
    """One run in the place of another; a space that ends both is no part of the change."""
    if older.endswith(" ") and newer.endswith(" "):
        yield from (Piece(REMOVED, older[:-1]), Piece(ADDED, newer[:-1]), Piece(SAME, " "))
    else:
        yield from (Piece(REMOVED, older), Piece(ADDED, newer))


def _words(tokens: Sequence[str]) -> list[str]:
    return [token.rstrip(" \t") or token for token in tokens]


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, none of them empty."""
    kept: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if kept is not None and kept.kind == piece.kind:
            kept = Piece(kept.kind, kept.text + piece.text)
            continue
        if kept is not None:
            yield kept
        kept = piece
    if kept is not None:
        yield kept
