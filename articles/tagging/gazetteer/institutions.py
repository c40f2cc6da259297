"""Tells which ministry or force a country's descriptive name means, whatever its wording.

Takes: "Chinese Ministry of Defence" for the entry "Chinese Ministry of National Defense". Leaves out: names
that fit two entries of the country.
"""

import re
from collections.abc import Iterable, Mapping

from .entries import Entry

MINISTRY = "ministry"
FORCE = "force"
AGENCY = "agency"

WORD = re.compile(r"[^\W\d_]+")
EMPTY = frozenset({"national", "the", "of", "and", "affairs", "s"})
SAME = {
    "defense": "defence",
    "war": "defence",
    "external": "foreign",
    "department": "ministry",
}


class Institutions:
    """Ministries and forces by country and by the words that are left without the country's own."""

    def __init__(self, entries: Iterable[Entry], countries: Mapping[str, Entry]) -> None:
        self._found: dict[tuple[str, frozenset[str]], set[str]] = {}
        self._by_id: dict[str, Entry] = {}
        for entry in entries:
            owner = countries.get(entry.country or "")
            if owner is not None and entry.category in (MINISTRY, FORCE):
                self._by_id[entry.id] = entry
                self._add(entry, _own_words(owner))

    def find(self, country: str, name: str) -> Entry | None:
        """The one entry of the country that the name, without the country, describes."""
        found = self._found.get((country, _essence(name)), set())
        return self._by_id[next(iter(found))] if len(found) == 1 else None

    def _add(self, entry: Entry, own: frozenset[str]) -> None:
        for text in [entry.name, *(alias.text for alias in entry.aliases)]:
            essence = _essence(text) - own
            if essence:
                self._found.setdefault((entry.country or "", essence), set()).add(entry.id)


def _own_words(country: Entry) -> frozenset[str]:
    texts = [country.name, *(alias.text for alias in country.aliases)]
    return frozenset(word for text in texts for word in WORD.findall(text.lower()))


def _essence(name: str) -> frozenset[str]:
    """The words that tell one organisation of a country from another: {"defence", "ministry"}."""
    return frozenset({SAME.get(word, word) for word in WORD.findall(name.lower())} - EMPTY)
