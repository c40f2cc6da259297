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


def clean_text(value: str) -> str:
    """One line of plain text: NFC, printable, white space folded."""
    printable = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", value))
    return WHITE_SPACE.sub(" ", printable).strip()


def clean_body(html: str) -> Body:
    """Sanitise HTML of any origin. Never raises; cleaning twice changes nothing."""
    writer = BodyWriter()
    writer.feed(_CLEANER.clean(_UNPRINTABLE.sub("", unicodedata.normalize("NFC", html))))
    writer.close()
    return writer.body()
