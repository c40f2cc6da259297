"""A dump into the database, whole or not at all.

pg_restore writes SQL, psql reads it, and we stand between: psql is given BEGIN, then what pg_restore writes, then what
a restored desk must not be without, then the counts of the manifest to compare, then COMMIT. Where anything fails, or
any of the three is killed, psql never hears COMMIT.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from newsroom.backups.contents import DUMP, PIECE, Manifest
from newsroom.backups.errors import BackupError
from newsroom.backups.programs import KNOWS_TRANSACTION_TIMEOUT, ClientPrograms, listen
from newsroom.backups.snapshot import tables_not_kept
from newsroom.backups.unfinished import RESTORE_SCHEMA

# A table that somebody else holds is not waited for long. Messages of another time are about other rows.
BEGIN = "BEGIN; SET LOCAL lock_timeout = '20s';\nDROP SCHEMA IF EXISTS pgmq CASCADE;\n"
# The schema as a new database has it.
EMPTY = """
DROP SCHEMA IF EXISTS {restore};
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
# Changes made after the backup are gone, and their numbers will be given out again: the new epoch tells partners to
# begin again. Nobody is sending any more, whatever leases say.
AFTER = """
SET LOCAL search_path = public;
SET LOCAL statement_timeout = 0;
DO $newsroom$ BEGIN
    IF to_regclass('articles_changecounter') IS NOT NULL THEN
        INSERT INTO articles_changecounter (id, sequence, epoch) VALUES (1, 0, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET epoch = gen_random_uuid();
    END IF;
    IF to_regclass('partners_webhookendpoint') IS NOT NULL THEN
        UPDATE partners_webhookendpoint SET removals_leased_until = NULL, upserts_leased_until = NULL;
    END IF;
END $newsroom$;
CREATE SCHEMA {restore};
COMMENT ON SCHEMA {restore} IS {name};
"""
COUNTED = """
DO $newsroom$ BEGIN
    IF (SELECT count(*) FROM public.{table}) <> {count} THEN
        RAISE EXCEPTION 'the table % has not the % rows of the backup', {name}, {count};
    END IF;
END $newsroom$;
"""


def load(
    folder: Path,
    manifest: Manifest,
    programs: ClientPrograms,
    connection: BaseDatabaseWrapper,
    *,
    replace: bool,
    hear: Callable[[str], None],
) -> None:
    """Raises BackupError with what PostgreSQL said; the database is then as it was."""
    quiet = ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    with programs.start("psql", *quiet, "--file=-", on=connection, stdin=subprocess.PIPE) as psql:
        said = _Said(psql)
        assert psql.stdin is not None
        try:
            psql.stdin.write((BEGIN + (_emptied() if replace else "")).encode())
            _pass_on(folder / DUMP, programs, connection, psql.stdin, hear)
            psql.stdin.write((_after(folder.name) + _counted(manifest) + "COMMIT;\n").encode())
            psql.stdin.close()
        except BrokenPipeError:
            # psql has ended before us, and has said why.
            _let_go(psql.stdin)
        except BaseException:
            psql.kill()
            _let_go(psql.stdin)
            raise
        reason = said.to_the_end()
    if psql.returncode != 0:
        raise BackupError(f"Nothing was restored, the database is as it was. psql said:\n{reason}")


def _pass_on(
    dump: Path,
    programs: ClientPrograms,
    connection: BaseDatabaseWrapper,
    into: IO[bytes],
    hear: Callable[[str], None],
) -> None:
    arguments = ["--file=-", "--no-owner", "--no-privileges", "--verbose", str(dump)]
    with programs.start(
        "pg_restore", *arguments, on=connection, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as source:
        said = _Said(source, hear)
        assert source.stdout is not None
        try:
            beginning = source.stdout.read(PIECE)
            into.write(_understood(beginning, connection))
            while piece := source.stdout.read(PIECE):
                into.write(piece)
        except BaseException:
            source.kill()
            raise
        reason = said.to_the_end()
    if source.returncode != 0:
        raise BackupError(f"Nothing was restored, the database is as it was. pg_restore said:\n{reason}")


def _let_go(stream: IO[bytes]) -> None:
    """What was not taken must not be sent after who has ended."""
    with suppress(BrokenPipeError):
        stream.close()


class _Said:
    """Reads beside us what a program says, lest it wait for us to read."""

    def __init__(self, process: subprocess.Popen[bytes], hear: Callable[[str], None] = lambda line: None) -> None:
        self.last = ""
        self.thread = Thread(target=self._listen, args=(process.stderr, hear), daemon=True)
        self.thread.start()

    def _listen(self, stream: IO[bytes] | None, hear: Callable[[str], None]) -> None:
        self.last = listen(stream, hear)

    def to_the_end(self) -> str:
        self.thread.join()
        return self.last


def _understood(beginning: bytes, connection: BaseDatabaseWrapper) -> bytes:
    """Newer programs begin with a setting that older servers do not know."""
    if connection.pg_version // 10_000 >= KNOWS_TRANSACTION_TIMEOUT:  # type: ignore[attr-defined]
        return beginning
    return beginning.replace(b"SET transaction_timeout = 0;\n", b"", 1)


def _emptied() -> str:
    return EMPTY.format(restore=RESTORE_SCHEMA)


def _after(name: str) -> str:
    return AFTER.format(restore=RESTORE_SCHEMA, name=sql.Literal(name).as_string())


def _counted(manifest: Manifest) -> str:
    kept = {table: count for table, count in manifest.counts.items() if table not in tables_not_kept()}
    # A desk without a single change had no counter, and has one now.
    kept.pop("articles_changecounter", None)
    return "".join(
        COUNTED.format(table=sql.Identifier(table).as_string(), name=sql.Literal(table).as_string(), count=int(count))
        for table, count in kept.items()
    )
