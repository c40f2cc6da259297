"""What is kept of an AVIF (ISO 14496-12 and 23008-12, MIAF, AV1 Image File Format): a tree of boxes, with items in them
of which each may stand anywhere in the file.

Nothing moves, for places are written down as numbers of bytes: what is left out becomes free room of nothing but zeros.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# Boxes that are kept, by the box that they stand in; "" is the file.
KEPT: dict[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"meta", b"moov", b"mdat", b"free"}),
    b"meta": frozenset({b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref", b"idat", b"grpl", b"dinf", b"free"}),
    b"iprp": frozenset({b"ipco", b"ipma", b"free"}),
    # How an item is coded, coloured, toned, cut, turned and laid over others. What descriptions users give it (`udes`)
    # and what single programs add (`uuid`) stands there, too.
    b"ipco": frozenset(
        b"ispe pixi av1C a1op a1lx lsel colr clli mdcv cclv amve reve ndwt auxC clap irot imir pasp iscl rloc".split()
    ),
    b"moov": frozenset({b"mvhd", b"trak", b"free"}),
    b"trak": frozenset({b"tkhd", b"edts", b"tref", b"mdia", b"meta", b"free"}),
}
FREE = b"free"
# Kinds of items that make the picture: coded, put together of tiles, laid over each other, turned, toned.
ITEMS = frozenset({b"av01", b"grid", b"iovl", b"iden", b"tmap"})
# What an item becomes of which nothing is left. No reader knows it.
NOTHING = b"skip"
# Boxes, items and stretches of items in one file. A picture has some dozens, one of the most tiles that fit some
# thousands; a file of nothing but these would keep a web worker busy, for one item can name 65,535 in no byte at all.
MOST_PARTS = 100_000


@dataclass(frozen=True, slots=True)
class Box:
    """From `start` to `end` of the file, what it holds from `inside` on."""

    name: bytes
    start: int
    inside: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """What is said of it: its kind, which stands at `place`, and other words up to `end`."""

    number: int
    kind: bytes
    place: int
    end: int


@dataclass(slots=True)
class Cleaning:
    """A file on the way: what is written of it, where items stand that are left out, and how much was looked at."""

    written: bytearray
    gone: list[tuple[int, int]] = field(default_factory=list)
    parts: int = 0

    def look_at(self, parts: int) -> None:
        self.parts += parts
        if self.parts > MOST_PARTS:
            raise ValueError("It has more parts than a picture has.")

    def clear_gone(self) -> None:
        """Each byte once, however many items stand there."""
        done = 0
        for start, end in sorted(self.gone):
            _clear(self.written, max(start, done), end)
            done = max(done, end)


def kept_of_avif(content: bytes) -> bytes:
    """
    Raises:
        ValueError: it says wrongly where its parts stand, or has far too many.
    """
    cleaning = Cleaning(bytearray(content))
    end = 0
    for box in _boxes(cleaning, 0, len(content)):
        _keep(cleaning, box, within=b"")
        end = box.end if box.name in KEPT[b""] else end
    cleaning.clear_gone()
    # What hangs behind the last box that is kept is somebody else's.
    return bytes(cleaning.written[:end])


def _boxes(cleaning: Cleaning, place: int, end: int) -> Iterator[Box]:
    content = cleaning.written
    while place + 8 <= end:
        size, head = int.from_bytes(content[place : place + 4]), 8
        if size == 1:
            size, head = int.from_bytes(content[place + 8 : place + 16]), 16
        # 0 stands for: up to the end.
        stop = place + size if size else end
        if (size and size < head) or stop > end:
            return
        cleaning.look_at(1)
        yield Box(bytes(content[place + 4 : place + 8]), place, place + head, stop)
        place = stop


def _keep(cleaning: Cleaning, box: Box, *, within: bytes) -> None:
    """Empty the box unless it is on the list, or else what is in it and is not."""
    written = cleaning.written
    if box.name not in KEPT[within] or box.name == FREE:
        written[box.start + 4 : box.start + 8] = FREE
        _clear(written, box.inside, box.end)
        return
    if box.name not in KEPT:
        return
    # A version and flags come first in this one.
    first = box.inside + (4 if box.name == b"meta" else 0)
    inner = list(_boxes(cleaning, first, box.end))
    for part in inner:
        _keep(cleaning, part, within=box.name)
    if box.name == b"meta":
        _keep_items(cleaning, {part.name: part for part in inner})


def _keep_items(cleaning: Cleaning, parts: dict[bytes, Box]) -> None:
    """Empty what is said of items that are no part of the picture, and remember where these stand."""
    if b"iinf" not in parts:
        return
    items = list(_items(cleaning, parts[b"iinf"]))
    shown = _shown_items(cleaning, parts, items)
    left_out = [item for item in items if item.kind not in ITEMS or item.number not in shown]
    for item in left_out:
        cleaning.written[item.place : item.place + 4] = NOTHING
        _clear(cleaning.written, item.place + 4, item.end)
    gone = {item.number for item in left_out}
    if gone and b"iloc" in parts:
        for number, start, length in _extents(cleaning, parts):
            if number in gone:
                cleaning.gone.append((start, start + length if length else len(cleaning.written)))


def _items(cleaning: Cleaning, listing: Box) -> Iterator[Item]:
    written = cleaning.written
    first = listing.inside + (6 if written[listing.inside] == 0 else 8)
    for entry in _boxes(cleaning, first, listing.end):
        version = written[entry.inside]
        wide = 4 if version >= 3 else 2
        number = int.from_bytes(written[entry.inside + 4 : entry.inside + 4 + wide])
        place = entry.inside + 4 + wide + 2
        # Of versions 0 and 1 no picture is made today, and these name no kind.
        kind = bytes(written[place : place + 4]) if version >= 2 else b""
        yield Item(number, kind, place, entry.end)


def _shown_items(cleaning: Cleaning, parts: dict[bytes, Box], items: Iterable[Item]) -> set[int]:
    """The numbers of the primary item and of all that it is made of, and what lies over them: transparency, tones. A
    small copy is none of these: it may show what was cut off."""
    if b"pitm" not in parts:
        return set()
    tones = {item.number for item in items if item.kind == b"tmap"}
    leads_to: dict[int, list[int]] = defaultdict(list)
    for name, origin, target in _references(cleaning, parts.get(b"iref")):
        if name == b"dimg":
            leads_to[origin].append(target)
        if name == b"auxl" or (name == b"dimg" and origin in tones):
            leads_to[target].append(origin)
    primary = parts[b"pitm"]
    waiting, shown = [int.from_bytes(cleaning.written[primary.inside + 4 : primary.end])], set[int]()
    while waiting:
        number = waiting.pop()
        if number not in shown:
            shown.add(number)
            waiting += leads_to[number]
    return shown


def _references(cleaning: Cleaning, box: Box | None) -> Iterator[tuple[bytes, int, int]]:
    """From which item to which, and as what."""
    if box is None:
        return
    written = cleaning.written
    wide = 4 if written[box.inside] else 2
    for reference in _boxes(cleaning, box.inside + 4, box.end):
        origin = int.from_bytes(written[reference.inside : reference.inside + wide])
        targets = range(reference.inside + wide + 2, reference.end, wide)
        cleaning.look_at(len(targets))
        for place in targets:
            yield reference.name, origin, int.from_bytes(written[place : place + wide])


def _extents(cleaning: Cleaning, parts: dict[bytes, Box]) -> Iterator[tuple[int, int, int]]:
    """Of each stretch of each item: the item's number, where it begins in the file, and its length."""
    content = bytes(cleaning.written[parts[b"iloc"].inside : parts[b"iloc"].end])
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
        stretches = number(2)
        cleaning.look_at(1 + stretches)
        for _ in range(stretches):
            number(index_size)
            start = base + number(offset_size)
            yield item, start, number(length_size)


def _clear(written: bytearray, start: int, end: int) -> None:
    """Zeros in place of what stands there; what lies outside the file is nowhere."""
    end = min(end, len(written))
    if start < end:
        written[start:end] = bytes(end - start)
