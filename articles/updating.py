"""Write columns of many standing rows in one statement: what `bulk_update` does, at a part of its cost.

Django writes a CASE with a branch for each row and column, and PostgreSQL reads it anew each time. Here the rows travel
as one value, and the statement is the same whatever their number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from articles.planned_query import planned_rows

if TYPE_CHECKING:
    from django.db.models import Model


def update_in(model: type[Model], instances: Iterable[Model], columns: tuple[str, ...]) -> None:
    """Write these columns of rows that stand already.

    Raises:
        IntegrityError: a value breaks a constraint. None is written.
    """
    names = ("pk", *(model._meta.get_field(name).attname for name in columns))  # type: ignore[union-attr]
    rows = [[getattr(instance, name) for name in names] for instance in instances]
    if rows:
        planned_rows(_statement(model, columns), {"rows": json.dumps(rows, default=_plain)})


@cache
def _statement(model: type[Model], columns: tuple[str, ...]) -> str:
    """Each row is an array: its number, and the columns in their order."""
    quoted, assigned = connection.ops.quote_name, []
    for place, name in enumerate(columns, start=1):
        field: Any = model._meta.get_field(name)
        assigned.append(f"{quoted(field.column)} = {_read(place, field.db_type(connection))}")
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    return (
        f"UPDATE {table} SET {', '.join(assigned)} "  # noqa: S608 - names of columns
        f"FROM jsonb_array_elements(%(rows)s::jsonb) AS given WHERE {table}.{key} = (given ->> 0)::bigint"
    )


def _read(place: int, kind: str) -> str:
    # JSON's own null is no value of a column.
    if kind == "jsonb":
        return f"nullif(given -> {place}, 'null')"
    # Without its length, to which a cast would cut what is too long.
    return f"(given ->> {place})::{kind.partition('(')[0]}"


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{value!r} cannot be written here: take a plain value.")
