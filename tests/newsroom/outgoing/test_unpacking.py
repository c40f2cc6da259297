"""What is packed comes whole, and never more of it than is wanted."""

from __future__ import annotations

import gzip
import zlib

import pytest

from newsroom.outgoing.unpacking import Unreadable, unpacked

TEXT = b"The fleet left port at dawn. " * 100


def in_parts(body: bytes, size: int = 7) -> list[bytes]:
    return [body[place : place + size] for place in range(0, len(body), size)]


@pytest.mark.parametrize(
    ("packing", "body"),
    [("", TEXT), ("identity", TEXT), ("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT))],
)
def test_unpacked_gives_the_whole_body(packing, body):
    assert unpacked(in_parts(body), packing, most_bytes=len(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("packing", "body", "words"),
    [
        ("", TEXT, "larger than"),
        ("gzip", gzip.compress(TEXT), "larger than"),
        # A gigabyte in a megabyte.
        ("gzip", gzip.compress(b"\0" * 50_000_000), "larger than"),
        ("gzip", gzip.compress(TEXT)[:-20], "cut off"),
        ("gzip", b"", "cut off"),
        ("gzip", TEXT, "is not, or is damaged"),
        ("br", TEXT, "did not ask for"),
    ],
)
def test_unpacked_refuses_what_is_too_large_or_broken(packing, body, words):
    with pytest.raises(Unreadable, match=words):
        unpacked(in_parts(body, 1000), packing, most_bytes=len(TEXT) - 1)
