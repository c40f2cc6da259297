"""Run the engine over stories from the standard input, with the desk's own gazetteer."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles import desk_gazetteer
from articles.tagging import command


class Command(BaseCommand):
    help = "Find countries, entities and quotations in a story from the standard input, with the desk's gazetteer."

    def add_arguments(self, parser: CommandParser) -> None:
        command.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        status = command.execute(
            desk_gazetteer.current().compiled,
            is_jsonl=options["jsonl"],
            jobs=options["jobs"],
            source=sys.stdin.buffer,
            target=sys.stdout.buffer,
            errors=sys.stderr,
        )
        if status:
            raise SystemExit(status)
