"""Load seeds/: countries, entities, names, dated facts, sections; and the demo stories with authors and pictures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom.seeding import desk, diary, exercises, front_page, gazetteer, relations, stories, storylines
from newsroom.seeding.invented import refuse_in_production

INSTEAD = "For the gazetteer and the sections alone: manage.py seed --without-stories"


class Command(BaseCommand):
    help = "Load the seeds. What is already there stays as it is, so loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        real = "the gazetteer and the sections only, for a real desk: nothing that is invented"
        parser.add_argument("--without-stories", action="store_true", help=real)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["without_stories"]:
            refuse_in_production("invented stories, authors and pictures", instead=INSTEAD)
        rows, facts, sections = gazetteer.load_gazetteer(), relations.load_relations(), desk.load_sections()
        self.stdout.write(f"Added {rows} rows of the gazetteer, {facts} dated facts, {sections} sections.")
        if not options["without_stories"]:
            self.tell_stories()

    def tell_stories(self) -> None:
        """All that is invented: who writes, what, and where it stands."""
        authors, images = desk.load_authors(), desk.load_images()
        exercises.make_exercises()
        loaded = stories.load_stories(progress=self.stdout.write)
        # Only with new stories, so that what an editor clears stays clear.
        places = front_page.arrange_front_page() if loaded else 0
        told = storylines.tell_storylines()
        self.stdout.write(
            f"Added {authors} authors, {images} pictures, {loaded} stories, filled {places} places of the front page, "
            f"told {told} storylines, {exercises.report_exercises()} facts of exercises, {diary.write_diary()} entries "
            "of the diary."
        )
