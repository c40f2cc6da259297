"""Load seeds/: countries, entities, names, sections, authors, pictures and the demo stories."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom.seeding import desk, gazetteer, stories


class Command(BaseCommand):
    help = "Load the seeds. What is already there stays as it is, so loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-stories", action="store_true", help="the gazetteer and the desk only")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = gazetteer.load_gazetteer()
        sections, authors, images = desk.load_sections(), desk.load_authors(), desk.load_images()
        self.stdout.write(
            f"Added {rows} rows of the gazetteer, {sections} sections, {authors} authors, {images} pictures."
        )
        if not options["without_stories"]:
            loaded = stories.load_stories(progress=self.stdout.write)
            self.stdout.write(f"Added {loaded} stories.")
