"""Chooses what each match of the gazetteer names in this story.

Takes: "MND" of Taiwan where Taiwan is the nearest country; the weak "Patriot" where "missile" stands in the
story. Leaves out: blocked texts, names of persons that look like countries, and weak aliases without their
context.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from .gazetteer.entries import STRONG, Alias, Entry
from .gazetteer.search import Gazetteer, Match, Sense, fold
from .persons.persons import Person, find_persons

BODY = "body"
HEADLINE = "headline"
STANDFIRST = "standfirst"
# Names of a country that are a region of a neighbour as well, with the neighbour's code.
SHARED_NAMES = {"Macedonia": "GR", "Macedonian": "GR", "Macedonians": "GR"}
WORD = re.compile(r"[^\W_]+")
# Takes: "US", "RAF", "K9"; refuses: "us", "NATO".
# The look-behind stands second, since a pattern that begins with plain letters is searched many times faster.
SHORT_ACRONYM = re.compile(r"[A-Z](?<!\w[A-Z])[A-Z\d]{1,2}(?!\w)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of one field that names a country, an entity, or both ("Pentagon")."""

    field: str
    start: int
    end: int
    text: str
    country: Sense | None
    entity: Sense | None


@dataclass(frozen=True, slots=True)
class Field:
    """One text of the story with the persons named in it."""

    name: str
    text: str
    persons: tuple[Person, ...]


class Story:
    """The fields of a document and the words that stand in any of them."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.fields = [Field(name, text, tuple(find_persons(text))) for name, text in texts.items() if text]
        self.folded = "\n".join(fold(field.text) for field in self.fields)
        self.words = frozenset(WORD.findall(self.folded))
        self.acronyms = frozenset(acronym for field in self.fields for acronym in SHORT_ACRONYM.findall(field.text))
        self.lower_words = frozenset(
            word for field in self.fields for word in set(WORD.findall(field.text)) if word.islower()
        )
        self._answers: dict[str, bool] = {}
        self._matches: dict[tuple[str, int], list[Match]] = {}

    def matches(self, field: Field, gazetteer: Gazetteer) -> list[Match]:
        """What the gazetteer finds in a field, looked for once."""
        key = (field.name, id(gazetteer))
        if key not in self._matches:
            self._matches[key] = gazetteer.find(field.text)
        return self._matches[key]

    def blocked(self, gazetteer: Gazetteer) -> dict[str, list[tuple[int, int]]]:
        """The spans of each field that must not be read as any entry."""
        return {
            field.name: [(match.start, match.end) for match in self.matches(field, gazetteer) if match.is_blocked]
            for field in self.fields
        }

    def doubtful_capitals(self, gazetteer: Gazetteer) -> set[tuple[str, int, int]]:
        """The spans (field, start, end) of capitals that name their country only in the right context."""
        return {
            (field.name, match.start, match.end)
            for field in self.fields
            for match in self.matches(field, gazetteer)
            if any(sense.alias.form == "capital" and sense.alias.strength != STRONG for sense in match.senses)
        }

    def has(self, phrase: str) -> bool:
        """Does the word or phrase stand anywhere in the story? Capitals count for "US", which is not "us"."""
        if phrase not in self._answers:
            is_acronym = SHORT_ACRONYM.fullmatch(phrase) is not None
            self._answers[phrase] = phrase in self.acronyms if is_acronym else self._contains(fold(phrase))
        return self._answers[phrase]

    def _contains(self, folded: str) -> bool:
        if folded in self.words:
            return True
        parts = WORD.findall(folded)
        if not parts or (len(parts) == 1 and parts[0] == folded):
            return False
        return all(part in self.words for part in parts) and folded in self.folded


def choose(story: Story, gazetteer: Gazetteer) -> list[Hit]:
    """The hits of all fields, in order of field and place."""
    matches = [
        (field, match) for field in story.fields for match in _unpersoned(field, story.matches(field, gazetteer))
    ]
    chooser = Chooser(story, matches)
    hits = [chooser.hit(field, match) for field, match in matches]
    return [hit for hit in hits if hit.country or hit.entity]


def _unpersoned(field: Field, matches: list[Match]) -> list[Match]:
    """Without blocked matches, and without countries that are part of a person's name."""
    starts = [person.start for person in field.persons]
    kept = []
    for match in matches:
        if match.is_blocked:
            continue
        position = bisect_left(starts, match.end) - 1
        person = field.persons[position] if position >= 0 else None
        is_owner = field.text[match.end : match.end + 2] in ("'s", "’s")
        if person is None or match.start >= person.end or (match.start <= person.start and match.end >= person.end):
            kept.append(match)
            continue
        if is_owner and match.end < person.end and any(sense.entry.kind == "country" for sense in match.senses):
            kept.append(match)
            continue
        senses = tuple(sense for sense in match.senses if sense.entry.kind == "person")
        if senses:
            kept.append(Match(match.start, match.end, senses))
    return kept


