"""Make the sizes of pictures now, not when the worker comes to it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.models import Image
from articles.pictures.rendering import render_again, render_next
from articles.progress import Progress


class Command(BaseCommand):
    help = (
        "Make the sizes of pictures that wait for them, here and now. With --again those of every picture, as when "
        "files were lost."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="of every picture, those that failed included")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            render_again(Image.objects.all())
        progress = Progress(sys.stderr, what="pictures")
        while render_next():
            progress.advance()
        progress.clear()
        failed = Image.objects.exclude(rendering_problem="").count()
        self.stdout.write(
            f"Looked at {progress.done:,} pictures; {failed:,} could not be read: see Lacks in the picture library."
        )
