"""Dated facts between entities from seeds/relations.tsv."""

from __future__ import annotations

from datetime import date

from entities.models import Entity, Relation
from newsroom.seeding.tables import read_table


def load_relations() -> int:
    """Add the facts that are missing; how many that were. One that an editor has dated otherwise is another fact."""
    entities = {key: pk for key, pk in Entity.objects.values_list("key", "pk") if key}
    known = set(Relation.objects.values_list("subject_id", "kind", "object_id", "role", "valid_from"))
    rows = [_relation(row, entities) for row in read_table("relations")]
    missing = [row for row in rows if _identity(row) not in known]
    Relation.objects.bulk_create(missing)
    return len(missing)


def _relation(row: dict[str, str], entities: dict[str, int]) -> Relation:
    return Relation(
        subject_id=entities[row["subject"]],
        kind=row["kind"],
        object_id=entities[row["object"]],
        role=row["role"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        source=row["source"],
    )


def _identity(row: Relation) -> tuple[int, str, int, str, date | None]:
    return row.subject_id, row.kind, row.object_id, row.role, row.valid_from


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
