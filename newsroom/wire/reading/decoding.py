"""Bytes as text, whatever encoding they claim to be in."""

from __future__ import annotations

import codecs
import re

# In the first bytes of a document: <?xml version="1.0" encoding="windows-1252"?>.
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_HEAD = 1000
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# By Python's names with "_" for "-": none of text, or one that stands for more than one letter would think.
_REFUSED = frozenset({"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem", "utf_7"})
# What the web means by these names, by https://encoding.spec.whatwg.org/#names-and-labels: Latin-1 with the quotation
# marks and dashes of Windows, and so on.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
# What Python makes of a byte that is no UTF-8, and the letter that it stands for.
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
UNREADABLE_LETTERS = (
    "Some letters could not be read in its encoding: they were taken for those of Windows, or stand as �. "
    "Tell the agency."
)


def decoded(body: bytes, content_type: str) -> tuple[str, bool]:
    """The text, and whether all of it could be read. What could not be read as UTF-8 is taken for windows-1252, letter
    by letter, for feeds are put together from many places; else it stands as U+FFFD."""
    encoding = _encoding_of(body, content_type)
    try:
        return body.decode(encoding), True
    except (UnicodeDecodeError, ValueError):
        if encoding in ("utf-8", "utf-8-sig"):
            return body.decode(encoding, "surrogateescape").translate(_WINDOWS), False
        return body.decode(encoding, "replace"), False


def _encoding_of(body: bytes, content_type: str) -> str:
    """Its first bytes know best, then its own declaration, then what the server says; else it is UTF-8."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    declared, charset = _DECLARED.match(body[:_HEAD]), _CHARSET.search(content_type)
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
    is_of_text = getattr(found, "_is_text_encoding", True) and found.name.replace("-", "_") not in _REFUSED
    return _MEANT.get(found.name, found.name) if is_of_text else ""
