"""Installs the message queue into the database, where the database is the broker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from newsroom import broker


class Command(BaseCommand):
    help = "Install the pgmq message queue into the database (once; run again without harm)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not broker.is_ours():
            self.stdout.write("CELERY_BROKER_URL names another broker: nothing to install.")
            return
        try:
            is_new = broker.install(connection)
        except broker.QueueVersionError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            self.stdout.write("The queue is installed." if is_new else "The queue was installed already.")
