"""Write many new rows of a model by PostgreSQL's COPY: what `bulk_create` does, at a part of its cost.

Neither does Django make SQL of each value, nor PostgreSQL read it. For rows that are known to be new, and whose every
value is known in Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
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
    table = _Table(model)
    # Not the proxy that `connection` is, which looks for it each time.
    database = connections[DEFAULT_DB_ALIAS]
    database.validate_no_broken_transaction()
    with database.cursor() as cursor, database.wrap_database_errors, cursor.copy(table.statement) as copy:
        for row in rows:
            copy.write_row(table.written(row, database))
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


class _Table:
    """What is written of each row of a model. Most values are of a kind that the driver takes as it is."""

    # Also what inherits from them and writes itself otherwise, such as a choice, is asked for by its field.
    PLAIN = frozenset((str, int, bool, float, datetime, UUID, type(None)))

    def __init__(self, model: type[Model]) -> None:
        fields: tuple[Field, ...] = model._meta.concrete_fields
        columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
        self.statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
        self.read = attrgetter(*(field.attname for field in fields))
        places = list(enumerate(fields))
        # What is set when it is saved; and JSON, of which a plain text is no plain text.
        self.made = [(place, field) for place, field in places if _is_made(field)]
        self.links = [field for field in fields if isinstance(field, ForeignKey)]
        self.plain = [(place, field) for place, field in places if not _is_made(field)]

    def written(self, row: Model, database: Any) -> list[Any]:
        for link in self.links:
            if getattr(row, link.attname) is None and link.is_cached(row):
                # The row that it points to may have got its number only now. Django sets it so, too: to set the number
                # itself would let this row forget the other.
                setattr(row, link.name, link.get_cached_value(row))
        values = list(self.read(row))
        for place, field in self.plain:
            if type(values[place]) not in self.PLAIN:
                values[place] = field.get_db_prep_save(values[place], database)
        for place, field in self.made:
            values[place] = field.get_db_prep_save(field.pre_save(row, add=True), database)
        return values


def _is_made(field: Field) -> bool:
    return type(field).pre_save is not Field.pre_save or isinstance(field, JSONField)


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
