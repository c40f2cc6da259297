"""Tells whom a speaker's words stand for: "Beijing", "Milley", "the ministry", "he", "a 2017 report".

Takes: “he” for the minister named in the sentence before; “Milley” for “Gen. Mark A. Milley”.
Leaves out: groups and unnamed sources ("officials", "they"), which resolve to nobody.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from .document import Reading
from .entries import Entry
from .lexicon import FEMALE, MALE
from .mentions import COMMON, PRONOUN, Phrase
from .organisations import Organisation
from .persons import Person
from .senses import BODY, Hit, Story

PERSON = "person"
ORGANISATION = "organisation"
DOCUMENT = "document"
UNNAMED = "unnamed"

PER_SENTENCE = 0.35
SUBJECT_BONUS = 1.0
LAST_SPEAKER_BONUS = 1.2
KNOWN_PRONOUN_BONUS = 0.8
FREQUENCY_WEIGHT = 0.35
WINDOW = 12
BELONGING = (" of ", " for ", " from ", ",")
REMEMBERED = 96


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a phrase stands for: the full name or None, the gazetteer's id or None, the kind and a reason."""

    name: str | None
    id: str | None
    kind: str
    reason: str


@dataclass(slots=True)
class Cluster:
    """All namings of one person: the fullest name, the pronoun that fits, and where it stands."""

    name: str
    id: str | None
    pronoun: str
    titles: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)


