"""Counts how much in a story speaks for each country, region and county.

Each name shares one vote among its places, the largest getting most; explicit countries vote whole. The votes of
the other names then pull a name to one of its places: "Paris" to Texas where Lamar County and Clarksville stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log1p

from ..vocabulary.place_kinds import ABBREVIATION, AREA, CAPITAL, CITY, COUNTRY, COUNTY, NOWHERE, PEOPLE, REGION
from .geography import Place

# All scores are in powers of ten of people: a bonus of 1 makes a town count as one ten times its size.
KIND_BONUS = {CAPITAL: 0.7, CITY: 0.0, REGION: 0.2, COUNTY: -0.8, AREA: 0.5}
FIXED_SCORE = {COUNTRY: 6.5, ABBREVIATION: 7.0, PEOPLE: 6.8, NOWHERE: 7.5}
# The gazetteer knows the country by a strong name; or by a weak one whose context stands in the story ("Georgia").
NAMED_COUNTRY, TOLD_COUNTRY = 7.3, 9.0
# English-language news writes more of these.
HOME_BONUS = {"US": 0.4, "GB": 0.3, "CA": 0.1, "AU": 0.1}
COUNTRY_PULL = 1.2
REGION_PULL = 2.0
COUNTY_PULL, COUNTY_STEEPNESS = 2.0, 3.0
# How sharply a name's own vote goes to its largest place.
SHARPNESS = 2.0
SMALLEST_SHARE = 0.01
# More than so many names say nothing new.
MOST_VOTES = 4.0


class Votes:
    """The votes given so far."""

    def __init__(self, countries: Mapping[str, float]) -> None:
        self.countries: dict[str, float] = defaultdict(float, countries)
        self.regions: dict[tuple[str, str], float] = defaultdict(float)
        self.counties: dict[tuple[str, str, str], float] = defaultdict(float)
        self._given: dict[str, list[tuple[Place, float]]] = {}

    def give(self, name: str, places: Sequence[Place], scores: Sequence[float], weight: float) -> None:
        """Share the vote of a name among its places by their scores."""
        top = max(scores)
        parts = [exp(SHARPNESS * (score - top)) for score in scores]
        total = sum(parts)
        shares = [
            (place, weight * part / total)
            for place, part in zip(places, parts, strict=True)
            if part > SMALLEST_SHARE * total
        ]
        self._given[name] = shares
        for place, share in shares:
            self._add(place, share)

    def take_back(self, name: str) -> None:
        """Forget the vote of a name, so that it does not speak for itself."""
        for place, share in self._given.pop(name, ()):
            self._add(place, -share)

    def _add(self, place: Place, share: float) -> None:
        if not place.country:
            return
        self.countries[place.country] += share
        if place.region:
            self.regions[place.country, place.region] += share
        if county := county_of(place):
            self.counties[place.country, place.region, county] += share

    def pull(self, place: Place) -> float:
        """What the rest of the story adds to a place's score."""
        code, region = place.country, place.region
        if not code:
            return 0.0
        pull = COUNTRY_PULL * _growth(self.countries.get(code, 0.0))
        if place.kind == COUNTRY or not region:
            return pull
        pull += REGION_PULL * _growth(self.regions.get((code, region), 0.0))
        county = self.counties.get((code, region, county_of(place)), 0.0)
        return pull + COUNTY_PULL * _growth(COUNTY_STEEPNESS * county)


def _growth(votes: float) -> float:
    return log1p(min(votes, MOST_VOTES)) if votes > 0 else 0.0


def county_of(place: Place) -> str:
    """The county in which a place lies, or which it is; empty where unknown."""
    return place.name if place.kind == COUNTY else place.county


def own_score(place: Place) -> float:
    """How likely a name means the place before anything is known of the story."""
    if place.kind in FIXED_SCORE:
        return FIXED_SCORE[place.kind]
    return place.size / 10 + KIND_BONUS[place.kind] + HOME_BONUS.get(place.country or "", 0.0)
