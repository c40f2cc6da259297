"""What is kept of an AVIF (ISO 14496-12 and 23008-12, MIAF, AV1 Image File Format): a tree of boxes, with items in them
of which each may stand anywhere in the file.

Nothing moves, for places are written down as numbers of bytes: what is left out becomes free room of nothing but zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# Boxes that are kept, by the box that they stand in; "" is the file.
KEPT: dict[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"meta", b"moov", b"mdat", b"free"}),
    b"meta": frozenset({b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref", b"idat", b"grpl", b"dinf", b"free"}),
    b"moov": frozenset({b"mvhd", b"trak", b"free"}),
    b"trak": frozenset({b"tkhd", b"edts", b"tref", b"mdia", b"meta", b"free"}),
}
FREE = b"free"
# Kinds of items that make the picture: coded, put together of tiles, laid over each other, turned, toned.
ITEMS = frozenset({b"av01", b"grid", b"iovl", b"iden", b"tmap"})
# What an item becomes of which nothing is left. No reader knows it.
NOTHING = b"skip"


@dataclass(frozen=True, slots=True)
class Box:
    """From `start` to `end` of the file, what it holds from `inside` on."""

    name: bytes
    start: int
    inside: int
    end: int


def kept_of_avif(content: bytes) -> bytes:
    """
    Raises:
        ValueError: it says wrongly where its parts stand.
    """
    written = bytearray(content)
    end = 0
    for box in _boxes(content, 0, len(content)):
        _keep(written, box, within=b"")
        end = box.end if box.name in KEPT[b""] else end
    # What hangs behind the last box that is kept is somebody else's.
    return bytes(written[:end])


def _boxes(content: bytes | bytearray, place: int, end: int) -> Iterator[Box]:
    while place + 8 <= end:
        size, head = int.from_bytes(content[place : place + 4]), 8
        if size == 1:
            size, head = int.from_bytes(content[place + 8 : place + 16]), 16
        # 0 stands for: up to the end.
        stop = place + size if size else end
        if (size and size < head) or stop > end:
            return
        yield Box(bytes(content[place + 4 : place + 8]), place, place + head, stop)
        place = stop


def _keep(written: bytearray, box: Box, *, within: bytes) -> None:
    """Empty the box unless it is on the list, or else what is in it and is not."""
    if box.name not in KEPT[within] or box.name == FREE:
        written[box.start + 4 : box.start + 8] = FREE
        _clear(written, box.inside, box.end)
        return
    if box.name not in KEPT:
        return
    # A version and flags come first in this one.
    first = box.inside + (4 if box.name == b"meta" else 0)
    inner = list(_boxes(written, first, box.end))
    for part in inner:
        _keep(written, part, within=box.name)
    if box.name == b"meta":
        _keep_items(written, {part.name: part for part in inner})


def _keep_items(written: bytearray, parts: dict[bytes, Box]) -> None:
    if b"iinf" not in parts:
        return
    gone = set(_emptied_entries(written, parts[b"iinf"]))
    if gone and b"iloc" in parts:
        for number, start, length in _extents(bytes(written[parts[b"iloc"].inside : parts[b"iloc"].end]), parts):
            if number in gone:
                _clear(written, start, start + length if length else len(written))


def _emptied_entries(written: bytearray, listing: Box) -> Iterator[int]:
    """The numbers of items that are no part of the picture; what is said of them is emptied."""
    version = written[listing.inside]
    first = listing.inside + (6 if version == 0 else 8)
    for entry in _boxes(written, first, listing.end):
        wide = 4 if written[entry.inside] >= 3 else 2
        number = int.from_bytes(written[entry.inside + 4 : entry.inside + 4 + wide])
        kind = entry.inside + 4 + wide + 2
        # Of versions 0 and 1 no picture is made today, and these name no kind.
        if written[entry.inside] < 2 or bytes(written[kind : kind + 4]) not in ITEMS:
            written[kind : kind + 4] = NOTHING
            _clear(written, kind + 4, entry.end)
            yield number


def _extents(content: bytes, parts: dict[bytes, Box]) -> Iterator[tuple[int, int, int]]:
    """Of each stretch of each item: the item's number, where it begins in the file, and its length."""
    version, sizes = content[0], int.from_bytes(content[4:6])
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    wide = 4 if version == 2 else 2
    place = 6

    def number(size: int) -> int:
        nonlocal place
        if place + size > len(content):
            raise ValueError("The places of its items break off.")
        place += size
        return int.from_bytes(content[place - size : place])

    for _ in range(number(wide)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        if method == 1:
            base += parts[b"idat"].inside
        for _ in range(number(2)):
            number(index_size)
            start = base + number(offset_size)
            yield item, start, number(length_size)


def _clear(written: bytearray, start: int, end: int) -> None:
    """Zeros in place of what stands there; what lies outside the file is nowhere."""
    end = min(end, len(written))
    if start < end:
        written[start:end] = bytes(end - start)