class Resolver:
    """Resolves the speakers of one body."""

    def __init__(
        self,
        reading: Reading,
        story: Story,
        hits: list[Hit],
        organisations: list[Organisation],
    ) -> None:
        self.reading = reading
        self.persons = _persons(story, hits)
        self.person_starts = [person.start for person in self.persons]
        self.hits = [hit for hit in hits if hit.field == BODY]
        self.hit_starts = [hit.start for hit in self.hits]
        self.organisations = [found for found in organisations if found.field == BODY]
        self.organisation_starts = [found.start for found in self.organisations]
        self.sentence_starts = [reading.tokens[sentence.first].start for sentence in reading.sentences]
        self.clusters: dict[str, Cluster] = {}
        self._by_person: dict[int, str] = {}
        self._cluster()

    def resolve(self, phrase: Phrase, last_speaker: str | None) -> Speaker:
        """Whom the phrase stands for; `last_speaker` is the name of the one who spoke before."""
        if phrase.kind == PRONOUN:
            return self._pronoun(phrase, last_speaker)
        person = self._person_in(phrase)
        if person is not None and not self._is_of_group(phrase, person):
            cluster = self.clusters[self._by_person[person.start]]
            return Speaker(cluster.name, cluster.id, PERSON, f"“{person.name}” is {cluster.name}")
        if phrase.noun == PERSON:
            return self._ending_institution(phrase) or self._role(phrase)
        if phrase.noun == DOCUMENT:
            return Speaker(None, None, DOCUMENT, "a document")
        return self._institution(phrase) or self._unknown(phrase)

    def _cluster(self) -> None:
        ids = {hit.start: hit.entity.entry for hit in self.hits if hit.entity and hit.entity.entry.kind == PERSON}
        for person in self.persons:
            key = person.family.lower()
            entry = ids.get(person.start)
            cluster = self.clusters.setdefault(key, Cluster(person.name, None, ""))
            if len(person.name) > len(cluster.name):
                cluster.name = person.name
            if entry is not None:
                cluster.name, cluster.id = entry.name, entry.id
            cluster.pronoun = cluster.pronoun or person.pronoun
            cluster.titles.update(person.title.lower().split())
            cluster.starts.append(person.start)
            self._by_person[person.start] = key

    def _within(self, starts: list[int], phrase: Phrase) -> Iterable[int]:
        return range(bisect_left(starts, phrase.start), bisect_left(starts, phrase.end))

    def _person_in(self, phrase: Phrase) -> Person | None:
        inside = [self.persons[index] for index in self._within(self.person_starts, phrase)]
        return inside[-1] if inside else None

    def _is_of_group(self, phrase: Phrase, person: Person) -> bool:
        """ "Reed aides" are not Reed: a noun for people stands behind the name."""
        behind = self.reading.text[person.end : phrase.end]
        return len(behind) > 2 and bool(phrase.noun) and not behind.startswith(BELONGING)

    def _role(self, phrase: Phrase) -> Speaker:
        """ "the minister": the last person with that title; "officials": nobody by name."""
        text = self.reading.text[phrase.start : phrase.end]
        words = text.lower().split()
        if words[0] in ("the", "this"):
            for person in reversed(self._persons_before(phrase.start)):
                cluster = self.clusters[self._by_person[person.start]]
                if words[-1] in cluster.titles:
                    return Speaker(cluster.name, cluster.id, PERSON, f"“{text}”: {cluster.name} has that title")
        return Speaker(None, None, UNNAMED, f"“{text}”: a source without a name")

    def _persons_before(self, place: int) -> tuple[Person, ...]:
        """The last persons named before a place; a long text is not searched to its head."""
        end = bisect_left(self.person_starts, place)
        return self.persons[max(0, end - REMEMBERED) : end]

    def _ending_institution(self, phrase: Phrase) -> Speaker | None:
        """ "the Chinese coast guard": an organisation whose last word could be a person's."""
        ends = [self.organisations[index].end for index in self._within(self.organisation_starts, phrase)]
        near = [self.hits[index] for index in self._within(self.hit_starts, phrase)]
        ends += [hit.end for hit in near if hit.entity and hit.entity.entry.kind != PERSON]
        return self._institution(phrase) if ends and max(ends) >= phrase.end else None

    def _institution(self, phrase: Phrase) -> Speaker | None:
        for index in self._within(self.organisation_starts, phrase):
            found = self.organisations[index]
            return Speaker(_name_of(found), found.entry.id if found.entry else None, ORGANISATION, f"“{found.text}”")
        hits = [self.hits[index] for index in self._within(self.hit_starts, phrase)]
        entry = _speaking_entry(hits)
        if entry is not None:
            kind = PERSON if entry.kind == PERSON else ORGANISATION
            text = self.reading.text[phrase.start : phrase.end]
            return Speaker(entry.name, entry.id, kind, f"“{text}” stands for {entry.name}")
        return None

    def _unknown(self, phrase: Phrase) -> Speaker:
        text = self.reading.text[phrase.start : phrase.end]
        if phrase.kind == COMMON:
            if phrase.noun == ORGANISATION:
                return self._last_institution(phrase, text)
            return Speaker(None, None, UNNAMED, f"“{text}”: a source without a name")
        if phrase.noun == ORGANISATION:
            return Speaker(_without_article(text), None, ORGANISATION, f"“{text}”: an organisation")
        return Speaker(_without_article(text), None, PERSON, f"“{text}”: a name")

    def _last_institution(self, phrase: Phrase, text: str) -> Speaker:
        """ "the ministry": the last ministry named before."""
        head = text.lower().split()[-1]
        before = bisect_left(self.organisation_starts, phrase.start)
        for found in reversed(self.organisations[max(0, before - WINDOW) : before]):
            if head in found.text.lower():
                name = _name_of(found)
                id = found.entry.id if found.entry else None
                return Speaker(name, id, ORGANISATION, f"“{text}”: {name}")
        last = bisect_left(self.hit_starts, phrase.start)
        for hit in reversed(self.hits[max(0, last - WINDOW) : last]):
            if hit.entity is not None and head in (
                hit.entity.entry.category,
                *hit.text.lower().split(),
            ):
                entry = hit.entity.entry
                return Speaker(entry.name, entry.id, ORGANISATION, f"“{text}”: {entry.name}")
        return Speaker(None, None, ORGANISATION, f"“{text}”: an organisation without a name")

    def _pronoun(self, phrase: Phrase, last_speaker: str | None) -> Speaker:
        word = self.reading.text[phrase.start : phrase.end]
        lower = word.lower()
        if lower == "who":
            return self._antecedent(phrase, word)
        if lower not in MALE | FEMALE:
            kind = ORGANISATION if lower == "it" else UNNAMED
            return Speaker(None, None, kind, f"“{word}”: nobody by name")
        wanted = "he" if lower in MALE else "she"
        best = self._most_salient(phrase.start, wanted, last_speaker)
        if best is None:
            return Speaker(None, None, PERSON, f"“{word}”: nobody named before fits")
        return Speaker(best.name, best.id, PERSON, f"“{word}”: {best.name}, named before")

    def _antecedent(self, phrase: Phrase, word: str) -> Speaker:
        index = bisect_left(self.person_starts, phrase.start) - 1
        if index >= 0 and phrase.start - self.persons[index].end < 4:
            cluster = self.clusters[self._by_person[self.persons[index].start]]
            return Speaker(cluster.name, cluster.id, PERSON, f"“{word}”: {cluster.name}")
        return Speaker(None, None, UNNAMED, f"“{word}”: nobody by name")

    def _most_salient(self, place: int, wanted: str, last_speaker: str | None) -> Cluster | None:
        keys = dict.fromkeys(self._by_person[person.start] for person in self._persons_before(place))
        rated = [
            (self._salience(self.clusters[key], place, wanted, last_speaker), number, key)
            for number, key in enumerate(keys)
            if self.clusters[key].pronoun in ("", wanted)
        ]
        return self.clusters[max(rated)[2]] if rated else None

    def _salience(self, cluster: Cluster, place: int, wanted: str, last_speaker: str | None) -> float:
        before = bisect_left(cluster.starts, place)
        last = cluster.starts[before - 1]
        distance = self._sentence(place) - self._sentence(last)
        score = -PER_SENTENCE * distance + FREQUENCY_WEIGHT * math.log(before)
        score += SUBJECT_BONUS if self._opens_sentence(last) else 0.0
        score += LAST_SPEAKER_BONUS if cluster.name == last_speaker else 0.0
        score += KNOWN_PRONOUN_BONUS if cluster.pronoun == wanted else 0.0
        return score

    def _sentence(self, place: int) -> int:
        return bisect_right(self.sentence_starts, place) - 1

    def _opens_sentence(self, place: int) -> bool:
        start = self.sentence_starts[self._sentence(place)]
        return place - start < 30


def _persons(story: Story, hits: list[Hit]) -> tuple[Person, ...]:
    """The persons of the body, without those that are part of another thing's name ("Second Thomas Shoal")."""
    persons = next((part.persons for part in story.fields if part.name == BODY), ())
    things = [hit for hit in hits if hit.field == BODY and hit.entity and hit.entity.entry.kind != PERSON]
    starts = [thing.start for thing in things]
    kept = []
    for person in persons:
        index = bisect_right(starts, person.start) - 1
        if index < 0 or things[index].end <= person.start:
            kept.append(person)
    return tuple(kept)


def _name_of(found: Organisation) -> str:
    return found.entry.name if found.entry else found.name


def _speaking_entry(hits: list[Hit]) -> Entry | None:
    """The entry that speaks: an entity before a country, the last before the first."""
    entities = [hit.entity.entry for hit in hits if hit.entity is not None]
    speaking = [entry for entry in entities if entry.kind in (PERSON, ORGANISATION, "alliance", "unit")]
    if speaking:
        return speaking[-1]
    countries = [hit.country.entry for hit in hits if hit.country is not None]
    return countries[-1] if countries else None


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else text
