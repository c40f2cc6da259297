"""A body as it was before it was packed, and never more of it than is wanted: a few bytes may unpack to gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

# How zlib is told that a gzip head comes, or its own.
WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class Unreadable(Exception):
    """The body is too large, or not what its head says; the message is for who owns the address."""


def unpacked(parts: Iterable[bytes], packing: str, *, most_bytes: int) -> bytes:
    """The whole body; `packing` is the header Content-Encoding.

    Raises:
        Unreadable: more than `most_bytes`, packed in a way we did not ask for, or cut off.
    """
    name = packing.strip().lower()
    if name in ("", "identity"):
        return _joined(parts, most_bytes)
    if name not in WINDOWS:
        raise Unreadable(f"It is packed as “{name[:20]}”, which we did not ask for.")
    return _inflated(parts, zlib.decompressobj(WINDOWS[name]), most_bytes)


def _joined(parts: Iterable[bytes], most_bytes: int) -> bytes:
    read = bytearray()
    for part in parts:
        read += part
        if len(read) > most_bytes:
            raise _too_large(most_bytes)
    return bytes(read)


def _inflated(parts: Iterable[bytes], packed: zlib._Decompress, most_bytes: int) -> bytes:
    read = bytearray()
    try:
        for part in parts:
            # One byte more than is wanted tells that there is more.
            read += packed.decompress(part, most_bytes + 1 - len(read))
            if len(read) > most_bytes:
                raise _too_large(most_bytes)
            if packed.eof:
                return bytes(read)
    except zlib.error:
        raise Unreadable("It says that it is packed, and is not, or is damaged.") from None
    raise Unreadable("It was cut off before its end.")


def _too_large(most_bytes: int) -> Unreadable:
    return Unreadable(f"It is larger than {most_bytes // 1_000_000} MB, which is the most we read.")
