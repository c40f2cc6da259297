"""Takes the second factors of somebody away who has lost them, where no superuser can sign in to do it."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.accounts import second_factor


class Command(BaseCommand):
    help = "Take the second factors of a person away: their app, passkeys and recovery codes are lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(f"There is no account called “{options['username']}”.")
        if not second_factor.take_away(person, by=None):
            raise CommandError(f"“{person}” has no second factor.")
        self.stdout.write(f"“{person}” has no second factor now, and is asked for a new one where one is required.")
