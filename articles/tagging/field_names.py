"""Lets all finders read each field of a story and settles who has which stretch.

The longest naming of a stretch is kept; what is known outweighs what is guessed; what one field tells is used in the
others ("Kandry" is a place in the headline because the body says "near Kandry").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from .acronyms import bind_acronyms, find_explained
from .described import find_described
from .designations import find_designated, is_other
from .entries import STRONG
from .exercises import EXERCISE, edition_end, find_exercises
from .gazetteer import Gazetteer, Sense
from .geography import AREA, CAPITAL, CITY, COUNTY, REGION
from .given_names import is_given
from .headed import find_headed
from .heads import ORGANISATION, PLACE, UNIT
from .loose import find_acronyms, find_again, find_bare, find_datelines, find_places, loose_runs, still_free
from .naming import Naming, Taken, longest
from .organisations import Organisation
from .person_frames import has_person_frame
from .persons import Person
from .places import PlaceMention
from .proper import Words, read_words
from .regimes import find_regimes
from .roles import Role, find_roles
from .senses import Field, Hit, Story
from .ships import find_ships
from .weapon_nouns import EQUIPMENT
from .weapons import find_weapons, is_military

PERSON = "person"
ROLE = "role"
SEATS = frozenset({"capital", "government"})
# Takes: "in ", "east of ", "the outskirts of "; refuses: "talks with ".
LOCATED_BEFORE = re.compile(
    r"(?<!\w)(?:[Ii]n|[Nn]ear|[Aa]t|[Ff]rom|[Oo]utside|[Aa]round|into|through|via|over|across|towards?|reached|left"
    r"|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|suburbs?|outskirts|city|streets|centre"
    r"|center|port|airport|capital|residents)[ ]of|capital,?)[ \u00a0]\Z"
)
# Takes: "-based", ", Norway —", " airport"; refuses: "-backed".
LOCATED_BEHIND = re.compile(
    r"-(?:based|born|bound)|[ \u00a0](?:airport|suburbs?|airfield|region|metro)(?!\w)"
    r"|[ ]?\([^)\n]{1,20}\)[ ]?[—–-]|[ ][—–-][ ]"
)
# Takes: "from "; refuses: "told ".
AWAY_BEFORE = re.compile(r"(?<!\w)(?:from|to|in|at|over|against|across|of)[ ]\Z")
NAMED_PLACES = frozenset({CAPITAL, CITY, REGION, COUNTY, AREA})
ORGANISED = frozenset({ORGANISATION, UNIT, "alliance"})


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
        part.namings.sort(key=lambda naming: (naming.start, naming.end))
    return parts


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

    def read(self, part: Field) -> FieldNames:
        """The namings that tell what they are by themselves."""
        words = read_words(part.text)
        hits = [hit for hit in self.hits if hit.field == part.name]
        bearers = {name for person in part.persons for name in (person.given, person.family)}
        known = [
            _of_hit(part.text, hit, hit.entity)
            for hit in hits
            if hit.entity is not None and not _is_misread(part.text, hit, hit.entity, bearers)
        ]
        known += [_of_organisation(found) for found in self.organisations if found.field == part.name]
        countries = [hit for hit in hits if hit.country is not None]
        known += [
            _of_place(place)
            for place in self.places
            if place.field == part.name and _is_named(part.text, place, countries)
        ]
        headed = [naming for naming in find_headed(words) if not _adds_nothing(naming, known, countries)]
        weapons = [*find_ships(part.text), *find_designated(part.text, in_military=self.is_military)]
        events = find_exercises(part.text)
        spots = {(naming.start, naming.end) for naming in known if naming.kind == PLACE}
        spots |= {(hit.start, hit.end) for hit in countries}
        persons = [_of_person(person) for person in part.persons if not _is_spot(part.text, person, spots)]
        taken = Taken()
        told = [self._with_entry(naming) for naming in (*weapons, *events)]
        explained = [naming for naming, _ in find_explained(part.text)]
        datelines = find_datelines(part.text)
        regimes = find_regimes(
            part.text,
            ((hit.start, hit.end) for hit in countries),
            {(naming.start, naming.end) for naming in (*persons, *known) if naming.kind == PERSON},
        )
        kept = longest([*known, *headed, *told, *persons, *regimes, *explained, *datelines], taken)
        for hit in countries:
            if taken.is_free(hit.start, hit.end):
                taken.add(hit.start, hit.end)
        runs = loose_runs(words, taken)
        kept += longest(find_weapons(words, runs, self.gazetteer, in_military=self.is_military), taken)
        kept += longest(find_described(words, taken), taken)
        kept += [_of_role(role) for role in find_roles(part.text, part.persons)]
        return FieldNames(part.name, words, taken, kept)

    def read_again(self, part: FieldNames, known: dict[str, Naming]) -> None:
        """The namings that need the rest of the story: repeated names, places and acronyms by their frames."""
        words, taken = part.words, part.taken
        countries = {hit.start for hit in self.hits if hit.field == part.name and hit.country is not None}
        known |= _labels(known)
        runs = loose_runs(words, taken)
        for find in (
            partial(find_again, known=known),
            partial(find_places, countries=countries),
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
            for match in self.gazetteer.find(text):
                sense = next((sense for sense in match.senses if sense.entry.kind == naming.kind), None)
                if sense is not None and (match.start, match.end) == (0, len(text)):
                    return _known_as(naming, sense)
        return naming


def _known_as(naming: Naming, sense: Sense) -> Naming:
    entry, is_strong = sense.entry, sense.alias.strength == STRONG
    reason = (
        f"“{naming.text}” names it" if naming.kind != EQUIPMENT else f"“{naming.text}” is of the {entry.name} family"
    )
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


def _is_misread(text: str, hit: Hit, sense: Sense, bearers: set[str]) -> bool:
    """Is it "hall C-17", "the province of Shandong", or a weak alias that a person of the story bears as a name?"""
    if sense.entry.kind == EQUIPMENT and is_other(text, hit.start, hit.end):
        return True
    return sense.alias.strength != STRONG and sense.entry.kind != PERSON and hit.text in bearers


def _of_hit(text: str, hit: Hit, sense: Sense) -> Naming:
    entry, alias = sense.entry, sense.alias
    is_strong = alias.strength == STRONG
    reason = f"“{hit.text}” names it" if is_strong else f"“{hit.text}” may name it; the story's words fit"
    end = edition_end(text, hit.end) if entry.kind == EXERCISE else hit.end
    return Naming(
        hit.start,
        end,
        text[hit.start : end],
        entry.kind,
        entry.category,
        reason,
        entry.name,
        entry.country,
        entry,
        is_strong,
        alias.form,
        rank=0 if is_strong else 2 if " " in hit.text else 4,
    )


def _of_organisation(found: Organisation) -> Naming:
    reason = f"“{found.text}”: an organisation of {found.country.name}"
    return Naming(
        found.start,
        found.end,
        found.text,
        ORGANISATION,
        found.category,
        reason,
        found.name,
        found.country.country,
        found.entry,
        rank=1,
    )


def _is_named(text: str, place: PlaceMention, countries: list[Hit]) -> bool:
    """Is it a place by name, and not a country or its government ("in Beijing", but "Beijing said")?"""
    if place.kind not in NAMED_PLACES:
        return False
    index = bisect_left(countries, place.start, key=lambda hit: hit.start)
    if index == len(countries) or countries[index].start != place.start:
        return True
    sense = countries[index].country
    return sense is not None and sense.alias.form in SEATS and _is_located(text, place.start, place.end)


def _is_located(text: str, start: int, end: int) -> bool:
    """Does a preposition, a dateline or "-based" say that the words mean the city itself?"""
    return bool(LOCATED_BEFORE.search(text, max(0, start - 30), start) or LOCATED_BEHIND.match(text, end)) or (
        text[start:end].isupper() and text[max(0, start - 1) : start] in ("", "\n")
    )


def _of_place(place: PlaceMention) -> Naming:
    return Naming(
        place.start,
        place.end,
        place.text,
        PLACE,
        place.kind,
        place.reason,
        place.name,
        place.country,
        group=f"{place.name}, {place.region or place.country}".lower(),
        rank=4,
    )


def _of_person(person: Person) -> Naming:
    if person.title:
        reason = f"“{person.title}” stands before it: a person"
    elif is_given(person.given):
        reason = f"“{person.given}” is a given name: a person"
    else:
        reason = "the words around it are those around a person"
    return Naming(
        person.start, person.end, person.name, PERSON, "", reason, person.name, group=person.family.lower(), rank=3
    )


def _is_spot(text: str, person: Person, spots: set[tuple[int, int]]) -> bool:
    """Is the name that of a place or country, and nothing but its shape makes a person of it: "from Houston"?"""
    if person.title or (person.start, person.end) not in spots:
        return False
    if " " in person.name:
        return not has_person_frame(text, person.start, person.end)
    return AWAY_BEFORE.search(text, max(0, person.start - 10), person.start) is not None


def _of_role(role: Role) -> Naming:
    if role.holder is None:
        return Naming(role.start, role.end, role.text, PERSON, ROLE, "an office; the story does not say who", form=ROLE)
    reason = f"the office of {role.holder.name} in this story"
    holder = role.holder
    return Naming(
        role.start, role.end, role.text, PERSON, "", reason, holder.name, group=holder.family.lower(), form=ROLE
    )


def _adds_nothing(naming: Naming, known: list[Naming], countries: list[Hit]) -> bool:
    """Is the naming a country, or a known thing with no more than its country before it ("Russian Black Sea Fleet")?"""
    if naming.kind == PLACE and any(hit.start <= naming.start and naming.end <= hit.end for hit in countries):
        return True
    index = bisect_left(known, naming.start, key=lambda found: found.start)
    for found in known[index : index + 3]:
        if found.start >= naming.end:
            break
        if found.entry is None or found.end != naming.end or found.kind not in ORGANISED or not found.is_sure:
            continue
        lead = naming.text[: found.start - naming.start].strip()
        if any(hit.start == naming.start and hit.text == lead for hit in countries):
            return True
    return False
