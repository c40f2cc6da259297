"""Write the description of the API to docs/openapi.json."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from newsroom.api.views import description


class Command(BaseCommand):
    help = "Write the OpenAPI description to docs/openapi.json, where a test compares it."

    def handle(self, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "openapi.json"
        path.write_bytes(description())
        self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}.")
