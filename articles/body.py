"""The body of a story: sanitised HTML, and the one plain-text form that every span indexes.

Every HTML that enters (editor, import, restore) passes `clean_body`. What comes out is a short list of
semantic elements in which all text stands in leaf blocks (p, h2, h3) that carry an id for life, and the
plain text of those blocks: NFC, white space folded, blocks joined by a blank line.
"""

from __future__ import annotations

import re
import unicodedata

import nh3

from articles.body_writer import (
    BLOCK_ID,
    BLOCK_SEPARATOR,
    CONTAINERS,
    FIGURE,
    INLINE,
    LEAVES,
    RENAMED,
    WHITE_SPACE,
    Block,
    Body,
    BodyWriter,
)

__all__ = ["BLOCK_ID", "BLOCK_SEPARATOR", "TEXT_VERSION", "Block", "Body", "clean_body", "clean_text"]

TEXT_VERSION = 1
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    **{leaf: {BLOCK_ID} for leaf in LEAVES},
}
_CLEANER = nh3.Cleaner(
    tags=set(LEAVES | CONTAINERS | INLINE | FIGURE | {"br"} | set(RENAMED)),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    clean_content_tags={
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "math",
        "title",
    },
    link_rel=None,
)
# Takes U+0000, U+200B and U+202E out (what turns the rest of a line round); leaves "é" and the joiners that scripts
# need (U+200C, U+200D).
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
# Accents on one letter, which no language has by the dozen. Takes those after the thirtieth, as the stream-safe text of
# UAX #15 does; leaves "ạ́". Normalising puts them in order by a sort that takes hours for a million of them. Three
# letters of Tibetan are not accents, and made of two.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code))) + "\u0f73\u0f75\u0f81"
_TOO_MANY_MARKS = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
# Quick to look for, and in hardly any text: as many signs in a row of which none is Latin, a space or a stop.
_MAY_BE_MARKS = re.compile(r"[^\x00-\u02ff\u2000-\u206f]{31}")


def clean_text(value: str) -> str:
    """One line of plain text: NFC, printable, white space folded."""
    return WHITE_SPACE.sub(" ", _printable(value)).strip()


def clean_body(html: str) -> Body:
    """Sanitise HTML of any origin. Never raises; cleaning twice changes nothing."""
    writer = BodyWriter()
    writer.feed(_CLEANER.clean(_printable(html)))
    writer.close()
    return writer.body()


def _printable(value: str) -> str:
    """Normalised, without what cannot be shown. Composing may make two accents of one, so they are counted again."""
    return _with_few_marks(unicodedata.normalize("NFC", _with_few_marks(_UNPRINTABLE.sub("", value))))


def _with_few_marks(text: str) -> str:
    return _TOO_MANY_MARKS.sub(r"\1", text) if _MAY_BE_MARKS.search(text) else text
