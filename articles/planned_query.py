"""A query set that is written as SQL once in the life of a process, and planned once in that of a connection.

For the few statements behind pages that everybody reads. To write one takes Django, and to plan one takes PostgreSQL,
several times as long as to run it: Django's own cursors bind in the client, so each execution is planned anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import psycopg
from django.db import connection, connections
from django.db.models.query import ModelIterable
from psycopg import sql
from psycopg.types.numeric import Int8BinaryDumper

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.db.models.sql.compiler import SQLCompiler
    from psycopg.abc import Params

# Far from any moment that a statement could mean, one for each parameter of that type.
FIRST_MOMENT = datetime(7000, 1, 1, tzinfo=UTC)
# Before any number of a row.
FIRST_NUMBER = -(2**40)
# Of no version that anybody gives out.
FIRST_UUID = 0xF000 << 112
Parameter = str | int | datetime | UUID
# psycopg prepares what it is told to only where a threshold is set; none is ever this often executed.
NEVER_BY_ITSELF = 2**31
PLACEHOLDER = re.compile(r"%([%s])")


@dataclass(frozen=True)
class PlannedQuery:
    """`build` makes the query set from its parameters, `types` names each of them with its type in PostgreSQL: text,
    uuid, bigint or timestamptz. Whatever else stands in the query set is the same for ever, moments above all, and
    refused there. `is_binary` lets the results travel in binary, half the size for bytes; no JSON may be among them
    then, of which Django reads the text.

    Raises ValueError, at first use, where the query set does not use a parameter or holds a moment of its own.
    """

    build: Callable[..., QuerySet[Any, Any]]
    types: dict[str, str]
    is_binary: bool = False

    def first(self, **parameters: Parameter) -> Any:
        """The first row, as a model with its annotations or as a tuple, as the query set has it; None without any."""
        statement = self._of_first
        rows = planned_rows(statement.text, parameters, is_binary=self.is_binary)
        return statement.read(rows[0]) if rows else None

    def all(self, **parameters: Parameter) -> list[Any]:
        """All rows, each as `first` gives it."""
        statement = self._of_all
        return [statement.read(row) for row in planned_rows(statement.text, parameters, is_binary=self.is_binary)]

    # Written into the object in spite of it being frozen, as cached_property does: threads may write it twice.
    @cached_property
    def _of_first(self) -> _Statement:
        return self._statement(of_first=True)

    @cached_property
    def _of_all(self) -> _Statement:
        return self._statement(of_first=False)

    def _statement(self, *, of_first: bool) -> _Statement:
        # Literals are written as the connection's encoding has them.
        connection.ensure_connection()
        marks = {name: _mark(name, place, self.types[name]) for place, name in enumerate(self.types)}
        rows = self.build(**marks)
        if of_first:
            rows = rows[:1]
        compiler = rows.query.get_compiler(connection=connection)
        template, values = compiler.as_sql()
        # What `values` and `values_list` make of a query set says this alone.
        makes_models = issubclass(rows._iterable_class, ModelIterable)
        return _Statement(self._with_parameters_open(template, values, marks), compiler, makes_models=makes_models)

    def _with_parameters_open(self, template: str, values: tuple[Any, ...], marks: dict[str, Any]) -> str:
        open_parameters = {mark: f"%({name})s::{self.types[name]}" for name, mark in marks.items()}
        if unused := [name for name, mark in marks.items() if mark not in values]:
            raise ValueError(f"The statement has no place for {', '.join(unused)}.")
        if any(isinstance(value, datetime) and value not in open_parameters for value in values):
            raise ValueError("A moment of its own stands in the statement: it would never move on.")
        rest = iter(values)

        def written(match: re.Match[str]) -> str:
            if match[1] == "%":
                return "%%"
            value = next(rest)
            if isinstance(value, Parameter) and value in open_parameters:
                return open_parameters[value]
            return sql.Literal(value).as_string(connection.connection).replace("%", "%%")

        return PLACEHOLDER.sub(written, template)


class _Statement:
    """The text, and how its rows are read."""

    def __init__(self, text: str, compiler: SQLCompiler, *, makes_models: bool) -> None:
        self.text = text
        selected = [expression for expression, *_ in compiler.select or ()]
        self.converters = list(compiler.get_converters(selected).items())
        self.model: type[Model] | None = None
        if makes_models and compiler.klass_info:
            self.model = compiler.klass_info["model"]
            # Where in a row the model's own columns and the annotations stand.
            self.columns = {selected[place].target.attname: place for place in compiler.klass_info["select_fields"]}
            self.annotations = compiler.annotation_col_map or {}

    def read(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for place, (converters, expression) in self.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        if self.model is None:
            return tuple(values)
        found = self.model.from_db("default", list(self.columns), [values[place] for place in self.columns.values()])
        for name, place in self.annotations.items():
            setattr(found, name, values[place])
        return found


def planned_rows(statement: str, parameters: Params, *, is_binary: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a statement whose values the server binds, and whose plan it keeps; in binary where asked for.

    What Django's own cursors do around a statement takes longer than a small one, so here they stand around those that
    are logged alone. Errors are Django's, and so is the refusal to go on where an `atomic` has failed. A statement that
    gives no rows back is run as well. Numbers travel as bigint, whatever their size; an array of them as `array_of`
    writes it, with its type beside it in the statement.
    """
    database = connections["default"]
    database.close_if_health_check_failed()
    database.ensure_connection()
    cursor: Any = _cursor_of(database, is_binary=is_binary)
    if database.queries_logged:
        logged = database.make_debug_cursor(cursor)
        logged.execute(statement, parameters)
        return list(logged.fetchall()) if logged.description else []
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []


