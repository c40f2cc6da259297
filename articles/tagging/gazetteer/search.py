"""The names the engine knows, and where they stand in a text.

One Aho-Corasick automaton finds every alias in one pass; the longest alias at a place wins, on word
boundaries and with its capitals ("US", never "us"). Blocked texts ("South China Sea") take their place
without naming anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import ahocorasick

from . import seeds
from .entries import FORBIDDEN, Alias, Entry
from .institutions import Institutions

# Each sign is folded to one sign, so that offsets stay true.
FOLDED_SIGNS = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("‐", "-"), ("‑", "-"), ("–", "-"), ("\u00a0", " "))
SHORTEST_SHOUT = 4


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a text may name."""

    entry: Entry
    alias: Alias


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text and all it may name; a blocked stretch names nothing."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    @property
    def is_blocked(self) -> bool:
        """Is the text one that must not be read as any entry?"""
        return not self.senses


@dataclass(slots=True)
class Key:
    """What one folded text stands for."""

    text: str
    senses: list[Sense] = field(default_factory=list)
    is_blocked: bool = False


class Gazetteer:
    """Entries compiled for searching; build one with `compile` or `shipped`."""

    def __init__(self, entries: tuple[Entry, ...], keys: list[Key]) -> None:
        self.entries = entries
        self.countries = {entry.country: entry for entry in entries if entry.kind == "country" and entry.country}
        self.country_names = {code: entry.name for code, entry in self.countries.items()}
        self.by_id = {entry.id: entry for entry in entries}
        self.institutions = Institutions(entries, self.countries)
        self._keys = keys
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, key in enumerate(keys):
            self._automaton.add_word(key.text, number)
        if keys:
            self._automaton.make_automaton()

    @classmethod
    def compile(cls, entries: Iterable[Entry], *, blocked: Iterable[str] = ()) -> Gazetteer:
        """Build the search structure; `blocked` are texts that are never any entity."""
        listed = tuple(entries)
        keys: dict[str, Key] = {}
        for entry in listed:
            for alias in _aliases(entry):
                for text in _spellings(alias):
                    key = keys.setdefault(text, Key(text))
                    if alias.strength == FORBIDDEN:
                        key.is_blocked = True
                    else:
                        key.senses.append(Sense(entry, alias))
        for text in blocked:
            folded = fold(text)
            if folded:
                keys.setdefault(folded, Key(folded)).is_blocked = True
        return cls(listed, list(keys.values()))

    @classmethod
    def shipped(cls) -> Gazetteer:
        """The gazetteer of the seed tables, read once a process."""
        return _shipped()

    def find(self, text: str) -> list[Match]:
        """All matches, leftmost and longest first, none overlapping."""
        if not self._keys:
            return []
        folded = fold(text)
        found: list[Match] = []
        covered = 0
        for start, end, key in sorted(self._candidates(folded), key=_leftmost_longest):
            if start < covered:
                continue
            match = _match(text, start, end, self._keys[key])
            if match is not None:
                found.append(match)
                covered = end
        return found

    def find_whole(self, text: str) -> Match | None:
        """The match that is the whole text, if `find` would give it."""
        number = self._automaton.get(fold(text), None) if self._keys and text else None
        return None if number is None else _match(text, 0, len(text), self._keys[number])

    def _candidates(self, folded: str) -> Iterator[tuple[int, int, int]]:
        length, keys = len(folded), self._keys
        for last, number in self._automaton.iter(folded):
            key = keys[number].text
            end = last + 1
            if end < length and folded[end].isalnum() and key[-1].isalnum():
                continue
            start = end - len(key)
            if start and folded[start - 1].isalnum() and key[0].isalnum():
                continue
            yield start, end, number


def _leftmost_longest(candidate: tuple[int, int, int]) -> tuple[int, int]:
    return candidate[0], -candidate[1]


def fold(text: str) -> str:
    """The text in lower case with plain apostrophes, hyphens and spaces, sign for sign of the same length."""
    if text.isascii():
        return text.lower()
    plain = _with_plain_signs(text)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in plain)


def _with_plain_signs(text: str) -> str:
    # One pass for each sign is many times faster than str.translate, which looks up every letter.
    for sign, plain in FOLDED_SIGNS:
        text = text.replace(sign, plain)
    return text


def _aliases(entry: Entry) -> Iterator[Alias]:
    if all(alias.text != entry.name for alias in entry.aliases):
        yield Alias(entry.name)
    yield from entry.aliases


def _spellings(alias: Alias) -> Iterator[str]:
    folded = fold(alias.text.strip())
    if folded:
        yield folded
    # "U.S report": a final stop is often left out.
    if len(folded) > 2 and folded.endswith(".") and "." in folded[:-1]:
        yield folded[:-1]


def _match(text: str, start: int, end: int, key: Key) -> Match | None:
    surface = text[start:end]
    if key.is_blocked:
        return Match(start, end, ())
    senses = tuple(sense for sense in key.senses if _has_its_capitals(surface, sense.alias))
    return Match(start, end, senses) if senses else None


def _has_its_capitals(surface: str, alias: Alias) -> bool:
    if not alias.case_sensitive:
        return True
    plain = _with_plain_signs(surface)
    wanted = _with_plain_signs(alias.text.strip())
    if plain == wanted or plain + "." == wanted:
        return True
    # A headline in capitals shouts "CHINA"; "US" and "It" are too short to be told from other words.
    return plain.isupper() and len(plain) > SHORTEST_SHOUT


@cache
def _shipped() -> Gazetteer:
    entries, blocked = seeds.load()
    return Gazetteer.compile(entries, blocked=blocked)
