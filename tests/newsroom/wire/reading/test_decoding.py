"""What encoding a feed is in, whatever it says."""

from __future__ import annotations

import pytest

from newsroom.wire.reading.decoding import decoded

QUOTED = "“We hold the line,” she said – again."


def declared(encoding: str, words: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="' + encoding.encode() + b'"?><t>' + words + b"</t>"


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "ISO_8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252"]
)
def test_latin_1_is_read_as_the_web_reads_it(label):
    text, is_whole = decoded(declared(label, QUOTED.encode("cp1252")), "")

    assert (QUOTED in text, is_whole) == (True, True)


def test_label_of_the_server_is_read_alike():
    assert decoded(QUOTED.encode("cp1252"), "text/xml; charset=iso-8859-1") == (QUOTED, True)


@pytest.mark.parametrize("label", ["utf-8", ""])
def test_letters_of_windows_in_utf_8_are_read_and_told(label):
    words = "Tromsø: ".encode() + QUOTED.encode("cp1252") + " Bodø “again”".encode()

    text, is_whole = decoded(declared(label, words) if label else words, "")

    assert (f"Tromsø: {QUOTED} Bodø “again”" in text, is_whole) == (True, False)


def test_byte_that_is_a_letter_nowhere_is_marked():
    assert decoded(b"Fr\x81gate", "") == ("Fr\ufffdgate", False)


@pytest.mark.parametrize("label", ["unicode-escape", "raw-unicode-escape", "unicode_escape", "utf-7", "idna", "rot13"])
def test_encoding_that_is_none_of_letters_is_not_believed(label):
    assert decoded(declared(label, b"\\u0041+AGE-"), "") == (declared(label, b"\\u0041+AGE-").decode(), True)