def array_of(values: Iterable[int | str]) -> str:
    """Numbers or names as PostgreSQL writes an array of them. psycopg would give it another type for each size of its
    numbers, and the server another plan. A name is one of ours: it needs no marks around it."""
    return f"{{{','.join(map(str, values))}}}"


class _PlanningCursor(psycopg.Cursor[Any]):
    """Binds in the server, and lets it keep the plan."""

    def execute(self, query: Any, params: Params | None = None, **options: Any) -> _PlanningCursor:
        super().execute(query, params, prepare=True, **options)
        if connection.queries_logged:
            # Where Django's log looks for what was sent, with the values in their places; psycopg leaves it empty.
            written = psycopg.ClientCursor(self.connection).mogrify(query, params)
            self._query = _Sent(written.encode())  # type: ignore[assignment]
        return self


class _Sent(NamedTuple):
    query: bytes


def _cursor_of(database: Any, *, is_binary: bool) -> _PlanningCursor:
    """Kept as long as its connection: it knows how to write and to read each type of value then. It holds its last
    result until the next one, less than a page of a list."""
    kept: dict[bool, _PlanningCursor] = database.__dict__.setdefault("planning_cursors", {})
    driver, cursor = database.connection, kept.get(is_binary)
    if cursor is None or cursor.connection is not driver:
        if driver.prepare_threshold is None:
            driver.prepare_threshold = NEVER_BY_ITSELF
        cursor = kept[is_binary] = _PlanningCursor(driver)
        cursor.adapters.register_dumper(int, Int8BinaryDumper)
        cursor.format = psycopg.pq.Format.BINARY if is_binary else psycopg.pq.Format.TEXT
    return cursor


def mark_of(value: Any, place: int) -> Any:
    """What stands for a value while a statement is written, of its type, and nowhere else."""
    if isinstance(value, int):
        return _mark("value", place, "bigint")
    kind = {datetime: "timestamptz", UUID: "uuid"}.get(type(value), "text")
    return _mark("value", place, kind)


def _mark(name: str, place: int, kind: str) -> Parameter:
    """What stands in the query set for a parameter, and nowhere else."""
    if kind == "bigint":
        return FIRST_NUMBER - place
    if kind == "uuid":
        return UUID(int=FIRST_UUID + place)
    if kind == "timestamptz":
        return FIRST_MOMENT + timedelta(microseconds=place)
    return f"parameter {place}: {name}"
