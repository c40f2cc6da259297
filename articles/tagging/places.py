"""Places named in a story: which stretch of text names a city, region or county, and in which country.

Takes: "Springfield" in a story that names Illinois; "ALEXANDRIA, La. —"; "in Reading", "Mobile, Ala.".
Leaves out: persons ("Paris Hilton"), papers ("New York Times"), treaties ("Paris Agreement"), and words that are
towns as well ("Mobile phones").
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from .geography import (
    CAPITAL,
    COMMON_SURNAME,
    COUNTRY,
    GIVEN_NAME,
    SETTLEMENTS,
    SURNAME,
    WORD,
    Geography,
    Place,
)
from .lexicon import DAYS, DETERMINERS, MONTHS, STOP_WORDS
from .place_sense import MOST_PLACES, Votes, base, lies_in
from .place_words import CLUES, MODIFIERS, PLAIN_ABBREVIATIONS, RISKY, SPEAKING
from .senses import Hit, Story
from .toponyms import Toponym, find_toponyms, is_abbreviation

# Forms of a country's alias that may be a place of the same name somewhere else.
OPEN_FORMS = frozenset({"name", "short", "capital", "government"})
THRESHOLD = 5.2
SURE = 7.0
POSITION_BONUS = 1.5
DATELINE_BONUS = 3.0
QUALIFIED_BONUS = 6.0
ELSEWHERE_BONUS = 1.5
RISKS = {WORD: -2.0, GIVEN_NAME: -1.5, COMMON_SURNAME: -1.5, SURNAME: -0.7}
MOST_RISK = -3.0
LOWER_CASE_RISK = -1.5
SURNAME_RISK = -2.0
SPEAKING_RISK = -1.5
INSTITUTION_BONUS = 1.2
COUNTY_BONUS = 1.5
COUNTY_WORDS = (" County", " Parish", " Province", " Oblast", " District", " Region", " Township")
CLUE_VOTE, MOST_CLUES = 0.4, 2.0
METROPOLIS = 57
OPENING_RISK = -0.4
CAPITAL_BEFORE = -2.5
CAPITAL_BEHIND = -0.7


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place where a city, region or county is named; `text` is `field[start:end]`.

    `name` is what the place is called ("Kyiv" for "Kiev"), `country` an alpha-2 code or None (the Black Sea),
    `region` its first-level region ("Illinois"), `kind` one of geography's kinds (capital, city, region, county,
    area, people, abbreviation, nowhere, country), and `reason` says in an editor's words why it is this one.
    `is_sure` is true where the name and the story leave no doubt.
    """

    field: str
    start: int
    end: int
    text: str
    name: str
    country: str | None
    region: str
    kind: str
    reason: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a story, and the spans (field, start, end) that look like a place and are none."""

    mentions: tuple[PlaceMention, ...]
    left: frozenset[tuple[str, int, int]]
    parts: frozenset[tuple[str, int, int]]


def find_places(
    story: Story, hits: Sequence[Hit], blocked: Mapping[str, Sequence[tuple[int, int]]], geography: Geography
) -> Places:
    """The places of all fields, in order of field and place."""
    toponyms = [
        toponym
        for field in story.fields
        for toponym in find_toponyms(
            field.name,
            field.text,
            geography,
            taken=_taken(field.name, hits, blocked.get(field.name, ()), field.text, geography),
            persons=[(person.start, person.end) for person in field.persons],
        )
    ]
    mentions = Resolver(story, hits, [toponym for toponym in toponyms if not toponym.is_part]).mentions()
    found = {(mention.field, mention.start) for mention in mentions}
    spans = {(toponym.field, toponym.start, toponym.end): toponym.is_part for toponym in toponyms}
    return Places(
        tuple(mentions),
        left=frozenset(span for span in spans if span[:2] not in found),
        parts=frozenset(span for span, is_part in spans.items() if is_part),
    )


def _taken(
    field: str, hits: Sequence[Hit], blocked: Sequence[tuple[int, int]], text: str, geography: Geography
) -> list[tuple[int, int]]:
    """Spans that name something else for certain; what the geography knows by that name stays open."""
    spans = [
        (hit.start, hit.end)
        for hit in hits
        if hit.field == field
        and (
            (hit.country is not None and hit.country.alias.form not in OPEN_FORMS)
            or (hit.entity is not None and hit.entity.entry.kind != "place")
        )
    ]
    spans += [
        (start, end) for start, end in blocked if ", " not in text[start:end] and not geography.find(text[start:end])
    ]
    return sorted(spans)


def without_places(hits: Sequence[Hit], places: Places) -> list[Hit]:
    """The hits without the countries that the places have decided otherwise: Lebanon in Pennsylvania."""
    named = sorted((place.field, place.start, place.end, place.country or "") for place in places.mentions)
    parts = sorted((field, start, end, "") for field, start, end in places.parts)
    kept = []
    for hit in hits:
        if hit.country is None or not _is_decided_otherwise(hit, named, parts, places.left):
            kept.append(hit)
        elif hit.entity is not None:
            kept.append(replace(hit, country=None))
    return kept


Span = tuple[str, int, int, str]


def _is_decided_otherwise(
    hit: Hit, named: Sequence[Span], parts: Sequence[Span], left: frozenset[tuple[str, int, int]]
) -> bool:
    assert hit.country is not None
    if _holder(hit, parts) is not None:
        return True
    place = _holder(hit, named)
    if place is None:
        return hit.country.alias.form == "capital" and (hit.field, hit.start, hit.end) in left
    return place[1:3] != (hit.start, hit.end) or place[3] != hit.country.entry.country


def _holder(hit: Hit, spans: Sequence[Span]) -> Span | None:
    """The span in which the hit lies."""
    index = bisect_right(spans, (hit.field, hit.start, sys.maxsize)) - 1
    if index < 0 or spans[index][0] != hit.field or spans[index][2] < hit.end:
        return None
    return spans[index]


class Resolver:
    """Decides the toponyms of one story together."""

    def __init__(self, story: Story, hits: Sequence[Hit], toponyms: Sequence[Toponym]) -> None:
        self.story = story
        self.toponyms = toponyms
        self.named_countries = frozenset(_codes(hits, without=("capital",)))
        self.hit_countries = {
            (hit.field, hit.start, hit.end): hit.country.entry.country
            for hit in hits
            if hit.country is not None and hit.country.alias.form in ("name", "short")
        }
        self.by_name: dict[str, list[Toponym]] = defaultdict(list)
        for toponym in toponyms:
            self.by_name[toponym.name].append(toponym)
        self.places = {name: self._candidates(name, found) for name, found in self.by_name.items()}
        self.votes = Votes(self._first_votes(hits))
        self.surnames: set[str] = set()
        self.fixed: dict[str, Place] = {}
        self.qualified: set[Toponym] = set()
        self.senses: dict[str, tuple[Place, float]] = {}

    def _first_votes(self, hits: Sequence[Hit]) -> dict[str, float]:
        """The countries that are named where no place could be meant, and those that the story's customs tell."""
        open_spans = {(toponym.field, toponym.start, toponym.end) for toponym in self.toponyms}
        counted = Counter(
            _codes((hit for hit in hits if (hit.field, hit.start, hit.end) not in open_spans), without=("capital",))
        )
        votes = {code: 1.0 + log(count) for code, count in counted.items()}
        for code, clues in CLUES.items():
            found = len(clues & self.story.words)
            if found:
                votes[code] = votes.get(code, 0.0) + min(MOST_CLUES, CLUE_VOTE * found)
        return votes

    def _candidates(self, name: str, found: list[Toponym]) -> list[Place]:
        places = list(found[0].places)
        for toponym in found:
            code = self.hit_countries.get((toponym.field, toponym.start, toponym.end))
            if code and not any(place.kind == COUNTRY and place.country == code for place in places):
                places.insert(0, Place(name, COUNTRY, code, "", 80))
        return places

    def mentions(self) -> list[PlaceMention]:
        """The toponyms that name a place, with that place."""
        self._fix_qualified()
        self.surnames = {toponym.name for toponym in self.toponyms if self._is_in_person(toponym)}
        self._vote()
        self._vote()
        self._decide()
        firm = {toponym.name for toponym in self.toponyms if self._is_firm(toponym)}
        return [self._mention(toponym) for toponym in self.toponyms if self._is_place(toponym, firm)]

    def _fix_qualified(self) -> None:
        """ "Lebanon, Pa." fixes Lebanon for the whole story."""
        for toponym in self.toponyms:
            behind = toponym.qualifier
            if behind is None:
                continue
            pairs = [
                (place, other)
                for other in self.places[behind.name][:MOST_PLACES]
                for place in self.places[toponym.name]
                if lies_in(place, other)
            ]
            if not pairs:
                continue
            place, other = max(pairs, key=lambda pair: base(pair[0]) + base(pair[1], self.named_countries))
            self.qualified.update((toponym, behind))
            self.fixed.setdefault(toponym.name, place)
            self.fixed.setdefault(behind.name, other)

    def _vote(self) -> None:
        for name in self.by_name:
            self.votes.take_back(name)
            places = self._open(name)
            scores = [self._score(place) + self._institution(name, place) for place in places]
            self.votes.give(name, places, scores, self._weight(name))

    def _decide(self) -> None:
        for name in self.by_name:
            self.votes.take_back(name)
            places = self._open(name)
            scores = [self._score(place) + self._institution(name, place) for place in places]
            best = max(range(len(places)), key=lambda number: scores[number])
            self.senses[name] = places[best], scores[best]
            self.votes.give(name, places, scores, self._weight(name))

    def _open(self, name: str) -> list[Place]:
        return [self.fixed[name]] if name in self.fixed else self.places[name][:MOST_PLACES]

    def _weight(self, name: str) -> float:
        if name in self.fixed:
            return 1.0
        if all(toponym.is_person for toponym in self.by_name[name]):
            return 0.0
        return 0.3 if self._risk(self.by_name[name][0]) < -1 else 1.0

    def _score(self, place: Place) -> float:
        return base(place, self.named_countries) + self.votes.pull(place)

    def _institution(self, name: str, place: Place) -> float:
        """ "Paris Police Department" speaks for a Paris in the United States."""
        if place.country != "US" or place.kind not in SETTLEMENTS:
            return 0.0
        return INSTITUTION_BONUS if any(found.has_institution_behind for found in self.by_name[name]) else 0.0

    def _is_firm(self, toponym: Toponym) -> bool:
        return (
            toponym in self.qualified
            or toponym.is_dateline
            or (toponym.is_in_place_position and not toponym.is_person and not _has_capital_behind(toponym))
        )

    def _is_place(self, toponym: Toponym, firm: set[str]) -> bool:
        place, score = self.senses[toponym.name]
        if toponym in self.qualified:
            return True
        if toponym.is_person or (is_abbreviation(toponym) and toponym.name not in PLAIN_ABBREVIATIONS):
            return False
        is_metropolis = place.size >= METROPOLIS and place.kind in SETTLEMENTS
        score += self._risk(toponym) * (0.5 if is_metropolis else 1.0)
        if toponym.has_surname_behind and GIVEN_NAME in toponym.listing.traits:
            score += CAPITAL_BEFORE
        if toponym.name.endswith(COUNTY_WORDS):
            score += COUNTY_BONUS
        if toponym.is_in_place_position:
            score += POSITION_BONUS
        if toponym.is_dateline:
            score += DATELINE_BONUS
        if toponym.name in firm and not self._is_firm(toponym):
            score += ELSEWHERE_BONUS
        if toponym.opens_sentence and not toponym.is_dateline:
            score += OPENING_RISK
        if self._has_capital_before(toponym):
            score += CAPITAL_BEFORE
        elif toponym.name in self.surnames and not toponym.is_in_place_position:
            score += SURNAME_RISK
        if _has_capital_behind(toponym):
            score += CAPITAL_BEHIND
        if toponym.behind in SPEAKING and place.kind not in (CAPITAL, COUNTRY):
            score += SPEAKING_RISK
        return score >= THRESHOLD

    def _risk(self, toponym: Toponym) -> float:
        """How much the name is a word or a person's name; 0 where it is neither."""
        name = toponym.name
        if " " in name:
            return 0.0
        risk = sum(RISKS[trait] for trait in toponym.listing.traits)
        if name in RISKY or name in MONTHS or name in DAYS or name.lower() in STOP_WORDS:
            risk += RISKS[WORD]
        if name.lower() in self.story.lower_words:
            risk += LOWER_CASE_RISK
        return max(risk, MOST_RISK)

    def _has_capital_before(self, toponym: Toponym) -> bool:
        word = toponym.before
        if not word or not word[0].isupper() or toponym in self.qualified:
            return False
        lower = word.lower()
        return not (lower in STOP_WORDS or lower in DETERMINERS or word in MODIFIERS or word in MONTHS or word in DAYS)

    def _is_in_person(self, toponym: Toponym) -> bool:
        """Does the name look like a part of a person's name here? Then it is one by itself, too."""
        return self._has_capital_before(toponym) or (
            toponym.has_surname_behind and GIVEN_NAME in toponym.listing.traits and toponym not in self.qualified
        )

    def _mention(self, toponym: Toponym) -> PlaceMention:
        place, score = self.senses[toponym.name]
        return PlaceMention(
            toponym.field,
            toponym.start,
            toponym.end,
            toponym.text,
            place.name,
            place.country,
            place.region,
            place.kind,
            place.kind,
            score >= SURE,
        )


def _codes(hits: Iterable[Hit], *, without: tuple[str, ...]) -> Iterator[str]:
    for hit in hits:
        if hit.country is not None and hit.country.alias.form not in without and hit.country.entry.country:
            yield hit.country.entry.country


def _has_capital_behind(toponym: Toponym) -> bool:
    return bool(toponym.behind) and toponym.behind[0].isupper()
