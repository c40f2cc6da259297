"""Write the description of the API to docs/openapi.json, and what of it partners were promised."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.api.breaking import breaking_changes
from newsroom.api.views import description


class Command(BaseCommand):
    help = "Write the OpenAPI description to docs/openapi.json, where a test compares it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--promise",
            action="store_true",
            help="with a release: promise all of it to partners, in docs/openapi-promised.json. Refused where that "
            "would break what was promised before.",
        )

    def handle(self, *, promise: bool, **options: Any) -> None:
        written = settings.BASE_DIR / "docs" / "openapi.json"
        promised = settings.BASE_DIR / "docs" / "openapi-promised.json"
        written.write_bytes(description())
        self.stdout.write(f"Wrote {written.relative_to(settings.BASE_DIR)}.")
        broken = breaking_changes(json.loads(promised.read_bytes()), json.loads(description()))
        if broken:
            raise CommandError("This breaks what partners have built on:\n  " + "\n  ".join(broken))
        if promise:
            promised.write_bytes(description())
            self.stdout.write(f"Promised all of it, in {promised.relative_to(settings.BASE_DIR)}.")
