"""Restores a backup into an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from newsroom.backups.contents import Manifest, fingerprint_of
from newsroom.backups.embedded_database import reachable_database
from newsroom.backups.errors import BackupError
from newsroom.backups.restoring import restore

NEXT = """The desk is as it was at {at}. The change log has a new epoch: every partner is told to begin again.

Before readers and partners see it again, repeat what was decided after that moment, for it is undone:
  - stories killed, withdrawn or corrected since
  - API keys and preview links revoked, webhooks switched off, accounts closed, passwords changed since
  - sealed text erased on an order since (manage.py erase)
Then: manage.py migrate, and start web, worker, sender and beat. The sweep sends for tagging what is missing.
Everybody has to sign in again. Endpoints that send to partners: {endpoints}. On a copy for a test, run no sender."""


class Command(BaseCommand):
    help = (
        "Restores a backup into an empty database and the folder of pictures. Every file is checked before anything is "
        "touched; the database is restored whole or not at all. Stop web, worker, sender and beat first."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="The folder of one backup.")
        parser.add_argument("--replace", action="store_true", help="Throw away what is in the database now.")
        parser.add_argument("--yes", action="store_true", help="With --replace: ask nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with reachable_database(connection, alone=True):
                if options["replace"] and not options["yes"]:
                    self._ask()
                folder = options["backup"].absolute()
                manifest = restore(folder, connection, replace=options["replace"], say=self.stderr.write)
                self._say_what_is_next(manifest)
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _ask(self) -> None:
        name = connection.settings_dict["NAME"]
        try:
            answer = input(f"Everything in the database {name} will be lost. Type its name to go on: ")
        except EOFError:
            answer = ""
        if answer.strip() != name:
            raise CommandError("Nothing was done.")

    def _say_what_is_next(self, manifest: Manifest) -> None:
        endpoints = manifest.counts.get("partners_webhookendpoint", 0)
        self.stdout.write(NEXT.format(at=manifest.snapshot_at, endpoints=endpoints))
        if manifest.media_missing:
            self.stdout.write(f"Without their files since before the backup: {', '.join(manifest.media_missing)}")
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        if manifest.secret_key_fingerprint not in map(fingerprint_of, keys):
            self.stdout.write(
                "WARNING: SECRET_KEY is not the one of the backup. What it sealed (webhooks, wire, second factors) is "
                "unreadable until it stands in SECRET_KEY_FALLBACKS; then run manage.py reseal_secrets."
            )
