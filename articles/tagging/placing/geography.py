"""The places of the world by name: cities, regions and counties with their country and size.

Takes: "Springfield" (Illinois, Missouri, Massachusetts …), "Bavaria", "Lamar County", "La.", "Texans".
Leaves out: which of them a story means (places.py), and countries with their adjectives (gazetteer.py).

The file `seeds/geography.gz` is baked by `docs/geography/bake_geography.py`. Names stay one block of bytes with a
hash table beside it, so that a quarter of a million of them load in a few milliseconds and cost no Python objects.
"""

from __future__ import annotations

import gzip
import re
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from ..vocabulary.place_kinds import ABBREVIATION, AREA, CAPITAL, CITY, COUNTRY, COUNTY, NOWHERE, PEOPLE, REGION

FILE = Path(__file__).resolve().parents[3] / "seeds" / "geography.gz"
MAGIC = "newsroom-geography-3"

LETTERS = {
    "N": COUNTRY,
    "C": CAPITAL,
    "P": CITY,
    "R": REGION,
    "S": COUNTY,
    "A": AREA,
    "D": PEOPLE,
    "B": ABBREVIATION,
    "W": NOWHERE,
}
SETTLEMENTS = frozenset({CAPITAL, CITY})
# What a name may be besides a place: a word of every day, a given name, a surname (common, or known at all).
WORD, GIVEN_NAME, COMMON_SURNAME, SURNAME = "w", "g", "F", "f"
MOST_REMEMBERED = 20_000
# Written before a name in full and in short: "Saint Louis", "St. Louis", "Ft. Worth".
SHORT_WORDS = {"St": "Saint", "Ste": "Sainte", "Mt": "Mount", "Ft": "Fort"}
# Takes what is written otherwise in a key: "St. Louis", "Aix-en-Provence"; refuses: "Moscow".
UNEVEN = re.compile(r"[-’\u00a0]|\b(?:Ste?|Mt|Ft)\b")
# One bit for each first word of a longer name, so that "In Moscow" is not looked up.
OPENER_BITS = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """One bearer of a name.

    `country` is ISO 3166-1 alpha-2 (or XK), None for what lies in no country. `region` is its first-level region
    ("Illinois"), empty where there is none. `size` is ten times the decimal logarithm of the population, 0 where
    nobody has counted: 50 is a hundred thousand people.
    """

    name: str
    kind: str
    country: str | None
    region: str
    size: int
    county: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """All bearers of a name, the largest first, and what else the name is: see WORD, GIVEN_NAME, SURNAME."""

    places: tuple[Place, ...]
    traits: str


NOTHING = Listing((), "")


class Geography:
    """Looks up names, exactly as they are written save for accents, hyphens and short words."""

    def __init__(self, regions: Sequence[str], names: bytes, slots: array[int], openers: bytes) -> None:
        self.regions = regions
        self._names = names
        self._openers = openers
        self._slots = slots
        self._mask = len(slots) - 1
        self._remembered: dict[int, Listing] = {}
        self._known: dict[str, Listing] = {}
        self._known_openers: dict[str, bool] = {}

    @classmethod
    def shipped(cls) -> Geography:
        """The baked file of the seeds, read once a process."""
        return _shipped()

    def find(self, name: str) -> tuple[Place, ...]:
        """All places of that name, the largest first; empty where there is none."""
        return self.look_up(name).places

    def look_up(self, name: str) -> Listing:
        """The places of that name and what else it is."""
        listing = self._known.get(name)
        if listing is None:
            _make_room(self._known)
            listing = self._known[name] = self._search(name)
        return listing

    def _search(self, name: str) -> Listing:
        key = key_of(name).encode("utf-8", "replace")
        wanted = key + b"\t"
        slot = crc32(key) & self._mask
        while start := self._slots[slot]:
            if self._names.startswith(wanted, start - 1):
                return self._listing(start - 1)
            slot = (slot + 1) & self._mask
        return NOTHING

    def may_open(self, word: str) -> bool:
        """Could the word be the first of several in a name? Seldom yes where there is none, never the reverse."""
        answer = self._known_openers.get(word)
        if answer is None:
            bit = crc32(key_of(word).partition(" ")[0].encode("utf-8", "replace")) % OPENER_BITS
            _make_room(self._known_openers)
            answer = self._known_openers[word] = bool(self._openers[bit >> 3] & (1 << (bit & 7)))
        return answer

    def _listing(self, start: int) -> Listing:
        listing = self._remembered.get(start)
        if listing is None:
            _make_room(self._remembered)
            line = self._names[start : self._names.index(b"\n", start)].decode()
            key, traits, places = line.split("\t")
            listing = Listing(tuple(self._place(text, key) for text in places.split(";")), traits)
            self._remembered[start] = listing
        return listing

    def _place(self, text: str, key: str) -> Place:
        facts, _, name = text.partition("=")
        facts, _, county = facts.partition("@")
        region, _, size = facts[3:].partition(".")
        return Place(
            name or key,
            LETTERS[facts[0]],
            None if facts[1:3] == "--" else facts[1:3],
            self.regions[int(region)] if region else "",
            int(size or 0),
            self.regions[int(county)] if county else "",
        )


