"""Brings the database of the one-command desk up to date; `manage.py demo` runs it before the services."""

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from articles.sweeping import sweep
from newsroom import sign_ins
from newsroom.seeding.invented import DEMONSTRATION, INSTEAD, refuse_in_production


class Command(BaseCommand):
    help = "Migrate, install the queue, make sign-ins and keys, load the seeds, catch up. Prints sign-ins as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_in_production(DEMONSTRATION, instead=INSTEAD)
        for step, command in (("tables", "migrate"), ("queue", "install_queue")):
            self.stderr.write(f"Preparing the {step} …")
            call_command(command, verbosity=0)
        made = sign_ins.make_missing(settings.VAR_DIR)
        sign_ins.make_missing_keys(settings.VAR_DIR)
        self.stderr.write("Loading the seeds …")
        call_command("seed", stdout=self.stderr)
        # What fell due while the desk was shut happens now, and nobody is told that the clock stands still.
        sweep()
        self.stdout.write(json.dumps(made))
