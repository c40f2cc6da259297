"""Chooses which place of a name the story means, one sense a story.

Takes: "Springfield" in a story that names Illinois; "Lebanon, Pa."; "Paris" where Texas and Lamar County stand.
Leaves out: whether the words name a place at all (places.py).

Every name gives its vote to the regions and countries of its places, by their size; then each name is decided by
its places' sizes and the votes of the other names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log1p

from .geography import (
    ABBREVIATION,
    AREA,
    CAPITAL,
    CITY,
    COUNTRY,
    COUNTY,
    NOWHERE,
    PEOPLE,
    REGION,
    Place,
)

# All in powers of ten of the population: a bonus of 1 makes a town count as one ten times its size.
KIND_BONUS = {CAPITAL: 0.7, CITY: 0.0, REGION: 0.2, COUNTY: -0.8, AREA: 0.5, NOWHERE: 0.0}
FIXED_BASE = {COUNTRY: 6.3, ABBREVIATION: 7.0, PEOPLE: 6.8, NOWHERE: 7.5}
NAMED_COUNTRY = 7.3
# English-language news writes more of these.
HOME_BONUS = {"US": 0.4, "GB": 0.3, "CA": 0.1, "AU": 0.1}
REGION_PULL = 1.6
COUNTRY_PULL = 1.0
COUNTY_PULL, COUNTY_STEEPNESS = 2.0, 3.0
# How sharply a name's own vote goes to its largest place.
SHARPNESS = 2.0
EXPLICIT_VOTE = 1.0
MOST_PLACES = 60


class Votes:
    """How much in the story speaks for each country and region, and what each name gave to that."""

    def __init__(self, countries: Mapping[str, float]) -> None:
        self.countries: dict[str, float] = defaultdict(float, countries)
        self.regions: dict[tuple[str, str], float] = defaultdict(float)
        self.counties: dict[tuple[str, str, str], float] = defaultdict(float)
        self._given: dict[str, list[tuple[Place, float]]] = {}

    def give(self, name: str, places: Sequence[Place], scores: Sequence[float], weight: float) -> None:
        """Share the vote of a name among its places."""
        self.take_back(name)
        top = max(scores)
        parts = [exp(SHARPNESS * (score - top)) for score in scores]
        total = sum(parts)
        shares = [(place, weight * part / total) for place, part in zip(places, parts) if part > 0.01 * total]
        self._given[name] = shares
        for place, share in shares:
            self._add(place, share)

    def take_back(self, name: str) -> None:
        """Forget the vote of a name, so that it does not speak for itself."""
        for place, share in self._given.pop(name, ()):
            self._add(place, -share)

    def _add(self, place: Place, share: float) -> None:
        if place.country:
            self.countries[place.country] += share
            if place.region:
                self.regions[place.country, place.region] += share
            if county := county_of(place):
                self.counties[place.country, place.region, county] += share

    def pull(self, place: Place) -> float:
        """What the rest of the story adds to a place's score."""
        if not place.country:
            return 0.0
        country = COUNTRY_PULL * log1p(max(0.0, self.countries.get(place.country, 0.0)))
        if place.kind == COUNTRY or not place.region:
            return country
        region = REGION_PULL * log1p(max(0.0, self.regions.get((place.country, place.region), 0.0)))
        county = self.counties.get((place.country, place.region, county_of(place)), 0.0)
        return country + region + COUNTY_PULL * log1p(COUNTY_STEEPNESS * max(0.0, county))


def county_of(place: Place) -> str:
    """The county in which a place lies, or which it is; empty where unknown."""
    return place.name if place.kind == COUNTY else place.county


def base(place: Place, named_countries: frozenset[str] = frozenset()) -> float:
    """How likely a name means the place before anything is known of the story."""
    if place.kind == COUNTRY and place.country in named_countries:
        return NAMED_COUNTRY
    if place.kind in FIXED_BASE:
        return FIXED_BASE[place.kind]
    return place.size / 10 + KIND_BONUS.get(place.kind, 0.0) + HOME_BONUS.get(place.country or "", 0.0)


def lies_in(place: Place, other: Place) -> bool:
    """Is the place in the region, county or country that stands behind its comma?"""
    if place.country != other.country or place == other:
        return False
    if other.kind == COUNTRY:
        return True
    if other.kind == COUNTY:
        return place.county == other.name and place.region == other.region
    return bool(other.region) and place.region == other.region and other.kind in (REGION, ABBREVIATION)
