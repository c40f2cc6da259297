"""Texts of names without what nobody sees: two that look alike are alike."""

from __future__ import annotations

import re
import unicodedata

# Takes the zero-width space U+200B, the soft hyphen U+00AD, the marks of direction U+200E and U+202A, and U+0000;
# leaves "é" and the joiners that scripts need (U+200C, U+200D).
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """In composed letters (NFC), without signs that cannot be seen, with single plain spaces between words."""
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
