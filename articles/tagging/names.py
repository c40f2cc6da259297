"""Puts together the named things of a story: known entities, ministries found by rule, persons.

Takes: “Vostok” where the gazetteer has the exercise, “the Chinese Defence Ministry”, “Nancy Pelosi”.
Leaves out: countries (countries.py) and capitalised words of which nothing is known.

What the gazetteer has by a strong alias is accepted; everything else is proposed.
"""

from dataclasses import dataclass, field

from .analysis import EntityFinding, Mention
from .entries import STRONG, Entry
from .organisations import Organisation
from .persons import Person
from .senses import HEADLINE, STANDFIRST, Hit, Story

PERSON = "person"
ORGANISATION = "organisation"
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


def find_names(story: Story, hits: list[Hit], organisations: list[Organisation]) -> tuple[EntityFinding, ...]:
    """The entities of the story, the most prominent first."""
    named: dict[str, Named] = {}
    taken: dict[str, list[tuple[int, int]]] = {}
    for hit in hits:
        if hit.entity is not None:
            _add_hit(named, hit, hit.entity.entry)
            taken.setdefault(hit.field, []).append((hit.start, hit.end))
    for organisation in organisations:
        _add_organisation(named, organisation)
        taken.setdefault(organisation.field, []).append((organisation.start, organisation.end))
    for part in story.fields:
        spans = sorted(taken.get(part.name, []))
        for person in _untaken(part.persons, spans):
            _add_person(named, part.name, person)
    findings = [_finding(entity) for entity in named.values()]
    return tuple(
        sorted(
            findings,
            key=lambda found: (-found.score, found.mentions[0].start, found.name),
        )
    )


def _add_hit(named: dict[str, Named], hit: Hit, entry: Entry) -> None:
    assert hit.entity is not None
    alias = hit.entity.alias
    is_strong = alias.strength == STRONG
    reason = f"“{hit.text}” names it" if is_strong else f"“{hit.text}” may name it; the story's words fit"
    entity = named.setdefault(
        entry.id,
        Named(entry.id, entry.name, entry.kind, entry.category, entry.country, reason),
    )
    entity.is_accepted = entity.is_accepted or is_strong
    entity.mentions.append(Mention(hit.field, hit.start, hit.end, hit.text, alias.form, reason))


def _add_organisation(named: dict[str, Named], found: Organisation) -> None:
    reason = f"“{found.text}”: an organisation of {found.country.name}"
    if found.entry is not None:
        entry = found.entry
        key, made = (
            entry.id,
            Named(entry.id, entry.name, entry.kind, entry.category, entry.country, reason),
        )
    else:
        name = found.name
        key = f"organisation:{name.lower()}"
        made = Named(None, name, ORGANISATION, found.category, found.country.country, reason)
    entity = named.setdefault(key, made)
    entity.mentions.append(Mention(found.field, found.start, found.end, found.text, "name", reason))


def _add_person(named: dict[str, Named], field_name: str, person: Person) -> None:
    reason = f"“{person.title} {person.name}”: a person by the title" if person.title else f"“{person.name}”: a person"
    key = f"person:{person.family.lower()}"
    entity = named.setdefault(key, Named(None, person.name, PERSON, "", None, reason))
    if len(person.name) > len(entity.name):
        entity.name = person.name
    entity.mentions.append(Mention(field_name, person.start, person.end, person.name, "name", reason))


def _untaken(persons: tuple[Person, ...], spans: list[tuple[int, int]]) -> list[Person]:
    """Persons whose place no known entity has; both lists are in order."""
    kept = []
    index = 0
    for person in persons:
        while index < len(spans) and spans[index][1] <= person.start:
            index += 1
        if index == len(spans) or spans[index][0] >= person.end:
            kept.append(person)
    return kept


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
