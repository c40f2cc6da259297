"""The whole desk with one command: database, web, worker, sender and beat."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.desk import Desk, DeskError
from newsroom.postgres_programs import EmbeddedDatabaseError
from newsroom.seeding.invented import DEMONSTRATION, INSTEAD, refuse_in_production
from newsroom.supervisor import ServiceFailed


class Command(BaseCommand):
    help = "Run the desk with demonstration data: database, web server, worker, sender and beat. Ctrl-C stops it."
    # The database that checks would look at does not run yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = int(os.environ.get("PORT") or 8000)
        parser.add_argument("--port", type=int, default=port, help="port of the web server; also as PORT")
        reset = "delete what earlier runs left, and start afresh"
        parser.add_argument("--reset", action="store_true", help=reset)

    def handle(self, *args: Any, **options: Any) -> None:
        # Before --reset deletes anything.
        refuse_in_production(DEMONSTRATION, instead=INSTEAD)
        try:
            Desk(settings.VAR_DIR, options["port"]).run(reset=options["reset"])
        except (DeskError, EmbeddedDatabaseError, ServiceFailed) as error:
            raise CommandError(str(error)) from error
