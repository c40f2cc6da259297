"""Backs the desk up, or says whether a backup is whole."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from articles.models import Heartbeat
from articles.progress import Remarks
from newsroom.backups import HEARTBEAT
from newsroom.backups.checking import check
from newsroom.backups.contents import Manifest, read_manifest
from newsroom.backups.embedded_database import reachable_database
from newsroom.backups.errors import BackupError
from newsroom.backups.making import forget_old, make_backup


class Command(BaseCommand):
    help = (
        "Backs the desk up while it works: the database as it is at one moment, and the pictures that it names. "
        "SECRET_KEY is not in it: keep that elsewhere."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Each backup becomes a new folder in this one.")
        parser.add_argument(
            "--keep", type=_at_least_one, metavar="N", help="Afterwards, delete all but the newest N backups."
        )
        parser.add_argument(
            "--verify", action="store_true", help="FOLDER is one backup: read every byte of it, and say if it is whole."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verify"]:
                self._verify(options["folder"])
            else:
                self._make(options["folder"], options["keep"])
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _verify(self, folder: Path) -> None:
        self._describe(folder, check(folder, say=Remarks(self._say)))

    def _make(self, target: Path, keep: int | None) -> None:
        with reachable_database(connection):
            made = make_backup(target.absolute(), connection, say=self._say)
            # For /metrics. A desk whose tables are not there yet has nowhere to write it.
            with suppress(DatabaseError):
                Heartbeat.beat(HEARTBEAT)
        self._describe(made, read_manifest(made))
        self.stdout.write(
            "SECRET_KEY is not in it: without it, secrets of webhooks and of the wire, and second factors, are lost."
        )
        for path in forget_old(target, keep=keep) if keep else ():
            self.stdout.write(f"Deleted {path.name}")

    def _describe(self, folder: Path, manifest: Manifest) -> None:
        stories = manifest.counts.get("articles_article", 0)
        self.stdout.write(
            f"{folder} is whole: {manifest.site_name} at {manifest.snapshot_at}, {stories:,} stories, "
            f"{manifest.media_files:,} pictures, change {manifest.sequence:,}, PostgreSQL {manifest.server_version}."
        )

    def _say(self, line: str) -> None:
        self.stderr.write(line)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("at least one must be kept")
    return int(text)
