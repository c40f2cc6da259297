"""Countries, entities and their names from the seed tables."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from articles.tagging.gazetteer import seeds
from entities.models import Country, Entity, Kind, Name, Strength
from newsroom.seeding.tables import read_table

# The same entity has the same uuid on every desk that was seeded.
NAMESPACE = uuid.UUID("6f2f1b1e-6d0c-5a0e-9a53-7d0c2d8f4c11")


@transaction.atomic
def load_gazetteer() -> int:
    """Add the countries, entities and names that are missing; how many rows that were."""
    return _load_countries() + _load_entities() + _load_names()


def country_key(alpha2: str) -> str:
    return f"country-{alpha2.lower()}"


def _load_countries() -> int:
    known = set(Country.objects.values_list("alpha2", flat=True))
    rows = [row for row in read_table("countries") if row["alpha2"] not in known]
    if not rows:
        return 0
    entities = Entity.objects.bulk_create(
        _entity(country_key(row["alpha2"]), Kind.COUNTRY, row, slug=slugify(row["name"])) for row in rows
    )
    Country.objects.bulk_create(
        Country(
            entity=entity,
            alpha2=row["alpha2"],
            alpha3=row["alpha3"],
            numeric=row["numeric"] or None,
            official_name=row["official_name"],
            region=row["region"],
            capital=row["capital"],
        )
        for entity, row in zip(entities, rows, strict=True)
    )
    return len(rows)


def _load_entities() -> int:
    known = set(Entity.objects.exclude(key=None).values_list("key", flat=True))
    countries = dict(Country.objects.values_list("alpha2", "entity_id"))
    rows = [row for row in read_table("entities") if row["key"] not in known]
    if rows:
        Entity.objects.bulk_create(
            _entity(row["key"], row["kind"], row, slug=row["key"], country=countries.get(row["country"]))
            for row in rows
        )
    return len(rows)


def _entity(key: str, kind: str, row: dict[str, str], *, slug: str, country: int | None = None) -> Entity:
    return Entity(
        uuid=uuid.uuid5(NAMESPACE, key),
        key=key,
        kind=kind,
        category=row.get("category", ""),
        name=row["name"],
        sort_name=row["sort_name"] or row["name"],
        slug=slug,
        country_id=country,
        summary=row.get("summary", ""),
        source=row.get("source", ""),
    )


def _load_names() -> int:
    """Aliases as the engine reads them from the same tables, so that the desk and the bare engine agree."""
    entities = {key: pk for key, pk in Entity.objects.values_list("key", "pk") if key}
    known = set(Name.objects.values_list("entity_id", "text", "form"))
    names: dict[tuple[int | None, str, str], Name] = {}
    for name in (*_aliases(entities), *_forbidden(entities)):
        place = (name.entity_id, name.text, name.form)
        if place not in known:
            names.setdefault(place, name)
    if names:
        Name.objects.bulk_create(names.values(), batch_size=2000)
    return len(names)


def _aliases(entities: dict[str, int]) -> Iterable[Name]:
    dates = {
        (row["key"], row["text"], row["form"]): (_date(row["valid_from"]), _date(row["valid_to"]))
        for row in read_table("names")
    }
    entries, _ = seeds.load()
    for entry in entries:
        for alias in entry.aliases:
            valid_from, valid_to = dates.get((entry.id, alias.text, alias.form), (None, None))
            yield Name(
                entity_id=entities[entry.id],
                text=alias.text,
                form=alias.form,
                strength=alias.strength,
                case_sensitive=alias.case_sensitive,
                needs_context=list(alias.needs_context),
                needs_country=alias.needs_country,
                valid_from=valid_from,
                valid_to=valid_to,
            )


def _forbidden(entities: dict[str, int]) -> Iterable[Name]:
    for row in read_table("names"):
        if row["strength"] == Strength.FORBIDDEN:
            yield Name(
                entity_id=entities.get(row["key"]),
                text=row["text"],
                form=row["form"] or "name",
                strength=Strength.FORBIDDEN,
                case_sensitive=row["case_sensitive"] != "no",
            )


def _date(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
