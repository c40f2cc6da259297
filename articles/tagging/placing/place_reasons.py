"""Says in an editor's words why a name is this place.

"Springfield: the city in Illinois, United States, since the story names Illinois"; "Lebanon: the city in
Pennsylvania, United States, as “Pa.” behind it says"; "La.: short for Louisiana, United States".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..vocabulary.place_kinds import ABBREVIATION, AREA, CAPITAL, COUNTRY, COUNTY, NOWHERE, PEOPLE, REGION
from .geography import SETTLEMENTS, Place
from .place_sense import Senses
from .place_votes import county_of
from .toponyms import Toponym

# Names that say most about where a story plays come first.
TELLING = (COUNTY, REGION, ABBREVIATION, PEOPLE, AREA)
MOST_WITNESSES = 50


class Reasons:
    """The reasons of a story's places; `named` are the toponyms that were found to be places."""

    def __init__(self, named: Sequence[Toponym], senses: Senses, country_names: Mapping[str, str]) -> None:
        self.senses = senses
        self.country_names = country_names
        self.places = {toponym.name: senses.of[toponym.name].place for toponym in named}
        self._by_region = _in_regions(self.places)
        self._fixed = {toponym.name for toponym in senses.qualified}
        self._told: dict[str, str] = {}

    def of(self, toponym: Toponym) -> str:
        """The reason for one mention."""
        behind = toponym.qualifier
        place = self.places[toponym.name]
        what = self._what(place, toponym.name)
        if place.kind == CAPITAL and toponym.around.is_actor:
            return f"{toponym.text}: capital, stands for the government of {self._country(place)}"
        if behind is not None and toponym in self.senses.qualified and behind in self.senses.qualified:
            return f"{toponym.text}: {what}, as “{behind.text}” behind it says"
        if toponym.name not in self._told:
            self._told[toponym.name] = self._since(toponym)
        return f"{toponym.text}: {what}{self._told[toponym.name]}"

    def _country(self, place: Place) -> str:
        return self.country_names.get(place.country or "", place.country or "")

    def _what(self, place: Place, name: str) -> str:
        country = self._country(place)
        where = f"{place.region}, {country}" if place.region not in ("", place.name) else country
        called = f"{place.name}, " if place.name != name and place.kind in SETTLEMENTS else ""
        if place.kind == NOWHERE:
            return "a part of the world that is no one country's"
        if place.kind == COUNTRY:
            return "the country by name"
        if place.kind == CAPITAL:
            return f"{called}the capital of {country}"
        if place.kind == PEOPLE:
            return f"the people of {place.name if place.name != name else where}, {country}".replace(
                f"{country}, {country}", country
            )
        if place.kind == ABBREVIATION:
            return f"short for {place.name}, {country}"
        kind = {REGION: "a region of", COUNTY: "a county in", AREA: "a part of"}.get(place.kind, "the city in")
        return f"{called}{kind} {where if place.kind != REGION else country}"

    def _since(self, toponym: Toponym) -> str:
        """What in the story decided between several places of the name."""
        place = self.places[toponym.name]
        rivals = {(other.country, other.region) for other in toponym.places if other.kind in SETTLEMENTS}
        if place.kind not in SETTLEMENTS or len(rivals) < 2 or toponym.name in self._fixed:
            return ""
        witness = self._witness(toponym.name, place)
        return f", since the story names {witness}" if witness else ", the best known place of that name"

    def _witness(self, name: str, place: Place) -> str:
        """Another name of the story that speaks for the place: its county, its region, a neighbour."""
        near = [other for other in self._near(place) if other[0] != name]
        same_county = [other for other, found in near if place.county and county_of(found) == place.county]
        return next(iter([*same_county, *(other for other, _ in near)]), "")

    def _near(self, place: Place) -> list[tuple[str, Place]]:
        """The first names of the same region, those first that say most about where a story plays."""
        return self._by_region.get((place.country, place.region), [])


def _in_regions(places: Mapping[str, Place]) -> dict[tuple[str | None, str], list[tuple[str, Place]]]:
    found: dict[tuple[str | None, str], list[tuple[str, Place]]] = {}
    for name, place in places.items():
        if place.region:
            found.setdefault((place.country, place.region), []).append((name, place))
    for key, listed in found.items():
        listed.sort(key=lambda item: TELLING.index(item[1].kind) if item[1].kind in TELLING else len(TELLING))
        found[key] = listed[:MOST_WITNESSES]
    return found
