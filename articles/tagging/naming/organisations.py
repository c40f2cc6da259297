"""Finds ministries, forces and governments written as a country and a common noun.

Takes: “the Chinese Defence Ministry”, “Russia’s Ministry of Foreign Affairs”, “the US Navy”. Leaves out:
lower-case groups without a state's noun (“Russian troops”), and what the gazetteer knows by an alias.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from ..gazetteer.entries import Entry
from ..gazetteer.institutions import AGENCY, FORCE, MINISTRY
from ..gazetteer.search import Gazetteer
from ..senses import Hit, Story

# The noun that ends the name, with the category it gives.
NOUNS = {
    "ministry": MINISTRY,
    "department": MINISTRY,
    "navy": FORCE,
    "army": FORCE,
    "force": FORCE,
    "forces": FORCE,
    "military": FORCE,
    "coastguard": FORCE,
    "guard": FORCE,
    "marines": FORCE,
    "embassy": AGENCY,
    "government": AGENCY,
    "parliament": AGENCY,
    "senate": AGENCY,
    "congress": AGENCY,
}
WORD = re.compile(r"[^\W\d_]+")
# Takes: " Defence Ministry", "’s Ministry of National Defence", " Air Force"; refuses: " troops".
BEHIND = re.compile(
    r"(?:['’]s?)?[ \u00a0](?:(?:[Nn]ational|[Ff]ederal|[Aa]rmed|[Aa]ir|[Cc]oast|[Dd]efen[cs]e|[Ff]oreign"
    r"|[Ii]nterior|[Ff]inance|[Jj]ustice|[Ss]tate|[Ee]nergy|[Ee]mergencies|[Ss]pecial|[Rr]ocket|[Aa]erospace"
    r"|[Ss]elf-[Dd]efen[cs]e"
    r"|[Mm]arine)[ \u00a0]){0,2}"
    r"([Mm]inistry|[Dd]epartment|[Nn]avy|[Aa]rmy|[Ff]orces?|[Mm]ilitary|[Cc]oastguard|[Gg]uard|[Ee]mbassy"
    r"|[Gg]overnment|[Pp]arliament|[Ss]enate|[Cc]ongress)(?!\w)"
    r"(?:[ \u00a0](?:of|for)[ \u00a0](?:the[ \u00a0])?"
    r"[A-Z][\w-]*(?:[ \u00a0](?:and[ \u00a0])?[A-Z][\w-]*){0,2})?"
)
GENERIC = frozenset({"military", "government", "forces", "army"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation found by rule; `entry` where the gazetteer has exactly one that fits."""

    field: str
    start: int
    end: int
    text: str
    country: Entry
    category: str
    entry: Entry | None

    @property
    def name(self) -> str:
        """ "Romanian Senate" for "Romania’s Senate"."""
        owner, mark, rest = self.text.replace("’", "'").partition("'s ")
        if not mark:
            return self.text
        adjectives = (alias.text for alias in self.country.aliases if alias.form == "adjective")
        return f"{next(adjectives, owner)} {rest}"


def find_organisations(story: Story, hits: list[Hit], gazetteer: Gazetteer) -> list[Organisation]:
    """The organisations behind the country names among the hits."""
    texts = {field.name: field.text for field in story.fields}
    found = []
    for hit in hits:
        if hit.country is None or hit.country.alias.form not in (
            "adjective",
            "name",
            "short",
            "acronym",
        ):
            continue
        organisation = _organisation(texts[hit.field], hit, gazetteer)
        if organisation is not None:
            found.append(organisation)
    return found


def _organisation(text: str, hit: Hit, gazetteer: Gazetteer) -> Organisation | None:
    behind = BEHIND.match(text, hit.end)
    if behind is None or hit.country is None:
        return None
    noun = behind.group(1).lower()
    if noun in GENERIC and behind.group(1).islower() and not _has_modifier(behind.group()):
        return None
    country = hit.country.entry
    entry = gazetteer.institutions.find(country.country or "", behind.group())
    end = behind.end()
    return Organisation(
        hit.field,
        hit.start,
        end,
        text[hit.start : end],
        country,
        NOUNS.get(noun, AGENCY),
        entry,
    )


def _has_modifier(behind: str) -> bool:
    return len([word for word in WORD.findall(behind) if word != "s"]) > 1


def without_overlaps(hits: list[Hit], organisations: list[Organisation]) -> list[Hit]:
    """The hits without those that an organisation's fuller name covers, its own country aside."""
    kept = []
    ordered = sorted((found.field, found.start, found.end) for found in organisations)
    for hit in hits:
        index = bisect_right(ordered, (hit.field, hit.start)) - 1
        covering = ordered[index] if index >= 0 and ordered[index][0] == hit.field else None
        if covering is None or hit.start >= covering[2] or hit.start == covering[1]:
            kept.append(hit)
    return kept
