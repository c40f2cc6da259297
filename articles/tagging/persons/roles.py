"""Finds persons that are named only by their office.

Takes: “the Foreign Secretary”, “Minister for Fisheries”, “U.S. Secretary of State”, “Central Command spokesman”.
Leaves out: an office directly before a name (persons.py has the name), offices in small letters, plurals.

Where the story gives the holder's name with the same title, the office is one more naming of that person.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..vocabulary.lexicon import words
from .persons import Person

MODIFIER = (
    r"(?:Deputy|Vice|Acting|Assistant|Under|Parliamentary|Permanent|Special|Chief|First|Second|Former|Shadow|Junior"
    r"|Senior|High|Foreign|Defence|Defense|Home|Interior|Finance|Prime|Presidential|Security|National|General|Trade"
    r"|Energy|Justice|Health|Press|Private|Principal|Executive|Managing|Supreme|Crown|Attorney|Armed[ ]Forces|Office"
    r"|Development|International|Environment|Transport|Education|Agriculture|Labour|Army|Navy|Air[ ]Force|Fleet|Group"
    r"|Wing|Squadron|Brigade|Maintenance|Operations|Command|Ministry|Department|Government)"
)
HEAD = (
    r"(?:Secretary[- ]General|Secretary|Minister|President|Chancellor|Premier|Ambassador|Envoy|Representative"
    r"|Commissioner|Commander|Chief[ ]of[ ](?:the[ ])?(?:(?:General|Defence|Defense|Naval|Army|Air)[ ])?Staff"
    r"|Director[- ]General|Director|Chairman|Chairwoman|Governor|King|Queen|Prince|Pope|Emir|Sultan|Speaker|Coordinator"
    r"|Rapporteur|Undersecretary|Advisor|Adviser|Inspector|General[ ]Counsel|Spokesman|Spokeswoman|Spokesperson)"
)
TAIL = (
    r"(?:[ ](?:of|for|to)[ ](?:the[ ])?[A-Z][\w-]*(?:[ ](?:of[ ]|for[ ]|and[ ]|the[ ]|of[ ]the[ ])?[A-Z][\w-]*){0,7})?"
)
# Takes: "Foreign Secretary", "Minister for Fisheries"; refuses: "ministers", "Presidents".
ROLE = re.compile(rf"(?<![\w-])(?:{MODIFIER}[ ]){{0,4}}{HEAD}(?![\w-]){TAIL}")
# Offices that name somebody by themselves, behind "the" or alone in mid-sentence.
SINGLE = words(
    "Minister President Secretary Chancellor Premier Ambassador Governor King Queen Prince Pope Emir Sultan Commander"
)
OFFICE_TAIL = re.compile(r" (?:of|for|to) ")
THE_BEFORE = re.compile(r"(?<!\w)[Tt]he[ ]$")
# Takes: "HMS " before "Prince of Wales"; refuses: "the ".
SHIP_BEFORE = re.compile(r"(?<!\w)(?:HMS|USS|HMAS|HMCS|RFA|INS)[ ]\Z")
NAME_BEHIND = re.compile(r"[ ](?:[A-Z][\w-]+|[A-Z]\.)")


@dataclass(frozen=True, slots=True)
class Role:
    """An office that stands for a person; `holder` where the story tells who holds it."""

    start: int
    end: int
    text: str
    holder: Person | None


def find_roles(text: str, persons: Sequence[Person]) -> list[Role]:
    """The offices of a text without a name behind them, in order."""
    starts = [person.start for person in persons]
    offices: dict[str, Person] = {}
    found = []
    for match in ROLE.finditer(text):
        role = _role(text, match, persons, starts)
        if role is None:
            continue
        office = OFFICE_TAIL.split(role.text, maxsplit=1)[0]
        if role.holder is None:
            role = Role(role.start, role.end, role.text, offices.get(office))
        else:
            offices[office] = role.holder
        found.append(role)
    return found


def _role(text: str, match: re.Match[str], persons: Sequence[Person], starts: list[int]) -> Role | None:
    start, end = match.span()
    index = bisect_left(starts, start)
    if index < len(starts) and starts[index] <= end + 1:
        return None
    if index and persons[index - 1].end > start:
        return None
    surface = match.group()
    if SHIP_BEFORE.search(text, max(0, start - 8), start):
        return None
    if surface in SINGLE and (not THE_BEFORE.search(text, max(0, start - 5), start) or NAME_BEHIND.match(text, end)):
        return None
    if index < len(starts) and text[end : starts[index]] == ", ":
        return Role(start, end, surface, persons[index])
    return Role(start, end, surface, _holder(text, surface, persons, index))


def _holder(text: str, surface: str, persons: Sequence[Person], index: int) -> Person | None:
    """The last person before, else the first behind, whose title is the office."""
    lower = surface.lower()
    for person in (*reversed(persons[max(0, index - 40) : index]), *persons[index : index + 40]):
        title = person.title.lower()
        if title and (title == lower or (lower in SINGLES_LOWER and title.endswith(lower))):
            return person
        if text[max(0, person.start - len(lower) - 1) : person.start].lower() == f"{lower} ":
            return person
    return None


SINGLES_LOWER = frozenset(word.lower() for word in SINGLE)
