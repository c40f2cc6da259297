"""Tells whom a speaker's words stand for: "Beijing", "Milley", "the ministry", "he", "a 2017 report".

Takes: “he” for the minister named in the sentence before; “Milley” for “Gen. Mark A. Milley”.
Leaves out: groups and unnamed sources ("officials", "they"), which resolve to nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..gazetteer.entries import Entry
from ..naming.organisations import Organisation
from ..reading.mentions import COMMON, PRONOUN, Phrase
from ..senses import BODY, Hit, Story
from .framing import Framing
from .namesakes import Cluster
from .people import People
from .pronouns import Pronouns, is_he_or_she, sentence_of

PERSON = "person"
ORGANISATION = "organisation"
DOCUMENT = "document"
COUNTRY = "country"
SPEAKING = (ORGANISATION, "alliance", "unit")
UNNAMED = "unnamed"

WINDOW = 12
NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
BELONGING = (" of ", " for ", " from ", ",")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a phrase stands for: the full name or None, the gazetteer's id or None, the kind and a reason."""

    name: str | None
    id: str | None
    kind: str
    reason: str
    cluster: Cluster | None = None


class Resolver:
    """Resolves the speakers of one body."""

    def __init__(self, framing: Framing, story: Story, hits: list[Hit], organisations: list[Organisation]) -> None:
        self.framing = framing
        self.text = framing.reading.text
        self._story, self._all = story, (hits, organisations)
        self.hits = [hit for hit in hits if hit.field == BODY]
        self.hit_starts = [hit.start for hit in self.hits]
        self._countries = {hit.country.entry.name for hit in self.hits if hit.country is not None}
        self.organisations = [found for found in organisations if found.field == BODY]
        self.organisation_starts = [found.start for found in self.organisations]

    @cached_property
    def people(self) -> People:
        """The persons of the story, gathered when the first speaker is resolved."""
        return People(self.framing, self._story, *self._all)

    @cached_property
    def pronouns(self) -> Pronouns:
        """The pronouns of the story, read when the first one speaks."""
        return Pronouns(self.framing, self.people)

    def resolve(self, phrase: Phrase, last: Speaker | None) -> Speaker:
        """Whom the phrase stands for; `last` is the one who spoke before."""
        words = self.text[phrase.start : phrase.end]
        if phrase.kind == PRONOUN:
            return self._pronoun(phrase, words, last)
        named = self.people.named_in(phrase)
        if named is not None and not self._is_of_group(phrase, named[1]):
            return _person(named[0], f"{words} is {named[0].name}" if words != named[0].name else "")
        if phrase.noun == PERSON:
            return self._ending_institution(phrase) or self._role(phrase, words)
        if phrase.noun == DOCUMENT:
            return self._document(phrase, words)
        return self._institution(phrase) or self._unknown(phrase, words)

    def _is_of_group(self, phrase: Phrase, start: int) -> bool:
        """ "Reed aides" are not Reed: a noun for people stands behind the name."""
        behind = self.text[start : phrase.end].partition(" ")[2]
        rest = behind.split()
        return (
            bool(phrase.noun)
            and bool(rest)
            and rest[-1][0].islower()
            and not any(self.text[start : phrase.end].find(link) > 0 for link in BELONGING)
        )

    def _role(self, phrase: Phrase, words: str) -> Speaker:
        """ "the prefect": the name beside it, else the one who was named with that role; "officials": nobody."""
        beside = self.framing.apposed(phrase)
        named = self.people.named_in(beside) if beside is not None else None
        if named is not None:
            return _person(named[0], f"{words} is {named[0].name}")
        own = words.lower().split()
        if own[0] in ("the", "this", "his", "her", "its") or own[0].endswith(("’s", "'s")):
            cluster = self.people.with_role(own[-1], phrase.start)
            if cluster is not None:
                return _person(cluster, f"“{words}”: {cluster.name} has that role")
        return Speaker(None, None, UNNAMED, f"“{words}”: a source without a name")

    def _within(self, starts: list[int], phrase: Phrase) -> Iterable[int]:
        return range(bisect_left(starts, phrase.start), bisect_left(starts, phrase.end))

    def _document(self, phrase: Phrase, words: str) -> Speaker:
        """ "a study by the RAND Corporation": a document speaks for those who wrote it."""
        tokens = self.framing.tokens
        if phrase.last + 1 < len(tokens) and tokens[phrase.last].lower in ("by", "from", "of"):
            number = sentence_of(self.framing, phrase)
            author = next((one for one in self.framing.phrases(number) if one.first == phrase.last + 1), None)
            found = self._named_institution(author) if author is not None else None
            if found is not None:
                return Speaker(found.name, found.id, DOCUMENT, f"“{words}” comes from {found.name}")
        return Speaker(None, None, DOCUMENT, f"“{words}”: a document")

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
        if entry is None:
            return None
        text = self.text[phrase.start : phrase.end]
        if entry.kind == COUNTRY and self._is_body_of(phrase, hits[-1]):
            return Speaker(_without_owner(text), None, ORGANISATION, f"“{text}”: an organisation")
        kind = PERSON if entry.kind == PERSON else ORGANISATION
        return Speaker(entry.name, entry.id, kind, f"“{text}” stands for {entry.name}")

    def _is_body_of(self, phrase: Phrase, country: Hit) -> bool:
        """ "China's Southern Theatre Command" is a body of China: a name or a noun for one stands behind."""
        behind = self.text[country.end : phrase.end].split()
        named = [word for word in behind if word[0].isupper()]
        return (phrase.noun == ORGANISATION and bool(behind)) or len(named) >= 2

    def _unknown(self, phrase: Phrase, text: str) -> Speaker:
        if phrase.kind == COMMON:
            if phrase.noun == ORGANISATION:
                return self._last_institution(phrase, text)
            return Speaker(None, None, UNNAMED, f"“{text}”: a source without a name")
        if phrase.noun == ORGANISATION:
            return Speaker(_without_article(text), None, ORGANISATION, f"“{text}”: an organisation")
        if not _is_personal(_without_article(text)):
            return Speaker(None, None, UNNAMED, f"“{text}”: nobody by name")
        return Speaker(_without_article(text), None, PERSON, f"“{text}” is not among the known names")

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

    def _pronoun(self, phrase: Phrase, words: str, last: Speaker | None) -> Speaker:
        lower = words.lower()
        if lower == "who":
            return self._antecedent(phrase, words)
        if lower in ("it", "its"):
            return self._thing(phrase, words, last)
        if not is_he_or_she(lower):
            return Speaker(None, None, UNNAMED, f"“{words}”: nobody by name")
        number = sentence_of(self.framing, phrase)
        cluster = self.pronouns.meaning(phrase, number, last.cluster if last else None)
        if cluster is None:
            return Speaker(None, None, PERSON, f"“{words}”: nobody named before fits")
        return _person(cluster, f"“{words}” means {cluster.name}, {self._how_far(cluster, phrase, number)}")

    def _how_far(self, cluster: Cluster, phrase: Phrase, number: int) -> str:
        """Where the person was last named, in words."""
        last = bisect_left(cluster.starts, phrase.start) - 1
        if last < 0:
            return "named later"
        gap = number - self.framing.sentence_at(cluster.starts[last])
        if gap <= 1:
            return "named just before" if gap == 0 else "named in the sentence before"
        return f"named {NUMBERS[gap] if gap < len(NUMBERS) else gap} sentences before"

    def _antecedent(self, phrase: Phrase, words: str) -> Speaker:
        before = self.people.before(phrase.start)
        if before:
            cluster = self.people.namings[before[-1]]
            between = self.text[before[-1] : phrase.start]
            if len(between.split()) <= len(cluster.name.split()) + 1:
                return _person(cluster, f"“{words}” means {cluster.name}")
        return Speaker(None, None, UNNAMED, f"“{words}”: nobody by name")

    def _thing(self, phrase: Phrase, words: str, last: Speaker | None) -> Speaker:
        """ "it": the organisation that spoke before, else the one named last in the sentences just before."""
        if last is not None and last.kind == ORGANISATION and last.name:
            return Speaker(last.name, last.id, ORGANISATION, f"“{words}” means {last.name}, who spoke before")
        number = sentence_of(self.framing, phrase)
        for near in (number, number - 1):
            for other in self.framing.phrases(near) if near >= 0 else []:
                if other.start >= phrase.start or other.kind == PRONOUN:
                    continue
                found = self._named_institution(other)
                if found is not None:
                    reason = f"“{words}” means {found.name}, named just before"
                    return Speaker(found.name, found.id, ORGANISATION, reason)
        return Speaker(None, None, ORGANISATION, f"“{words}”: nobody by name")

    def _named_institution(self, phrase: Phrase) -> Speaker | None:
        """The organisation that a phrase names or means, and no country or person."""
        if self.people.named_in(phrase) is not None:
            return None
        found = self._institution(phrase)
        if found is None and phrase.noun == ORGANISATION:
            found = self._unknown(phrase, self.text[phrase.start : phrase.end])
        if found is None or found.kind != ORGANISATION or found.name in self._countries:
            return None
        return found if found.name else None


