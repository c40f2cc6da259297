"""Chooses which place a name means in this story; a name means one place throughout.

Takes: "Springfield" in a story that names Illinois; "Lebanon" of "Lebanon, Pa."; "Paris" beside Lamar County.
Leaves out: whether the words name a place at all (places.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from ..gazetteer.entries import STRONG
from ..senses import Hit, Story
from ..vocabulary.lexicon import DAYS, MONTHS, STOP_WORDS
from ..vocabulary.place_kinds import ABBREVIATION, CAPITAL, CITY, COUNTRY, COUNTY, REGION
from ..vocabulary.place_words import CLUES, RISKY
from .geography import COMMON_SURNAME, GIVEN_NAME, SETTLEMENTS, SURNAME, WORD, Place
from .place_votes import NAMED_COUNTRY, TOLD_COUNTRY, Votes, county_of, own_score
from .toponyms import Toponym

RISKS = {WORD: -2.0, GIVEN_NAME: -1.5, COMMON_SURNAME: -1.5, SURNAME: -0.7}
LOWER_CASE_RISK = -1.5
MOST_RISK = -3.0
# "in March" is no town in Cambridgeshire, save with its county behind it.
CALENDAR_RISK = -20.0
# "St. Peter" is a saint, a church, a hospital before it is a town.
SAINTS, SAINT_RISK = ("St. ", "St ", "Saint "), -0.7
# A name that is likely a word or a person has little to say about where the story plays.
HIGH_RISK, RISKY_WEIGHT = -1.0, 0.3
INSTITUTION_BONUS = 1.2
COUNTIES, COUNTY_BONUS = (" County", " Parish"), 1.2
CLUE_VOTE, MOST_CLUES = 0.4, 2.0
MOST_PLACES = 60
# Forms of an alias that are the name of the country itself.
NAMES = frozenset({"name", "short"})
FAR = 10.0
# A seat that has a tenth of its region's people is what a bare name means.
SMALLER_THAN_REGION = 12


# Not frozen: a story has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class PlaceSense:
    """The place that a name means.

    `lead` is how far it lies before the best place of another country, `company` how much else in the story speaks
    for its country.
    """

    place: Place
    score: float
    lead: float
    company: float


class Senses:
    """The sense of every name among the toponyms of a story, decided together."""

    def __init__(self, story: Story, hits: Sequence[Hit], toponyms: Sequence[Toponym]) -> None:
        self.by_name: dict[str, list[Toponym]] = defaultdict(list)
        for toponym in toponyms:
            self.by_name[toponym.name].append(toponym)
        self.risks = {name: risk_of(found[0], story) for name, found in self.by_name.items()}
        self.qualified: set[Toponym] = set()
        self._countries = _country_scores(hits)
        named = _names_of_countries(hits)
        self._places = {name: _candidates(name, found, named) for name, found in self.by_name.items()}
        self._with_institution = {toponym.name for toponym in toponyms if toponym.around.has_institution_behind}
        self._counties = {name for name in self.by_name if name.endswith(COUNTIES)}
        self._seats = {
            (place.country, place.region, place.county)
            for places in self._places.values()
            for place in places
            if place.county in self._counties
        }
        self._fixed: dict[str, Place] = {}
        self._fix_qualified(toponyms)
        self._standing = {name: self._standing_of(name) for name in self.by_name}
        self._weights = {name: self._weight(name) for name in self.by_name}
        self._before = {name: self._scores_before(name) for name in self.by_name}
        self._votes = Votes(_first_votes(story, hits, toponyms))
        self._vote()
        self._vote()
        self.of = {name: self._sense_of(name) for name in self.by_name}

    def _fix_qualified(self, toponyms: Sequence[Toponym]) -> None:
        """ "Lebanon, Pa." fixes Lebanon for the whole story."""
        pairs: dict[tuple[str, str], tuple[Place, Place] | None] = {}
        for toponym in toponyms:
            behind = toponym.qualifier
            if behind is None:
                continue
            names = toponym.name, behind.name
            if names not in pairs:
                pairs[names] = self._pair(*names)
            pair = pairs[names]
            if pair is not None:
                self.qualified.update((toponym, behind))
                for name, place in zip(names, pair, strict=True):
                    self._fixed.setdefault(name, place)

    def _pair(self, name: str, behind: str) -> tuple[Place, Place] | None:
        """The best place of a name that lies in a place of the name behind its comma."""
        pairs = [
            (place, other)
            for other in self._places[behind][:MOST_PLACES]
            for place in self._places[name]
            if lies_in(place, other)
        ]
        return max(pairs, key=lambda pair: self._own(pair[0]) + self._own(pair[1]), default=None)

    def _vote(self) -> None:
        """Let every name vote anew by what all the others say."""
        for name in self.by_name:
            self._votes.take_back(name)
            self._votes.give(name, self._standing[name], self._scores(name), self._weights[name])

    def _sense_of(self, name: str) -> PlaceSense:
        """What a name means by what all the others say, its own vote given anew."""
        self._votes.take_back(name)
        places, scores = self._standing[name], self._scores(name)
        top = max(scores)
        best = places[scores.index(top)]
        company = self._votes.countries.get(best.country or "", 0.0)
        self._votes.give(name, places, scores, self._weights[name])
        others = [score for place, score in zip(places, scores, strict=True) if place.country != best.country]
        lead = top - max(others, default=top - FAR)
        return PlaceSense(_settled(best, places), top, lead, company)

    def _standing_of(self, name: str) -> list[Place]:
        """The places between which a name is decided."""
        return [self._fixed[name]] if name in self._fixed else self._places[name][:MOST_PLACES]

    def _scores(self, name: str) -> list[float]:
        places, pull = self._standing[name], self._votes.pull
        scores = [
            own + pull(place) + county + institution
            for place, (own, county, institution) in zip(places, self._before[name], strict=True)
        ]
        countries = [number for number, place in enumerate(places) if place.kind == COUNTRY]
        if len(countries) > 1:
            # "Congo", "Korea": what else stands in the story decides, not which of them the gazetteer took.
            for number in countries:
                scores[number] = NAMED_COUNTRY + pull(places[number])
        return scores

    def _own(self, place: Place) -> float:
        named = self._countries.get(place.country or "") if place.kind == COUNTRY else None
        return own_score(place) if named is None else named

    def _scores_before(self, name: str) -> list[tuple[float, float, float]]:
        """What speaks for each place of a name before any vote: its own score, its county, an institution behind."""
        is_followed = name in self._with_institution
        return [
            (
                self._own(place),
                self._with_county(place) if self._counties and county_of(place) else 0.0,
                INSTITUTION_BONUS if is_followed and place.country == "US" and place.kind in SETTLEMENTS else 0.0,
            )
            for place in self._standing[name]
        ]

    def _with_county(self, place: Place) -> float:
        """A town and its county in one story ("Paris" and "Henry County") speak for each other."""
        if place.kind == COUNTY:
            is_together = (place.country, place.region, place.name) in self._seats
        else:
            is_together = place.county in self._counties
        return COUNTY_BONUS if is_together else 0.0

    def _weight(self, name: str) -> float:
        if name in self._fixed:
            return 1.0
        if all(toponym.is_person for toponym in self.by_name[name]):
            return 0.0
        return RISKY_WEIGHT if self.risks[name] < HIGH_RISK else 1.0


def lies_in(place: Place, other: Place) -> bool:
    """Is the place in the region, county or country that stands behind its comma?"""
    if place.country != other.country or place == other:
        return False
    if other.kind == COUNTRY:
        return True
    if other.kind == COUNTY:
        return place.county == other.name and place.region == other.region
    return bool(other.region) and place.region == other.region and other.kind in (REGION, ABBREVIATION)


def _settled(best: Place, places: Sequence[Place]) -> Place:
    """The city rather than the region around it that has its name (Odessa, Düsseldorf), or the capital (Washington).

    A town of that name in another region is not meant: Wyoming is not Wyoming in Michigan.
    """
    if best.kind not in (REGION, COUNTY):
        return best
    inside = [
        place
        for place in places
        if place.country == best.country
        and (place.kind == CAPITAL or (place.kind == CITY and place.region == best.region))
        and place.size >= best.size - SMALLER_THAN_REGION
    ]
    return max(inside, key=lambda place: (place.kind == CAPITAL, place.size), default=best)


def risk_of(toponym: Toponym, story: Story) -> float:
    """How much a name is a word or a person's name as well; 0 where it is neither."""
    name = toponym.name
    if " " in name:
        return SAINT_RISK if name.startswith(SAINTS) else 0.0
    if name in MONTHS or name in DAYS:
        return CALENDAR_RISK
    risk = sum(RISKS[trait] for trait in toponym.listing.traits)
    if name in RISKY or name.lower() in STOP_WORDS:
        risk += RISKS[WORD]
    if name.lower() in story.lower_words:
        risk += LOWER_CASE_RISK
    return max(risk, MOST_RISK)


