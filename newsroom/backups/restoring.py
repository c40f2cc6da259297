"""Bring a backup back: look at everything first, then the pictures, then the database in one transaction.

Until that transaction commits, the database is what it was; from then on it says itself, by a schema of that name,
that a restore is not finished, until the last step is done. Killed anywhere, the same command begins again or goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from articles.progress import Remarks
from newsroom import broker
from newsroom.backups.checking import check
from newsroom.backups.contents import MEDIA, Manifest, digest_of, read_sums, settle_folder
from newsroom.backups.errors import BackupError
from newsroom.backups.loading import load
from newsroom.backups.programs import hearing_tables, programs_for
from newsroom.backups.unfinished import RESTORE_SCHEMA, unfinished_restore

# Any number will do that nobody else locks.
RESTORE_LOCK = 5_112_035
_OTHERS = """
SELECT application_name, count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
GROUP BY application_name ORDER BY application_name
"""
_RIGHTS = """
SELECT has_database_privilege(current_database(), 'CREATE'), has_schema_privilege('public', 'CREATE'),
    pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'public'
"""
_TABLES = (
    "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
)


def restore(
    folder: Path,
    connection: BaseDatabaseWrapper,
    *,
    replace: bool = False,
    say: Callable[[str], None] = lambda line: None,
) -> Manifest:
    """The desk as it was at the backup, with a new epoch of the change log.

    Raises:
        BackupError: it cannot be restored; database and pictures are as they were, unless the text says otherwise.
    """
    say("Checking every file of the backup")
    manifest = check(folder, say=Remarks(say))
    _require_known_migrations(manifest)
    try:
        with _only_one(connection):
            if unfinished_restore(connection) == folder.name:
                say("The restore of this backup was cut short after the database was in place: going on there.")
            else:
                _bring_back(folder, manifest, connection, replace=replace, say=say)
            _finish(connection, say)
    except (DatabaseError, psycopg.Error) as error:
        raise BackupError(f"The database refused: {error}".strip()) from error
    return manifest


@contextmanager
def _only_one(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Two at once would wait for each other in the middle; the server lets go of the lock however we end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [RESTORE_LOCK])
        if not cursor.fetchone()[0]:
            raise BackupError("Another restore is at this database: wait for its end.")
    try:
        yield
    finally:
        connection.close()


def _bring_back(
    folder: Path, manifest: Manifest, connection: BaseDatabaseWrapper, *, replace: bool, say: Callable[[str], None]
) -> None:
    server = connection.pg_version // 10_000  # type: ignore[attr-defined]
    if server < manifest.server_major:
        raise BackupError(
            f"The backup is of PostgreSQL {manifest.server_version}, this server is PostgreSQL {server}: restore it "
            f"to a server of version {manifest.server_major} or newer."
        )
    programs = programs_for(server=server, reading=manifest.pg_dump_major)
    _require_room(connection, replace=replace)
    try:
        _require_space(manifest)
        _bring_pictures(folder, say)
    except OSError as error:
        raise BackupError(f"Pictures could not be written to {settings.MEDIA_ROOT}: {error}.") from error
    say(f"The database, with pg_restore {programs.version}")
    load(folder, manifest, programs, connection, replace=replace, hear=hearing_tables(Remarks(say)))


def _require_known_migrations(manifest: Manifest) -> None:
    on_disk = MigrationLoader(None).disk_migrations
    known = {*on_disk, *(replaced for migration in on_disk.values() for replaced in migration.replaces)}
    unknown = [
        f"{app}.{name}" for app, names in manifest.migrations.items() for name in names if (app, name) not in known
    ]
    if unknown:
        raise BackupError(
            f"The backup was made by another version of Newsroom, whose migrations this one lacks: "
            f"{', '.join(sorted(unknown)[:5])}. Restore it with that version or a newer one."
        )


def _require_room(connection: BaseDatabaseWrapper, *, replace: bool) -> None:
    """An empty database, or leave to empty it; nobody else at it; and the rights that it takes."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = cursor.fetchone()[0]
        cursor.execute(_RIGHTS)
        may_create_schemas, may_create_tables, owns_schema = cursor.fetchone()
        cursor.execute(_OTHERS)
        others = [f"{count} × {name or 'unnamed'}" for name, count in cursor.fetchall()]
    database = connection.settings_dict["NAME"]
    if tables and not replace:
        raise BackupError(
            f"The database {database} is not empty ({tables} tables). Name an empty one in DATABASE_URL, or give "
            "--replace: everything in it is then lost."
        )
    if not (may_create_schemas and may_create_tables) or (replace and tables and not owns_schema):
        raise BackupError(
            f"The role {connection.settings_dict['USER']} may not make schemas and tables in {database}: let it own "
            f'the database (ALTER DATABASE "{database}" OWNER TO …), or name the role that does in DATABASE_URL.'
        )
    if others:
        raise BackupError(
            f"Others are connected to {database}: {', '.join(others)}. Stop web, worker, sender and beat first."
        )


def _require_space(manifest: Manifest) -> None:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(root).free
    if free < manifest.media_bytes:
        raise BackupError(
            f"The pictures take {manifest.media_bytes:,} bytes, and {root} has room for {free:,}: make room first."
        )


def _bring_pictures(folder: Path, say: Callable[[str], None]) -> None:
    """Those that are there already stay; each arrives whole or not at all. No row names them yet."""
    sums = {path: digest for path, digest in read_sums(folder).items() if path.startswith(f"{MEDIA}/")}
    say(f"Pictures: {len(sums):,}")
    remark = Remarks(say)
    touched = set()
    for number, (path, digest) in enumerate(sums.items(), 1):
        remark(f"Picture {number:,} of {len(sums):,}")
        target = Path(settings.MEDIA_ROOT) / Path(path).relative_to(MEDIA)
        if target.exists() and digest_of(target) == digest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.restored")
        digest_of(folder / path, copy_to=draft)
        draft.replace(target)
        touched.add(target.parent)
    for parent in sorted(touched):
        settle_folder(parent)


def _finish(connection: BaseDatabaseWrapper, say: Callable[[str], None]) -> None:
    """What the database needs besides its rows. Every step may be done twice; the last one says that all are done."""
    say("The queue, and what the planner needs to know")
    if broker.is_ours():
        broker.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"DROP SCHEMA {RESTORE_SCHEMA}")
