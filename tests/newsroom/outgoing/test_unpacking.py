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
    [
        pytest.param("", TEXT, id="unnamed"),
        pytest.param("identity", TEXT, id="identity"),
        pytest.param("gzip", gzip.compress(TEXT), id="gzip"),
        pytest.param("deflate", zlib.compress(TEXT), id="deflate"),
    ],
)
def test_unpacked_gives_the_whole_body(packing, body):
    assert unpacked(in_parts(body), packing, most_bytes=len(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("packing", "body", "words"),
    [
        pytest.param("", TEXT, "larger than", id="unpacked"),
        pytest.param("gzip", gzip.compress(TEXT), "larger than", id="packed"),
        pytest.param("gzip", gzip.compress(b"\0" * 50_000_000), "larger than", id="fifty megabytes in fifty kilobytes"),
        pytest.param("gzip", gzip.compress(TEXT)[:-20], "cut off", id="without its end"),
        pytest.param("gzip", b"", "cut off", id="empty"),
        pytest.param("gzip", TEXT, "is not, or is damaged", id="not packed"),
        pytest.param("br", TEXT, "did not ask for", id="another packing"),
    ],
)
def test_unpacked_refuses_what_is_too_large_or_broken(packing, body, words):
    with pytest.raises(Unreadable, match=words):
        unpacked(in_parts(body, 1000), packing, most_bytes=len(TEXT) - 1)
