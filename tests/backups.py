"""What tests of backups need: a second database, and the whole content of one to compare."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from newsroom.backups.snapshot import NOT_KEPT
from newsroom.embedded import ROOT
from tests import databases

_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"


def manage(*arguments: str, url: str = "", **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs manage.py in a process of its own, on the database of the test or on another one."""
    whole = options.pop("env", os.environ)
    environment = whole | options.pop("environment", {}) | ({"DATABASE_URL": url} if url else {})
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, **options)


def content_of(url: str, snapshot: str = "") -> dict[str, list[str]]:
    """Every row of every table as text, perhaps as it was at a snapshot that somebody holds."""
    with psycopg.connect(url) as own:
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        if snapshot:
            own.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        tables = [table for (table,) in own.execute(_TABLES).fetchall() if table not in NOT_KEPT]
        own.execute("SET LOCAL search_path = public")
        query = sql.SQL("SELECT row::text FROM {} AS row ORDER BY 1")
        return {
            table: [row for (row,) in own.execute(query.format(sql.Identifier(table))).fetchall()] for table in tables
        }


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database without anything, on the server of the tests."""
    name = f"{databases.own_name()}_restored"
    with databases.maintenance() as server:
        databases.drop(server, name)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield databases.url_of(name)
    with databases.maintenance() as server:
        databases.drop(server, name)


@pytest.fixture
def on_database() -> Callable[[str], Any]:
    """Lets this process ask another database for the length of a block."""

    @contextmanager
    def asking(url: str) -> Iterator[None]:
        own = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = url.partition("?")[0].rpartition("/")[2]
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own

    return asking


def files_under(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
