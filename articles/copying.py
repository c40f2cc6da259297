"""Write many new rows of a model by PostgreSQL's COPY: what `bulk_create` does, at a part of its cost.

Neither does Django make SQL of each value, nor PostgreSQL read it. For rows that are known to be new, and whose every
value is known in Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, ForeignKey, JSONField
from psycopg import sql

if TYPE_CHECKING:
    from django.db.models import Model


def copy_in(model: type[Model], instances: Iterable[Model]) -> None:
    """Write new rows; those without a number get the next one of their table, as if they had been saved.

    Raises:
        IntegrityError: a row breaks a constraint. None is written.
    """
    rows = list(instances)
    if not rows:
        return
    _number(model, [row for row in rows if row.pk is None])
    fields: tuple[Field, ...] = model._meta.concrete_fields
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    )
    columns = [_Column(field) for field in fields]
    # Not the proxy that `connection` is, which looks for it each time.
    database = connections[DEFAULT_DB_ALIAS]
    database.validate_no_broken_transaction()
    with database.cursor() as cursor, database.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([column.written(row, database) for column in columns])
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


class _Column:
    """What a field writes of a row. Most values are of a kind that the driver takes as it is."""

    # Also what inherits from them and writes itself otherwise, such as a choice, is asked for by its field.
    PLAIN = frozenset((str, int, bool, float, datetime, UUID, type(None)))

    def __init__(self, field: Field) -> None:
        self.field, self.name = field, field.attname
        self.is_set_when_saved = type(field).pre_save is not Field.pre_save
        # Of which a plain text is no plain text.
        self.is_encoded = isinstance(field, JSONField)

    def written(self, row: Model, database: Any) -> Any:
        value = self.field.pre_save(row, add=True) if self.is_set_when_saved else getattr(row, self.name)
        if value is None and isinstance(self.field, ForeignKey) and self.field.is_cached(row):
            # The row that it points to may have got its number only now. Django sets it so, too: to set the number
            # itself would let this row forget the other.
            setattr(row, self.field.name, self.field.get_cached_value(row))
            value = getattr(row, self.name)
        if type(value) in self.PLAIN and not self.is_encoded:
            return value
        return self.field.get_db_prep_save(value, database)


def next_numbers(model: type[Model], count: int) -> list[int]:
    """So many numbers for new rows. Rows that point to each other are then written once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def _number(model: type[Model], rows: list[Model]) -> None:
    if rows:
        for row, number in zip(rows, next_numbers(model, len(rows)), strict=True):
            row.pk = number
