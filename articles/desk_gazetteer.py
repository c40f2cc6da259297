"""The desk's own gazetteer: rows of entities and names, compiled once for each version of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from articles.tagging import Alias, Entry, Gazetteer
from entities.models import Country, Entity, GazetteerVersion, Name


@dataclass(frozen=True, slots=True)
class DeskGazetteer:
    """A compiled gazetteer with the number of the rows it was made of.

    The engine knows an entity by its uuid; `primary_keys` gives its row.
    """

    version: int
    compiled: Gazetteer
    primary_keys: dict[str, int]


def current() -> DeskGazetteer:
    """The gazetteer as the database has it now; compiled anew only when a row has changed."""
    version = GazetteerVersion.current()
    return _compiled(version.stamp, version.number, timezone.localdate())


# Two, so that a change under way does not make two workers compile in turn.
@lru_cache(maxsize=2)
def _compiled(stamp: UUID, version: int, today: date) -> DeskGazetteer:
    entities = list(Entity.objects.canonical().order_by("pk"))
    countries = dict(Country.objects.values_list("entity_id", "alpha2"))
    aliases, blocked = _aliases(today)
    entries = [
        Entry(
            id=str(entity.uuid),
            kind=entity.kind,
            name=entity.name,
            country=countries.get(entity.pk) or countries.get(entity.country_id or 0),
            category=entity.category,
            aliases=tuple(aliases.get(entity.pk, ())),
        )
        for entity in entities
    ]
    return DeskGazetteer(
        version=version,
        compiled=Gazetteer.compile(entries, blocked=blocked),
        primary_keys={str(entity.uuid): entity.pk for entity in entities},
    )


def _aliases(today: date) -> tuple[dict[int, list[Alias]], list[str]]:
    """Aliases by canonical entity, and the texts that never mean any."""
    aliases: dict[int, list[Alias]] = {}
    blocked: list[str] = []
    in_force = Name.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    )
    for name in in_force.select_related("entity").order_by("pk"):
        if name.entity is None:
            blocked.append(name.text)
            continue
        aliases.setdefault(name.entity.merged_into_id or name.entity.pk, []).append(
            Alias(
                text=name.text,
                form=name.form,
                strength=name.strength,
                case_sensitive=name.case_sensitive,
                needs_context=tuple(name.needs_context),
                needs_country=name.needs_country,
            )
        )
    for merged in Entity.objects.exclude(merged_into=None).order_by("pk"):
        aliases.setdefault(merged.merged_into_id or 0, []).append(Alias(text=merged.name))
    return aliases, blocked
