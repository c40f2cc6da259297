"""The desk's own gazetteer: rows of entities and names, compiled once for each version of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from articles.tagging import Alias, Entry, Gazetteer
from entities.models import Country, Entity, GazetteerVersion, Name

READ_OF_ENTITIES = ("uuid", "kind", "name", "category", "country", "merged_into")


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
    rows = Rows.of_database(today)
    return DeskGazetteer(
        version=version,
        compiled=Gazetteer.compile(rows.entries(), blocked=rows.blocked()),
        primary_keys={str(entity.uuid): entity.pk for entity in rows.entities if entity.merged_into_id is None},
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """What a gazetteer is compiled of: all entities, the merged ones too, and the names in force on a day.

    Rows need not be saved: an entity is known by its uuid, a name hangs on its `entity`. `country_codes` are those of
    the entities that are countries, by their keys.
    """

    entities: Sequence[Entity]
    names: Sequence[Name]
    country_codes: Mapping[int, str]
    today: date

    @classmethod
    def of_database(cls, today: date) -> Rows:
        entities = {row.pk: row for row in Entity.objects.only(*READ_OF_ENTITIES).order_by("pk")}
        names = list(Name.objects.order_by("pk"))
        # Hung onto one another here: a join would make a copy of the entity for each of its names.
        for name in names:
            name.entity = entities[name.entity_id] if name.entity_id is not None else None
        for entity in entities.values():
            entity.merged_into = entities[entity.merged_into_id] if entity.merged_into_id is not None else None
        return cls(list(entities.values()), names, dict(Country.objects.values_list("pk", "alpha2")), today)

    def entries(self) -> list[Entry]:
        """Canonical entities with the aliases of what was merged into them."""
        aliases = self._aliases()
        return [
            Entry(
                id=str(entity.uuid),
                kind=entity.kind,
                name=entity.name,
                country=self._country_code(entity),
                category=entity.category,
                aliases=tuple(aliases.get(entity.uuid, ())),
            )
            for entity in self.entities
            if entity.merged_into_id is None
        ]

    def blocked(self) -> list[str]:
        """The texts that never mean any entity."""
        return [name.text for name in self._in_force() if name.entity is None]

    def _aliases(self) -> dict[UUID, list[Alias]]:
        aliases: dict[UUID, list[Alias]] = {}
        for name in self._in_force():
            if name.entity is not None:
                aliases.setdefault(name.entity.canonical.uuid, []).append(_alias(name))
        for entity in self.entities:
            if entity.merged_into is not None:
                aliases.setdefault(entity.merged_into.uuid, []).append(Alias(text=entity.name))
        return aliases

    def _country_code(self, entity: Entity) -> str | None:
        """Of the country that the entity is, or belongs to."""
        own = self.country_codes.get(entity.pk)
        return own if own or entity.country_id is None else self.country_codes.get(entity.country_id)

    def _in_force(self) -> Iterator[Name]:
        for name in self.names:
            is_begun = name.valid_from is None or name.valid_from <= self.today
            if is_begun and (name.valid_to is None or name.valid_to >= self.today):
                yield name


def _alias(name: Name) -> Alias:
    return Alias(
        text=name.text,
        form=name.form,
        strength=name.strength,
        case_sensitive=name.case_sensitive,
        needs_context=tuple(name.needs_context),
        needs_country=name.needs_country,
    )
