"""Finds the countries of a story and which of them it is mostly about.

Takes: “China”, “Chinese”, “Beijing”, “Sino-”, “the Kremlin”; “Mosul”, “Bavaria”, “Lamar County” and other places
(places.py); “the Pentagon” or “the Chinese Defence Ministry”, which bring their country with them. Leaves out:
seas, newspapers and airlines (blocked by the gazetteer), persons named like a country, “Indian Creek Road”, and the
origin of a weapon (an F-16 is no mention of the United States).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..analysis import CountryFinding, Mention
from ..gazetteer.entries import STRONG, Entry
from ..gazetteer.search import Gazetteer
from ..senses import BODY, HEADLINE, STANDFIRST, Hit, Story
from ..vocabulary.heads import ORGANISATION, PLACE, UNIT
from ..vocabulary.place_kinds import ABBREVIATION, AREA, CAPITAL, CITY, COUNTRY, COUNTY, PEOPLE, REGION
from .places import PlaceMention

# Kinds of organisation that act for their country; a company or an armed group does not.
ACTING_CATEGORIES = frozenset({"ministry", "force", "agency"})
# Of the institutions only those of the state. Takes: "Italian parliament", "White House"; refuses: "Chatham House",
# "Labour Party", "Council on Foreign Relations".
OF_THE_STATE = re.compile(
    r"[Pp]arliament|Senate|Congress\b|House of|White House|Kremlin|Assembly|Government\b|Cabinet|Court\b|Politburo"
    r"|Communist Party|Chamber of Deputies|(?:State|Security|Guardian|Federation|Expediency) Council|Joint Chiefs"
    r"|Committee|Authority|Majlis|Mazhilis|Bundesrat|Khural|Kamer|Workers' Party|Security Bureau|Cooperation Agency"
)
# Takes: " spy ship Yantar" behind "Russian"; refuses: " Helicopters".
DESCRIBED = re.compile(r"[ \u00a0][a-z]")
WEIGHTS = {
    "name": 1.0,
    "short": 1.0,
    "acronym": 1.0,
    COUNTRY: 1.0,
    "government": 0.9,
    CAPITAL: 0.9,
    CITY: 0.9,
    REGION: 0.9,
    COUNTY: 0.9,
    AREA: 0.9,
    PLACE: 0.9,
    "adjective": 0.9,
    "demonym": 0.9,
    PEOPLE: 0.9,
    ABBREVIATION: 0.5,
    "prefix": 0.6,
    ORGANISATION: 0.6,
}
REASONS = {
    "name": "the country by name",
    "short": "a short name of",
    "acronym": "an abbreviation of",
    "demonym": "the people of",
    "adjective": "the adjective of",
    "capital": "capital, stands for the government of",
    "government": "stands for the government of",
    "prefix": "a prefix for",
}
FIELD_WEIGHTS = {HEADLINE: 2.5, STANDFIRST: 1.8, BODY: 1.0}
LEAD_WEIGHT = 1.6
SECOND_PRIMARY = 0.9
LOWEST_SCORE = 0.05
# Less than this parts no two sums of the same weights.
SAME = 1e-6

# The country of a mention, the mention, and whether it alone makes the country certain.
Named = tuple[Entry, Mention, bool]


def find_countries(
    story: Story, hits: Sequence[Hit], places: Sequence[PlaceMention], gazetteer: Gazetteer
) -> tuple[CountryFinding, ...]:
    """The countries of the story, the most prominent first."""
    mentions: dict[str, list[Mention]] = {}
    accepted: set[str] = set()
    for entry, mention, is_certain in _all_named(hits, places, gazetteer):
        mentions.setdefault(entry.id, []).append(mention)
        if is_certain:
            accepted.add(entry.id)
    order = {field.name: number for number, field in enumerate(story.fields)}
    for found in mentions.values():
        found.sort(key=lambda mention: (order[mention.field], mention.start))
    lead_end = _lead_end(story)
    salience = {id: sum(_weight(mention, lead_end) for mention in found) for id, found in mentions.items()}
    first = {id: (order[found[0].field], found[0].start) for id, found in mentions.items()}
    ranked = sorted(mentions, key=lambda id: (-salience[id], first[id], id))
    primaries = _primaries(ranked, salience)
    return tuple(
        _finding(
            gazetteer.by_id[id],
            tuple(mentions[id]),
            share=salience[id] / salience[ranked[0]],
            is_primary=id in primaries,
            is_accepted=id in accepted,
        )
        for id in ranked
    )


def _all_named(hits: Sequence[Hit], places: Sequence[PlaceMention], gazetteer: Gazetteer) -> Iterator[Named]:
    """Each mention once: a place by what places.py says of it, all else by the gazetteer."""
    by_span = {(place.field, place.start, place.end): place for place in places}
    told = set()
    for hit in hits:
        place = by_span.get((hit.field, hit.start, hit.end))
        if place is not None and (hit.country is None or hit.country.alias.form == CAPITAL):
            continue
        named = _named(hit, gazetteer)
        if named is not None:
            told.add((hit.field, hit.start))
            yield named
    for place in places:
        owner = gazetteer.countries.get(place.country or "")
        if owner is not None and (place.field, place.start) not in told:
            form = "name" if place.kind == COUNTRY else place.kind
            mention = Mention(place.field, place.start, place.end, place.text, form, place.reason)
            yield owner, mention, place.is_sure


def _named(hit: Hit, gazetteer: Gazetteer) -> Named | None:
    """The country of a hit, by itself or through the organisation or place that it names."""
    if hit.country is not None:
        entry, alias = hit.country.entry, hit.country.alias
        reason = f"{hit.text}: {REASONS.get(alias.form, 'a name of')}"
        reason += "" if alias.form == "name" else f" {entry.name}"
        mention = Mention(hit.field, hit.start, hit.end, hit.text, alias.form, reason)
        return entry, mention, alias.strength == STRONG
    if hit.entity is None:
        return None
    named, alias = hit.entity.entry, hit.entity.alias
    owner = gazetteer.countries.get(named.country or "")
    if owner is None:
        return None
    if not (named.kind == PLACE or _acts_for_country(named)):
        return _owned(hit, owner)
    form = PLACE if named.kind == PLACE else ORGANISATION
    reason = f"{hit.text}: {named.name} " + (f"lies in {owner.name}" if form == PLACE else f"brings {owner.name}")
    mention = Mention(hit.field, hit.start, hit.end, hit.text, form, reason)
    return owner, mention, alias.strength == STRONG


def _owned(hit: Hit, owner: Entry) -> Named | None:
    """The country that an entity's name begins with as its owner: "Russia’s Africa Corps", "Russian spy ship Yantar".

    Not that of a proper name ("Russian Helicopters").
    """
    name, mark, _ = hit.text.replace("’", "'").partition("'s ")
    if mark and name in {owner.name, *(alias.text for alias in owner.aliases)}:
        mention = Mention(hit.field, hit.start, hit.start + len(name), name, "name", f"{name}: the country by name")
        return owner, mention, True
    for alias in owner.aliases:
        is_first = alias.form == "adjective" and hit.text.startswith(alias.text)
        if is_first and DESCRIBED.match(hit.text, len(alias.text)):
            reason = f"{alias.text}: {REASONS['adjective']} {owner.name}"
            end = hit.start + len(alias.text)
            return owner, Mention(hit.field, hit.start, end, alias.text, "adjective", reason), alias.strength == STRONG
    return None


def _acts_for_country(entry: Entry) -> bool:
    if entry.category == "institution":
        return OF_THE_STATE.search(entry.name) is not None
    return entry.kind == UNIT or entry.category in ACTING_CATEGORIES


def _weight(mention: Mention, lead_end: int) -> float:
    weight = WEIGHTS.get(mention.form, 0.9) * FIELD_WEIGHTS[mention.field]
    if mention.field == BODY and mention.end <= lead_end:
        weight *= LEAD_WEIGHT
    return weight


def _lead_end(story: Story) -> int:
    body = next((field.text for field in story.fields if field.name == BODY), "")
    end = body.find("\n", len(body) - len(body.lstrip()))
    return len(body) if end < 0 else end


def _primaries(ranked: Sequence[str], salience: Mapping[str, float]) -> Sequence[str]:
    """The first country, and the second where it stands out from the third: never two of three that tie."""
    if len(ranked) < 2 or salience[ranked[1]] < SECOND_PRIMARY * salience[ranked[0]]:
        return ranked[:1]
    third = salience[ranked[2]] if len(ranked) > 2 else 0.0
    return ranked[:2] if salience[ranked[1]] - third > SAME else ranked[:1]


def _finding(
    entry: Entry, mentions: tuple[Mention, ...], *, share: float, is_primary: bool, is_accepted: bool
) -> CountryFinding:
    is_repeated = len(mentions) > 1
    times = f"named {len(mentions)} times" if is_repeated else "named once"
    texts = list(dict.fromkeys(mention.text for mention in mentions))[:3]
    return CountryFinding(
        id=entry.id,
        code=entry.country or "",
        name=entry.name,
        score=round(max(LOWEST_SCORE, share), 3),
        primary=is_primary,
        mentions=mentions,
        accepted=is_accepted,
        reason=f"{times} ({', '.join(texts)})"
        + ("; what the story is mostly about" if is_primary and is_repeated else ""),
    )
