"""What is invented is for trying out: the commands that write it are refused where readers are real."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import CommandError

DEMONSTRATION = "a demonstration: invented stories, and three accounts whose passwords stand in a file"
INSTEAD = "How a desk for real work is set up: docs/operations.md"


def refuse_in_production(what: str, *, instead: str) -> None:
    """Raises CommandError with PRODUCTION. `what` would come upon the site; `instead` is a sentence on what to do."""
    if settings.PRODUCTION:
        raise CommandError(f"PRODUCTION is on, and the site would get {what}. Nothing was done. {instead}")
