"""Lets all finders read each field of a story and settles who has which stretch.

The longest naming of a stretch is kept; what is known outweighs what is guessed; what one field tells is used in the
others ("Kandry" is a place in the headline because the body says "near Kandry").
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..gazetteer.entries import STRONG
from ..gazetteer.search import Gazetteer, Sense
from ..persons.roles import find_roles
from ..placing.places import PlaceMention
from ..reading.proper import Words, read_words
from ..senses import Field, Hit, Story
from ..vocabulary.heads import ORGANISATION, PLACE
from ..vocabulary.weapon_nouns import EQUIPMENT
from .acronyms import bind_acronyms, find_explained
from .described import find_described
from .designations import find_designated
from .exercises import find_exercises
from .headed import find_headed
from .known_names import (
    PERSON,
    ROLE,
    adds_nothing,
    bearers,
    group_of,
    is_misread,
    is_named,
    is_spot,
    may_be,
    of_hit,
    of_organisation,
    of_person,
    of_place,
    of_role,
)
from .long_forms import with_long_forms
from .loose import find_acronyms, find_again, find_bare, find_datelines, find_places, loose_runs, still_free
from .named import Naming, Taken, longest
from .organisations import Organisation
from .regimes import find_regimes
from .ships import find_ships
from .weapons import find_weapons, is_military


@dataclass(slots=True)
class FieldNames:
    """One field of the story with the namings found in it."""

    name: str
    words: Words
    taken: Taken
    namings: list[Naming]


def name_fields(
    story: Story,
    hits: list[Hit],
    organisations: list[Organisation],
    places: Sequence[PlaceMention],
    gazetteer: Gazetteer,
) -> list[FieldNames]:
    """All namings of all fields, in order of field and place."""
    reader = Reader(story, hits, organisations, places, gazetteer)
    parts = [reader.read(part) for part in story.fields]
    known = {naming.text: naming for part in parts for naming in part.namings if naming.form != ROLE}
    known |= bind_acronyms({part.words.text: part.namings for part in parts})
    for part in parts:
        reader.read_again(part, known)
    adopt_persons(story, parts, reader.bearers)
    bound = iter(with_long_forms(naming for part in parts for naming in part.namings))
    for part in parts:
        found = [next(bound) for _ in part.namings]
        part.namings = sorted(found, key=lambda naming: (naming.start, naming.end))
    return parts


def adopt_persons(story: Story, parts: list[FieldNames], named: dict[str, set[str]]) -> None:
    """Give the bare surnames and offices of a person whom the gazetteer knows by the full name to that entry."""
    entries: dict[str, Naming] = {}
    for field, part in zip(story.fields, parts, strict=True):
        starts = [person.start for person in field.persons]
        for naming in part.namings:
            if naming.kind == PERSON and naming.entry is not None:
                for person in field.persons[bisect_left(starts, naming.start) : bisect_left(starts, naming.end)]:
                    if not person.given or may_be(person.given, naming.entry.name):
                        entries[group_of(person, named)] = naming
    if not entries:
        return
    for part in parts:
        part.namings = [_adopted(naming, entries.get(naming.group)) for naming in part.namings]


def _adopted(naming: Naming, known: Naming | None) -> Naming:
    if known is None or naming.entry is not None or naming.kind != PERSON:
        return naming
    return replace(naming, entry=known.entry, name=known.name, country=known.country)


class Reader:
    """The finders with what is known of the story before they begin."""

    def __init__(
        self,
        story: Story,
        hits: list[Hit],
        organisations: list[Organisation],
        places: Sequence[PlaceMention],
        gazetteer: Gazetteer,
    ) -> None:
        self.hits = hits
        self.organisations = organisations
        self.places = places
        self.gazetteer = gazetteer
        self.is_military = is_military(story.words)
        self.bearers = bearers(story)

    def read(self, part: Field) -> FieldNames:
        """The namings that tell what they are by themselves."""
        words, taken = read_words(part.text), Taken()
        countries = [hit for hit in self.hits if hit.field == part.name and hit.country is not None]
        known = self._known(part, countries)
        headed = [naming for naming in find_headed(words) if not adds_nothing(naming, known, countries)]
        kept = longest([*known, *headed, *self._told(part, known, countries)], taken)
        for hit in countries:
            if taken.is_free(hit.start, hit.end):
                taken.add(hit.start, hit.end)
        runs = loose_runs(words, taken)
        kept += longest(find_weapons(words, runs, self.gazetteer, in_military=self.is_military), taken)
        kept += longest(find_described(words, taken), taken)
        kept += [of_role(role, self.bearers) for role in find_roles(part.text, part.persons)]
        return FieldNames(part.name, words, taken, kept)

    def _known(self, part: Field, countries: list[Hit]) -> list[Naming]:
        """What the gazetteer, the map and the persons of the field name."""
        text, name = part.text, part.name
        hits = [(hit, hit.entity) for hit in self.hits if hit.field == name and hit.entity is not None]
        known = [of_hit(text, hit, sense) for hit, sense in hits if not is_misread(text, hit, sense, self.bearers)]
        known += [of_organisation(found) for found in self.organisations if found.field == name]
        known += [of_place(place) for place in self.places if place.field == name and is_named(text, place, countries)]
        spots = {(naming.start, naming.end) for naming in known if naming.kind == PLACE}
        spots |= {(hit.start, hit.end) for hit in countries}
        persons = [person for person in part.persons if not is_spot(text, person, spots)]
        return sorted([*known, *(of_person(person, self.bearers) for person in persons)], key=lambda found: found.start)

    def _told(self, part: Field, known: list[Naming], countries: list[Hit]) -> Iterator[Naming]:
        """What the words of the field tell by their shape and their neighbours."""
        text = part.text
        for naming in (*find_ships(text), *find_designated(text, in_military=self.is_military), *find_exercises(text)):
            yield self._with_entry(naming)
        yield from (naming for naming, _ in find_explained(text))
        yield from find_datelines(text)
        rulers = {(naming.start, naming.end) for naming in known if naming.kind == PERSON}
        yield from find_regimes(text, ((hit.start, hit.end) for hit in countries), rulers)

    def read_again(self, part: FieldNames, known: dict[str, Naming]) -> None:
        """The namings that need the rest of the story: repeated names, places and acronyms by their frames."""
        words, taken = part.words, part.taken
        countries = {hit.start for hit in self.hits if hit.field == part.name and hit.country is not None}
        ends = {naming.end for naming in part.namings if naming.kind == PLACE}
        known |= _labels(known)
        runs = loose_runs(words, taken)
        for find in (
            partial(find_again, known=known),
            partial(find_places, countries=countries, ends=ends),
            find_bare,
            find_acronyms,
            partial(find_again, known=known),
        ):
            found = longest(find(words, runs), taken)
            part.namings += found
            known.update({naming.text: naming for naming in found})
            runs = still_free(words, runs, taken)

    def _with_entry(self, naming: Naming) -> Naming:
        """A variant belongs to its family and an edition to its series: "Su-34M2" to the Su-34."""
        for text in _families(naming):
            match = self.gazetteer.find_whole(text)
            for sense in match.senses if match else ():
                if sense.entry.kind == naming.kind:
                    return _known_as(naming, sense)
        return naming


def _known_as(naming: Naming, sense: Sense) -> Naming:
    entry, is_strong = sense.entry, sense.alias.strength == STRONG
    is_variant = naming.kind == EQUIPMENT and naming.text != entry.name
    reason = f"“{naming.text}” is of the {entry.name} family" if is_variant else f"“{naming.text}” names it"
    reason = reason if is_strong else naming.reason
    return replace(naming, entry=entry, is_sure=is_strong, reason=reason, country=entry.country)


def _labels(known: dict[str, Naming]) -> dict[str, Naming]:
    """The shouted last words of organisations, as transcripts label their questions: "LEDGER" for the Manila Ledger."""
    return {
        naming.text.rsplit(" ", 1)[-1].upper(): naming
        for naming in known.values()
        if naming.kind == ORGANISATION and " " in naming.text
    }


def _families(naming: Naming) -> Iterator[str]:
    """The name, then without its variant's letters: "Su-34M2" → "Su-34"."""
    name = naming.name or naming.text
    yield name
    if naming.kind != EQUIPMENT:
        return
    plain = name.rstrip("0123456789") if name[-1:].isdigit() and name.rstrip("0123456789")[-1:].isalpha() else name
    while plain and plain[-1].isalpha():
        plain = plain[:-1]
    if len(plain) > 2 and plain != name and plain[-1].isdigit():
        yield plain
