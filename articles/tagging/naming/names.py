"""Puts together the named things of a story: what the gazetteer knows, and what rules find beside it.

Takes: “Vostok” where the gazetteer has the exercise, “the Chinese Defence Ministry”, “Nancy Pelosi”, “the 95th Air
Assault Brigade”. Leaves out: countries (countries.py) and capitalised words of which nothing is known.

What the gazetteer has by a strong alias is accepted; everything else is proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..analysis import EntityFinding, Mention
from ..gazetteer.search import Gazetteer
from ..placing.places import PlaceMention
from ..senses import HEADLINE, STANDFIRST, Hit, Story
from .field_names import FieldNames, name_fields
from .named import Naming
from .organisations import Organisation

BASE_SCORE = 0.3
PER_MENTION = 0.1
HEADLINE_SCORE = 0.3
STANDFIRST_SCORE = 0.2


@dataclass(slots=True)
class Named:
    """An entity in the making."""

    id: str | None
    name: str
    kind: str
    category: str
    country: str | None
    reason: str
    is_accepted: bool = False
    mentions: list[Mention] = field(default_factory=list)


def find_names(
    story: Story,
    hits: list[Hit],
    organisations: list[Organisation],
    places: Sequence[PlaceMention],
    gazetteer: Gazetteer,
) -> tuple[EntityFinding, ...]:
    """The entities of the story, the most prominent first."""
    named: dict[str, Named] = {}
    for part in name_fields(story, hits, organisations, places, gazetteer):
        for naming in part.namings:
            _add(named, part, naming)
    findings = [_finding(entity) for entity in named.values()]
    return tuple(sorted(findings, key=lambda found: (-found.score, found.mentions[0].start, found.name)))


def _add(named: dict[str, Named], part: FieldNames, naming: Naming) -> None:
    entry = naming.entry
    if entry is not None:
        made = Named(entry.id, entry.name, entry.kind, entry.category, entry.country, naming.reason)
    else:
        made = Named(None, naming.name or naming.text, naming.kind, naming.category, naming.country, naming.reason)
    entity = named.setdefault(naming.key, made)
    if naming.is_sure and not entity.is_accepted:
        entity.is_accepted, entity.reason = True, naming.reason
    if entity.id is None and len(made.name) > len(entity.name):
        entity.name = made.name
    entity.category = entity.category or made.category
    entity.mentions.append(Mention(part.name, naming.start, naming.end, naming.text, naming.form, naming.reason))


def _finding(entity: Named) -> EntityFinding:
    mentions = tuple(entity.mentions)
    score = BASE_SCORE + PER_MENTION * min(len(mentions), 5)
    score += HEADLINE_SCORE if any(mention.field == HEADLINE for mention in mentions) else 0.0
    score += STANDFIRST_SCORE if any(mention.field == STANDFIRST for mention in mentions) else 0.0
    return EntityFinding(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        category=entity.category,
        country=entity.country,
        score=round(min(1.0, score), 3),
        mentions=mentions,
        accepted=entity.is_accepted,
        reason=entity.reason,
    )