def _make_room(remembered: dict[Any, Any]) -> None:
    if len(remembered) >= MOST_REMEMBERED:
        remembered.clear()


def key_of(name: str) -> str:
    """The form in which names are compared: "St. Stratford-upon-Avon" → "Saint Stratford upon Avon"."""
    if not UNEVEN.search(name):
        return name
    words = name.replace("’", "'").replace("-", " ").replace("\u00a0", " ").split(" ")
    return " ".join(SHORT_WORDS.get(word.rstrip("."), word) for word in words)


def pack(regions: Sequence[str], names: Mapping[str, Sequence[str]], traits: Mapping[str, str]) -> bytes:
    """The bytes of the file; `names` gives the coded places of each key, the largest first.

    A coded place is a letter of LETTERS, the country ("--" for none), the number of its region, a point and its
    size, "@" and the number of its county, and "=" and its name where the key is another: `PUS31.44@907=Kyiv`.
    """
    lines = bytearray()
    starts = []
    for key in sorted(names):
        starts.append((key.encode(), len(lines)))
        lines += f"{key}\t{traits.get(key, '')}\t{';'.join(names[key])}\n".encode()
    size = 1
    while size < 2 * len(starts):
        size *= 2
    slots = array("I", bytes(4 * size))
    for name, start in starts:
        slot = crc32(name) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        slots[slot] = start + 1
    if sys.byteorder == "big":
        slots.byteswap()
    header = f"{MAGIC}\t{len(regions)}\t{len(starts)}\t{len(lines)}\t{size}\n".encode()
    listed = "".join(f"{region}\n" for region in regions).encode()
    return gzip.compress(header + listed + bytes(lines) + _openers(names) + slots.tobytes(), 9, mtime=0)


def _openers(names: Iterable[str]) -> bytes:
    bits = bytearray(OPENER_BITS // 8)
    for name in names:
        first, space, _ = name.partition(" ")
        if space:
            bit = crc32(first.encode()) % OPENER_BITS
            bits[bit >> 3] |= 1 << (bit & 7)
    return bytes(bits)


def unpack(packed: BinaryIO) -> Geography:
    """Read what `pack` wrote. Raises ValueError when it is no such file."""
    with gzip.GzipFile(fileobj=packed) as raw:
        fields = raw.readline().decode("utf-8", "replace").split("\t")
        if fields[0] != MAGIC or len(fields) != 5:
            raise ValueError("this is no baked geography, or one of another version; bake it anew")
        regions_count, _, names_length, _ = map(int, fields[1:])
        regions = [raw.readline().decode().rstrip("\n") for _ in range(regions_count)]
        names = raw.read(names_length)
        openers = raw.read(OPENER_BITS // 8)
        slots = array("I")
        slots.frombytes(raw.read())
    if sys.byteorder == "big":
        slots.byteswap()
    return Geography(regions, names, slots, openers)


@cache
def _shipped() -> Geography:
    with FILE.open("rb") as packed:
        return unpack(packed)
