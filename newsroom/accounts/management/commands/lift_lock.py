"""Lets somebody who guessed wrong too often sign in again at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.accounts.locks import lift_lock


class Command(BaseCommand):
    help = "Let somebody who is locked out of signing in try again at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--address", help="Only what was counted from this address; without it, from all.")

    def handle(self, *args: Any, **options: Any) -> None:
        name, address = options["username"], options["address"]
        if not lift_lock(name, by=None, address=address):
            raise CommandError(f"Nothing is counted against “{name}”: check the name and the address.")
        self.stdout.write(f"“{name}” may sign in again.")
