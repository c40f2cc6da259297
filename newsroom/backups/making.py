"""Make a backup: beside its place, and moved there whole.

Killed at any line, what is left is called `.newsroom-….unfinished` and goes with the next run. Only one runs in a
folder at a time; old ones are deleted once the new one is whole, and renamed first, so that no half one looks whole.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.progress import Remarks
from newsroom.backups.contents import (
    DUMP,
    FORMAT,
    MANIFEST,
    NAME,
    Manifest,
    digest_of,
    fingerprint_of,
    settle_folder,
    write_sums,
)
from newsroom.backups.errors import BackupError
from newsroom.backups.pictures import Collector
from newsroom.backups.programs import ClientPrograms, hearing_tables, programs_for
from newsroom.backups.snapshot import Snapshot, snapshot_of, tables_not_kept
from newsroom.backups.unfinished import RESTORE_SCHEMA

LOCK = ".newsroom-backups.lock"
NO_DESK = (
    "There is no desk in the database {database}: nothing was backed up, nothing deleted. Was the environment of the "
    "desk read, with DATABASE_URL in it?"
)
UNFINISHED, GOING = ".unfinished", ".going"
NOT_OURS = ("pgmq", RESTORE_SCHEMA)


def make_backup(
    target: Path, connection: BaseDatabaseWrapper, *, say: Callable[[str], None] = lambda line: None
) -> Path:
    """Backs the desk up into a new folder of `target`, and returns that.

    Raises:
        BackupError: it could not be made whole; nothing new is there then.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        with _only_one(target):
            _clear_up(target)
            return _make(target, connection, say)
    except OSError as error:
        raise BackupError(f"The backup could not be written to {target}: {error.strerror or error}.") from error
    except psycopg.Error as error:
        raise BackupError(f"The database cannot be backed up: {error}") from error


def backups_in(target: Path) -> list[Path]:
    """The whole ones, oldest first."""
    return sorted(path for path in target.iterdir() if NAME.fullmatch(path.name) and (path / MANIFEST).is_file())


def forget_old(target: Path, *, keep: int) -> list[Path]:
    """Deletes all but the newest `keep`; returns those that went. Raises BackupError where they cannot be deleted."""
    try:
        with _only_one(target):
            old = backups_in(target)[:-keep]
            for path in old:
                path.rename(path.with_name(f".{path.name}{GOING}"))
            _clear_up(target)
    except OSError as error:
        raise BackupError(f"The new backup is whole, but old ones could not be deleted: {error}.") from error
    return old


@contextmanager
def _only_one(target: Path) -> Iterator[None]:
    with (target / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another backup is writing to {target}: wait for its end.") from None
        yield


def _clear_up(target: Path) -> None:
    """What killed runs left."""
    for end in (UNFINISHED, GOING):
        for path in target.glob(f".newsroom-*{end}"):
            shutil.rmtree(path)


def _make(target: Path, connection: BaseDatabaseWrapper, say: Callable[[str], None]) -> Path:
    final, draft = _new_places(target)
    draft.mkdir(mode=0o700)
    try:
        _fill(draft, connection, before=next(reversed(backups_in(target)), None), say=say)
        draft.rename(final)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    settle_folder(target)
    return final


def _new_places(target: Path) -> tuple[Path, Path]:
    """Where it will be, and where it is until it is whole. Names have whole seconds."""
    while True:
        final = target / f"newsroom-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        draft = final.with_name(f".{final.name}{UNFINISHED}")
        if not final.exists() and not draft.exists():
            return final, draft
        time.sleep(0.1)


def _fill(draft: Path, connection: BaseDatabaseWrapper, *, before: Path | None, say: Callable[[str], None]) -> None:
    with snapshot_of(connection) as snapshot:
        if not snapshot.migrations:
            raise BackupError(NO_DESK.format(database=connection.settings_dict["NAME"]))
        programs = programs_for(server=snapshot.server_major)
        say(f"The database as it was at {snapshot.at:%H:%M:%S} UTC, with pg_dump {programs.version}")
        _dump(draft / DUMP, programs, connection, snapshot, say)
    pictures = Collector(draft, before=before)
    if settings.MEDIA_BUCKET:
        say("Pictures: not in this backup. They stay in their bucket: let it keep versions, and copy it elsewhere.")
    else:
        say(f"Pictures: {len(snapshot.files):,}")
        pictures.collect(snapshot.files, say=Remarks(say))
    _warn(pictures, say)
    _manifest(snapshot, programs, pictures).write(draft)
    sums = pictures.sums | {name: digest_of(draft / name) for name in (DUMP, MANIFEST)}
    write_sums(draft, sums)
    settle_folder(draft)


def _dump(
    file: Path,
    programs: ClientPrograms,
    connection: BaseDatabaseWrapper,
    snapshot: Snapshot,
    say: Callable[[str], None],
) -> None:
    """pg_dump puts the file on the disk itself before it ends."""
    file.touch(mode=0o600)
    shape = ["--format=custom", f"--file={file}", f"--snapshot={snapshot.name}", "--verbose", "--no-password"]
    without = ["--no-owner", "--no-privileges", "--no-publications", "--no-subscriptions"]
    without += [f"--exclude-schema={schema}" for schema in NOT_OURS]
    without += [f"--exclude-table-data=public.{table}" for table in tables_not_kept()]
    programs.run("pg_dump", *shape, *without, on=connection, hear=hearing_tables(Remarks(say)))


def _warn(pictures: Collector, say: Callable[[str], None]) -> None:
    for names, what in (
        (pictures.missing, "missing from MEDIA_ROOT and from the backup"),
        (pictures.damaged, "not what was uploaded: damaged on the disk"),
    ):
        if names:
            some = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
            say(f"WARNING: pictures {what} ({len(names):,}): {some}")


def _manifest(snapshot: Snapshot, programs: ClientPrograms, pictures: Collector) -> Manifest:
    return Manifest(
        format=FORMAT,
        site_name=settings.SITE_NAME,
        site_url=settings.SITE_URL,
        snapshot_at=snapshot.at.astimezone(UTC).isoformat(timespec="seconds"),
        server_version=snapshot.server_version,
        server_major=snapshot.server_major,
        pg_dump_version=programs.version,
        pg_dump_major=programs.major,
        migrations=snapshot.migrations,
        counts=snapshot.counts,
        epoch=snapshot.epoch,
        sequence=snapshot.sequence,
        database_bytes=snapshot.database_bytes,
        media_files=len(pictures.sums),
        media_bytes=pictures.bytes,
        media_missing=pictures.missing,
        secret_key_fingerprint=fingerprint_of(settings.SECRET_KEY),
    )
