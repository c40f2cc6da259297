"""Take the pictures of docs/screenshots/, on a desk that is started for them and gone afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.screenshots.camera import chromium
from newsroom.screenshots.own_desk import own_desk

FOLDER = settings.BASE_DIR / "docs" / "screenshots"


class Command(BaseCommand):
    help = "Take the pictures of docs/screenshots/, wide and narrow, light and dark, on a desk of the command's own."
    # The database that checks would look at is another desk's.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER)
        parser.add_argument("--only", nargs="*", default=[], help="names of pages, such as home article")
        parser.add_argument("--views", nargs="*", default=[], help="such as wide-light narrow-dark")
        parser.add_argument("--whole-pages", action="store_true", help="from top to foot, not one screen of each")

    def handle(self, *args: Any, **options: Any) -> None:
        chromium()
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "take_screenshots", str(options["folder"])]
        command += ["--whole-pages"] if options["whole_pages"] else []
        for name in ("only", "views"):
            command += [f"--{name}", *options[name]] if options[name] else []
        with own_desk() as environment:
            done = subprocess.run(command, env=environment)
        if done.returncode != 0:
            raise CommandError("Not all pictures were taken; the reason stands above.")
