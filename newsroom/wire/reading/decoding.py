"""Bytes as text, whatever encoding they claim to be in."""

from __future__ import annotations

import codecs
import re

# In the first bytes of a document: <?xml version="1.0" encoding="windows-1252"?>.
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What Python calls an encoding, and is none of text, or one that stands for more than one letter would think.
_REFUSED = frozenset({"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem", "utf-7"})


def decoded(body: bytes, content_type: str) -> tuple[str, bool]:
    """The text, and whether all of it could be read; what could not stands as U+FFFD."""
    encoding = _encoding_of(body, content_type)
    try:
        return body.decode(encoding), True
    except (UnicodeDecodeError, ValueError):
        return body.decode(encoding, "replace"), False


def _encoding_of(body: bytes, content_type: str) -> str:
    """Its first bytes know best, then its own declaration, then what the server says; else it is UTF-8."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    declared, charset = _DECLARED.match(body), _CHARSET.search(content_type)
    names = (declared[1].decode("ascii") if declared else "", charset[1] if charset else "")
    for name in names:
        if encoding := _text_encoding(name):
            return encoding
    return "utf-8"


def _text_encoding(name: str) -> str:
    try:
        found = codecs.lookup(name or "none")
    except LookupError:
        return ""
    is_of_text = getattr(found, "_is_text_encoding", True) and found.name not in _REFUSED
    return found.name if is_of_text else ""
