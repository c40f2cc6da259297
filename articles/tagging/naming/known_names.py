"""Makes namings of what others have found: the gazetteer's hits, organisations, places, persons and offices.

Leaves out: what only looks like a hit (“hall C-17”), capitals that stand for a government (“Beijing said”), and persons
who are places (“from Houston”).
"""

import re
from bisect import bisect_left

from ..gazetteer.entries import STRONG
from ..gazetteer.search import Sense
from ..persons.person_frames import has_person_frame
from ..persons.persons import Person
from ..persons.roles import Role
from ..placing.places import PlaceMention
from ..senses import Hit, Story
from ..vocabulary.given_names import is_given
from ..vocabulary.heads import ORGANISATION, PLACE
from ..vocabulary.place_kinds import NAMED_PLACES
from ..vocabulary.weapon_nouns import EQUIPMENT
from .designations import is_other
from .exercises import EXERCISE, edition_end
from .long_forms import ORGANISED
from .named import Naming
from .organisations import Organisation

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
# Takes: " Haiyan" behind "Typhoon"; refuses: " FGR4", " missile".
NAME_BEHIND = re.compile(r"[ \u00a0][A-Z][a-z]{2,}")


def bearers(story: Story) -> dict[str, set[str]]:
    """The surnames of the story's persons with their given names, and their given names with none."""
    found: dict[str, set[str]] = {}
    for part in story.fields:
        for person in part.persons:
            found.setdefault(person.family, set()).update({person.given} - {""})
            found.setdefault(person.given, set())
    return found


def is_misread(text: str, hit: Hit, sense: Sense, bearers: dict[str, set[str]]) -> bool:
    """Is it "hall C-17", "Typhoon Haiyan", a weak alias that a person of the story bears, or a namesake's surname?"""
    if sense.entry.kind == EQUIPMENT and is_other(text, hit.start, hit.end):
        return True
    if sense.entry.kind == PERSON:
        givens = bearers.get(hit.text, set())
        return bool(givens) and not any(may_be(given, sense.entry.name) for given in givens)
    if sense.alias.strength == STRONG:
        return False
    return hit.text in bearers or (sense.entry.kind == EQUIPMENT and NAME_BEHIND.match(text, hit.end) is not None)


def may_be(given: str, name: str) -> bool:
    """ "Vladimir" may be a Volodymyr; "Ivanka" is no Donald."""
    return given in name or given[0] == name[0]


def of_hit(text: str, hit: Hit, sense: Sense) -> Naming:
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


def of_organisation(found: Organisation) -> Naming:
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


def is_named(text: str, place: PlaceMention, countries: list[Hit]) -> bool:
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


def of_place(place: PlaceMention) -> Naming:
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


def of_person(person: Person, bearers: dict[str, set[str]]) -> Naming:
    if person.title:
        reason = f"“{person.title}” stands before it: a person"
    elif is_given(person.given):
        reason = f"“{person.given}” is a given name: a person"
    else:
        reason = "the words around it are those around a person"
    return Naming(
        person.start, person.end, person.name, PERSON, "", reason, person.name, group=group_of(person, bearers), rank=3
    )


def group_of(person: Person, bearers: dict[str, set[str]]) -> str:
    """What all namings of a person share: the surname, with the given name where two persons of the story share it."""
    is_shared = len(bearers.get(person.family, ())) > 1
    return f"{person.given} {person.family}".lower() if is_shared else person.family.lower()


def is_spot(text: str, person: Person, spots: set[tuple[int, int]]) -> bool:
    """Is the name that of a place or country, and nothing but its shape makes a person of it: "from Houston"?"""
    if person.title or (person.start, person.end) not in spots:
        return False
    if " " in person.name:
        return not has_person_frame(text, person.start, person.end)
    return AWAY_BEFORE.search(text, max(0, person.start - 10), person.start) is not None


def of_role(role: Role, bearers: dict[str, set[str]]) -> Naming:
    if role.holder is None:
        return Naming(role.start, role.end, role.text, PERSON, ROLE, "an office; the story does not say who", form=ROLE)
    reason = f"the office of {role.holder.name} in this story"
    holder = role.holder
    return Naming(
        role.start, role.end, role.text, PERSON, "", reason, holder.name, group=group_of(holder, bearers), form=ROLE
    )


def adds_nothing(naming: Naming, known: list[Naming], countries: list[Hit]) -> bool:
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