def _person(cluster: Cluster, reason: str) -> Speaker:
    return Speaker(cluster.name, cluster.id, PERSON, reason, cluster)


def _name_of(found: Organisation) -> str:
    return found.entry.name if found.entry else found.name


def _speaking_entry(hits: list[Hit]) -> Entry | None:
    """The entry that speaks: an entity before a country, the last before the first."""
    entities = [hit.entity.entry for hit in hits if hit.entity is not None]
    speaking = [entry for entry in entities if entry.kind in (PERSON, *SPEAKING)]
    if speaking:
        return speaking[-1]
    countries = [hit.country.entry for hit in hits if hit.country is not None]
    return countries[-1] if countries else None


def _without_owner(text: str) -> str:
    """ "Southern Theatre Command" of "China's Southern Theatre Command"."""
    for mark in ("'s ", "’s "):
        text = text.rpartition(mark)[2]
    return _without_article(text)


def _is_personal(text: str) -> bool:
    """ "Kask", "Ludwig van Kask" and the label "KASK", not "sources", "iPhone", "MiG-29s" or "USS Mason"."""
    parts = text.split()
    if not (parts[0][0].isupper() and parts[-1][0].isupper()) or any(sign.isdigit() for sign in text):
        return False
    return text.isupper() or not any(part.isupper() and len(part) > 2 for part in parts)


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else text
