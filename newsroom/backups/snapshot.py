"""The database at one moment, held still for as long as a backup reads it, while everybody goes on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import FileField
from psycopg import sql

# Rows that are not kept: who is signed in, which addresses asked in the last minutes. Who had signed out, or was put
# out, by the time of a restore must not come back in with it.
NOT_KEPT = ("django_session", "partners_anonymoususage")
_MOMENT = """
SELECT pg_export_snapshot(), clock_timestamp(), current_setting('server_version'),
    current_setting('server_version_num')::int / 10000, pg_database_size(current_database())
"""
_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL(%s) ORDER BY relname
"""


@dataclass(frozen=True)
class Snapshot:
    """What was there at that moment. `name` is PostgreSQL's, for pg_dump."""

    name: str
    at: datetime
    server_version: str
    server_major: int
    database_bytes: int
    counts: dict[str, int]
    migrations: dict[str, list[str]]
    epoch: str
    sequence: int
    files: list[str]


@contextmanager
def snapshot_of(connection: BaseDatabaseWrapper) -> Iterator[Snapshot]:
    """Raises psycopg's errors where the database cannot be reached or read."""
    with psycopg.connect(**connection.get_connection_params()) as own:
        own.isolation_level, own.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        # It is idle while pg_dump works.
        own.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield _read(own)


def _read(own: psycopg.Connection[Any]) -> Snapshot:
    name, at, version, major, size = own.execute(_MOMENT).fetchall()[0]
    tables = [table for (table,) in own.execute(_TABLES, [list(tables_not_kept())]).fetchall()]
    epoch, sequence = _position(own) if "articles_changecounter" in tables else ("", 0)
    return Snapshot(
        name=name,
        at=at,
        server_version=version,
        server_major=major,
        database_bytes=size,
        counts={table: _count(own, table) for table in tables},
        migrations=_migrations(own) if "django_migrations" in tables else {},
        epoch=epoch,
        sequence=sequence,
        files=_files(own, set(tables)),
    )


def tables_not_kept() -> tuple[str, ...]:
    """With those of a cache in the database."""
    caches = [cache["LOCATION"] for cache in settings.CACHES.values() if cache["BACKEND"].endswith(".DatabaseCache")]
    return (*NOT_KEPT, *caches)


def _count(own: psycopg.Connection[Any], table: str) -> int:
    counted = own.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))).fetchall()
    return int(counted[0][0])


def _migrations(own: psycopg.Connection[Any]) -> dict[str, list[str]]:
    applied: dict[str, list[str]] = {}
    for app, name in own.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name").fetchall():
        applied.setdefault(app, []).append(name)
    return applied


def _position(own: psycopg.Connection[Any]) -> tuple[str, int]:
    row = own.execute("SELECT epoch, sequence FROM public.articles_changecounter").fetchone()
    return (str(row[0]), int(row[1])) if row else ("", 0)


def _files(own: psycopg.Connection[Any], tables: set[str]) -> list[str]:
    """Everything that a row names as its file."""
    named: set[str] = set()
    for model in apps.get_models():
        columns = [str(field.column) for field in model._meta.get_fields() if isinstance(field, FileField)]
        for column in columns if model._meta.db_table in tables else ():
            query = sql.SQL("SELECT {} FROM public.{} WHERE {} <> ''").format(
                sql.Identifier(column), sql.Identifier(model._meta.db_table), sql.Identifier(column)
            )
            named |= {name for (name,) in own.execute(query).fetchall()}
    return sorted(named)
