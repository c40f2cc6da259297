"""Rows and the state they belong to, read in one SQL statement.

Two statements would tear: a change committed between them would be missing from the rows and counted in
the state, and a partner that goes on from there would never see it.
"""

from __future__ import annotations

import uuid
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from articles.api.positions import Position
from articles.documents import SCHEMA_VERSION
from articles.planned_query import planned_rows

# `tag` names everything a list can depend on: the change log for what is published, the gazetteer for the
# names of entities. With LIMIT 0, PostgreSQL does not even begin to look for rows.
_STATEMENT = """
SELECT state.epoch, state.sequence, state.tag, {references}, page.*
FROM (
    SELECT
        coalesce(counter.epoch, %s::uuid) AS epoch,
        coalesce(counter.sequence, 0) AS sequence,
        concat_ws('.', %s::text, replace(counter.epoch::text, '-', ''), counter.sequence,
                  replace(gazetteer.stamp::text, '-', ''){public_stamp}) AS tag
    FROM (VALUES (1)) AS one (id)
    LEFT JOIN articles_changecounter counter ON counter.id = one.id
    LEFT JOIN entities_gazetteerversion gazetteer ON gazetteer.id = one.id
    {public_state}
) state
LEFT JOIN LATERAL (
    SELECT TRUE AS is_row, rows.* FROM ({rows}) rows LIMIT CASE WHEN state.tag = ANY(%s::text[]) THEN 0 END
) page ON TRUE
{order}
"""
_STATE_COLUMNS = 3
# What is joined at read is no part of the change log; the public's state rises with it.
_PUBLIC_STATE = "LEFT JOIN articles_publicstate public ON public.id = one.id"
_PUBLIC_STAMP = ", replace(public.stamp::text, '-', '')"
# Of which types marks are; values of others may have no hash.
MARKS = (int, str, datetime, uuid.UUID)
_NOBODY = uuid.UUID(int=0)
# Statements by what they are written as. The callers' names are few: a view, a size, an order.
_WRITTEN: dict[Hashable, tuple[str, list[Any]]] = {}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Rows as dictionaries, the place in the change log they belong to, and the tag of that state.

    `found` answers, in their order, whether each of the references exists.
    """

    position: Position
    tag: str
    rows: list[dict[str, Any]]
    found: tuple[bool, ...] = ()


def take_snapshot(
    queryset: QuerySet[Any],
    columns: Sequence[str],
    *,
    order: Sequence[str] = (),
    known_tags: Iterable[str] = (),
    references: Sequence[QuerySet[Any]] = (),
    revision: int = 0,
    is_planned: bool = False,
    written_as: Hashable = None,
    marked: Mapping[Any, Any] | None = None,
    is_of_public_state: bool = False,
) -> Snapshot:
    """Read the columns of a queryset with the state of the log, in one statement.

    `order` repeats the queryset's own ordering (names among `columns`, "-" for descending), since a join
    promises none. Where the state's tag is among `known_tags`, no row is read at all. `revision` is that of the
    selection to which the queryset is held.

    `is_planned` lets PostgreSQL keep the plan, for a statement that is often asked and that one plan fits whatever its
    parameters are. `written_as` names everything that the queryset, its columns, order and references depend on: under
    this name the statement is written once in the life of the process, and planned. What differs each time stands in
    the queryset as marks, and in `marked` by them.

    `is_of_public_state` is for rows that differ without a change in the log: the tag names the public's state, too.
    """
    written = _WRITTEN.get(written_as) if written_as is not None else None
    if written is None:
        written = _written(queryset, columns, order, references, is_of_public_state=is_of_public_state)
        if written_as is not None:
            _WRITTEN[written_as] = written
    statement, parameters = written
    if marked:
        parameters = [marked.get(value, value) if isinstance(value, MARKS) else value for value in parameters]
    records = _execute(statement, [*parameters, list(known_tags)], is_planned=is_planned or written_as is not None)
    return _snapshot(records, columns, references=len(references), revision=revision)


def _written(
    queryset: QuerySet[Any],
    columns: Sequence[str],
    order: Sequence[str],
    references: Sequence[QuerySet[Any]],
    *,
    is_of_public_state: bool,
) -> tuple[str, list[Any]]:
    """The statement and its parameters, but for the last."""
    sql, parameters = _compiled(queryset.values_list(*columns))
    exists = [_compiled(reference.values("pk")[:1]) for reference in references]
    statement = _STATEMENT.format(
        references=", ".join(["TRUE", *(f"EXISTS ({reference})" for reference, _ in exists)]),
        rows=sql,
        public_state=_PUBLIC_STATE if is_of_public_state else "",
        public_stamp=_PUBLIC_STAMP if is_of_public_state else "",
        order=_order_by(order, columns, offset=_STATE_COLUMNS + 1 + len(exists) + 1),
    )
    given = [value for _, values in exists for value in values]
    return statement, [*given, _NOBODY, str(SCHEMA_VERSION), *parameters]


def _snapshot(records: list[tuple[Any, ...]], columns: Sequence[str], *, references: int, revision: int) -> Snapshot:
    epoch, sequence, tag = records[0][:_STATE_COLUMNS]
    first = _STATE_COLUMNS + 1 + references
    return Snapshot(
        position=Position(epoch, sequence, revision),
        tag=tag,
        rows=[dict(zip(columns, record[first + 1 :], strict=True)) for record in records if record[first]],
        found=records[0][_STATE_COLUMNS + 1 : first],
    )


def _compiled(queryset: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    try:
        return queryset.query.sql_with_params()
    except EmptyResultSet:
        width = len(queryset.query.values_select) + len(queryset.query.annotation_select)
        return f"SELECT {', '.join(['NULL'] * width)} WHERE FALSE", ()


def _order_by(order: Sequence[str], columns: Sequence[str], *, offset: int) -> str:
    """By the number of the output column, for the same name may stand there twice."""
    terms = []
    for key in order:
        name = key.removeprefix("-")
        terms.append(f"{offset + columns.index(name) + 1} {'DESC' if key != name else 'ASC'}")
    return f"ORDER BY {', '.join(terms)}" if terms else ""


def _execute(statement: str, parameters: list[Any], *, is_planned: bool) -> list[tuple[Any, ...]]:
    """Run a statement with results in binary, in which bytes travel at half the size of PostgreSQL's text.

    Django's own cursor binds in the client and so cannot. It writes the statement out, so that PostgreSQL plans with
    the values at hand, and another one runs it; unless the plan is to be kept.
    """
    if is_planned:
        return planned_rows(statement, parameters, is_binary=True)
    with connection.cursor() as writer:
        text = writer.mogrify(statement, parameters)
    raw = psycopg.Cursor(connection.connection)
    raw.format = psycopg.pq.Format.BINARY
    prepared = connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)
    with prepared as cursor:
        cursor.execute(text)
        return cursor.fetchall()
