"""Finds the countries of a story and which of them it is mostly about.

Takes: “China”, “Chinese”, “Beijing”, “Sino-”, “the Kremlin”, and “the Pentagon” or “the Chinese Defence
Ministry”, which bring their country with them. Leaves out: seas, newspapers and airlines (blocked by the
gazetteer), persons named like a country, and the origin of a weapon (an F-16 is no mention of the United
States).
"""

from collections.abc import Sequence

from .analysis import CountryFinding, Mention
from .entries import STRONG, Entry
from .gazetteer import Gazetteer
from .places import PlaceMention
from .senses import BODY, HEADLINE, STANDFIRST, Hit, Story

ORGANISATION = "organisation"
# Kinds of organisation that act for their country; a company or an armed group does not.
ACTING_CATEGORIES = frozenset({"ministry", "force", "agency", "institution"})
UNIT = "unit"
WEIGHTS = {
    "name": 1.0,
    "short": 1.0,
    "acronym": 1.0,
    "government": 0.9,
    "capital": 0.8,
    "adjective": 0.8,
    "demonym": 0.8,
    "prefix": 0.6,
    ORGANISATION: 0.6,
}
REASONS = {
    "name": "the country by name",
    "short": "a short name of",
    "acronym": "an abbreviation of",
    "demonym": "the people of",
    "adjective": "the adjective of",
    "capital": "the capital, stands for",
    "government": "stands for the government of",
    "prefix": "a prefix for",
}
FIELD_WEIGHTS = {HEADLINE: 2.5, STANDFIRST: 1.8, BODY: 1.0}
LEAD_WEIGHT = 1.6
SECOND_PRIMARY = 0.9
LOWEST_SCORE = 0.05


def find_countries(
    story: Story, hits: list[Hit], places: Sequence[PlaceMention], gazetteer: Gazetteer
) -> tuple[CountryFinding, ...]:
    """The countries of the story, the most prominent first."""
    mentions: dict[str, list[Mention]] = {}
    accepted: set[str] = set()
    taken = {(hit.field, hit.start) for hit in hits if hit.country is not None}
    for place in places:
        owner = gazetteer.countries.get(place.country or "")
        if owner is not None and (place.field, place.start) not in taken:
            mention = Mention(place.field, place.start, place.end, place.text, place.kind, place.reason)
            mentions.setdefault(owner.id, []).append(mention)
            if place.is_sure:
                accepted.add(owner.id)
    for hit in hits:
        named = _named(hit, gazetteer)
        if named is None:
            continue
        entry, mention, is_strong = named
        mentions.setdefault(entry.id, []).append(mention)
        if is_strong:
            accepted.add(entry.id)
    lead_end = _lead_end(story)
    salience = {id: sum(_weight(mention, lead_end) for mention in found) for id, found in mentions.items()}
    ranked = sorted(mentions, key=lambda id: (-salience[id], id))
    return tuple(_finding(gazetteer.by_id[id], tuple(mentions[id]), salience, ranked, id in accepted) for id in ranked)


def _named(hit: Hit, gazetteer: Gazetteer) -> tuple[Entry, Mention, bool] | None:
    """The country of a hit, by itself or through the organisation that it names."""
    if hit.country is not None:
        entry, alias = hit.country.entry, hit.country.alias
        reason = f"{hit.text}: {REASONS.get(alias.form, 'a name of')}"
        reason += "" if alias.form == "name" else f" {entry.name}"
        mention = Mention(hit.field, hit.start, hit.end, hit.text, alias.form, reason)
        return entry, mention, alias.strength == STRONG
    if hit.entity is None or not _acts_for_country(hit.entity.entry):
        return None
    owner = gazetteer.countries.get(hit.entity.entry.country or "")
    if owner is None:
        return None
    reason = f"{hit.text}: {hit.entity.entry.name} brings {owner.name}"
    mention = Mention(hit.field, hit.start, hit.end, hit.text, ORGANISATION, reason)
    return owner, mention, hit.entity.alias.strength == STRONG


def _acts_for_country(entry: Entry) -> bool:
    return entry.kind == UNIT or entry.category in ACTING_CATEGORIES


def _weight(mention: Mention, lead_end: int) -> float:
    weight = WEIGHTS.get(mention.form, 0.8) * FIELD_WEIGHTS[mention.field]
    if mention.field == BODY and mention.end <= lead_end:
        weight *= LEAD_WEIGHT
    return weight


def _lead_end(story: Story) -> int:
    body = next((field.text for field in story.fields if field.name == BODY), "")
    end = body.find("\n", len(body) - len(body.lstrip()))
    return len(body) if end < 0 else end


def _finding(
    entry: Entry,
    mentions: tuple[Mention, ...],
    salience: dict[str, float],
    ranked: list[str],
    is_accepted: bool,
) -> CountryFinding:
    top = salience[ranked[0]]
    share = salience[entry.id] / top
    is_primary = entry.id == ranked[0] or (entry.id == ranked[1] and share >= SECOND_PRIMARY)
    times = f"named {len(mentions)} times" if len(mentions) > 1 else "named once"
    texts = list(dict.fromkeys(mention.text for mention in mentions))[:3]
    return CountryFinding(
        id=entry.id,
        code=entry.country or "",
        name=entry.name,
        score=round(max(LOWEST_SCORE, share), 3),
        primary=is_primary,
        mentions=mentions,
        accepted=is_accepted,
        reason=f"{times} ({', '.join(texts)})" + ("; what the story is mostly about" if is_primary else ""),
    )