def _names_of_countries(hits: Sequence[Hit]) -> dict[tuple[str, int, int], str]:
    """The country that each span names, by field, start and end."""
    return {
        (hit.field, hit.start, hit.end): hit.country.entry.country
        for hit in hits
        if hit.country is not None and hit.country.alias.form in NAMES and hit.country.entry.country
    }


def _candidates(name: str, found: list[Toponym], named: Mapping[tuple[str, int, int], str]) -> list[Place]:
    """The places of a name, with the country that the gazetteer knows by it."""
    places = list(found[0].places)
    for toponym in found:
        code = named.get((toponym.field, toponym.start, toponym.end))
        if code and not any(place.kind == COUNTRY and place.country == code for place in places):
            places.insert(0, Place(name, COUNTRY, code, "", 80))
    return places


def _country_scores(hits: Sequence[Hit]) -> dict[str, float]:
    """What the names of the countries weigh that the gazetteer has found."""
    scores: dict[str, float] = {}
    for hit in hits:
        if hit.country is None or hit.country.alias.form not in NAMES:
            continue
        is_told = hit.country.alias.strength != STRONG and bool(hit.country.alias.needs_context)
        code = hit.country.entry.country or ""
        scores[code] = max(scores.get(code, 0.0), TOLD_COUNTRY if is_told else NAMED_COUNTRY)
    return scores


def _first_votes(story: Story, hits: Sequence[Hit], toponyms: Sequence[Toponym]) -> dict[str, float]:
    """The countries that are named where no place could be meant, and those that the story's customs tell."""
    spans = {(toponym.field, toponym.start, toponym.end) for toponym in toponyms}
    counted = Counter(_codes(hit for hit in hits if (hit.field, hit.start, hit.end) not in spans))
    votes = {code: 1.0 + log(count) for code, count in counted.items()}
    for code, clues in CLUES.items():
        found = len(clues & story.words)
        if found:
            votes[code] = votes.get(code, 0.0) + min(MOST_CLUES, CLUE_VOTE * found)
    return votes


def _codes(hits: Iterable[Hit]) -> Iterator[str]:
    """The countries named otherwise than by their capital, and those of known places."""
    for hit in hits:
        if hit.country is not None and hit.country.alias.form != CAPITAL and hit.country.entry.country:
            yield hit.country.entry.country