class Chooser:
    """Picks one country and one entity for each match by the evidence of the whole story."""

    def __init__(self, story: Story, matches: list[tuple[Field, Match]]) -> None:
        self.story = story
        self.places: dict[str, dict[str, list[int]]] = {}
        for field, match in matches:
            for sense in match.senses:
                if sense.alias.strength == STRONG and sense.entry.country and sense.entry.kind == "country":
                    by_country = self.places.setdefault(field.name, {})
                    by_country.setdefault(sense.entry.country, []).append(match.start)
        self.countries = {code for by_country in self.places.values() for code in by_country}
        self.strong = {
            sense.entry.id for _, match in matches for sense in match.senses if sense.alias.strength == STRONG
        }

    def hit(self, field: Field, match: Match) -> Hit:
        """What the match names; neither country nor entity where nothing speaks for it."""
        countries = [sense for sense in match.senses if sense.entry.kind == "country"]
        entities = [sense for sense in match.senses if sense.entry.kind != "country"]
        text = field.text[match.start : match.end]
        return Hit(
            field.name,
            match.start,
            match.end,
            text,
            self._best(countries, field, match.start) or self._unshared(countries),
            self._best(entities, field, match.start),
        )

    def _unshared(self, senses: list[Sense]) -> Sense | None:
        """The country whose name a neighbour's region shares, where nothing speaks for the neighbour."""
        for sense in senses:
            neighbour = SHARED_NAMES.get(sense.alias.text)
            if neighbour is not None and neighbour not in self.countries:
                return sense
        return None

    def _best(self, senses: list[Sense], field: Field, place: int) -> Sense | None:
        fitting = [sense for sense in senses if self._fits(sense.entry, sense.alias)]
        strong = [sense for sense in fitting if sense.alias.strength == STRONG]
        fitting = strong or fitting
        if len({sense.entry.id for sense in fitting}) <= 1:
            return fitting[0] if fitting else None
        near = sorted((self._distance(sense.entry.country, field, place), n) for n, sense in enumerate(fitting))
        if near[0][0] == near[1][0]:
            return None
        return fitting[near[0][1]]

    def _fits(self, entry: Entry, alias: Alias) -> bool:
        if alias.needs_country and entry.country not in self.countries:
            return False
        if alias.strength == STRONG:
            return True
        if entry.id in self.strong and not alias.needs_context:
            return True
        return any(self.story.has(word) for word in alias.needs_context) or (
            not alias.needs_context and alias.needs_country
        )

    def _distance(self, country: str | None, field: Field, place: int) -> int:
        """Code points to the nearest mention of the country in the field; far away when it has none."""
        places = self.places.get(field.name, {}).get(country or "", [])
        position = bisect_left(places, place)
        near = [abs(places[index] - place) for index in (position - 1, position) if 0 <= index < len(places)]
        return min(near, default=1_000_000_000)
