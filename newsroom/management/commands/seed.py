"""Load seeds/: countries, entities, names, dated facts, sections, authors, pictures and the demo stories."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom.seeding import desk, diary, exercises, front_page, gazetteer, relations, stories, storylines


class Command(BaseCommand):
    help = "Load the seeds. What is already there stays as it is, so loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-stories", action="store_true", help="the gazetteer and the desk only")

    def handle(self, *args: Any, **options: Any) -> None:
        rows, facts = gazetteer.load_gazetteer(), relations.load_relations()
        sections, authors, images = desk.load_sections(), desk.load_authors(), desk.load_images()
        self.stdout.write(
            f"Added {rows} rows of the gazetteer, {facts} dated facts, {sections} sections, {authors} authors, "
            f"{images} pictures."
        )
        if not options["without_stories"]:
            exercises.make_exercises()
            loaded = stories.load_stories(progress=self.stdout.write)
            # Only with new stories, so that what an editor clears stays clear.
            places = front_page.arrange_front_page() if loaded else 0
            told = storylines.tell_storylines()
            self.stdout.write(
                f"Added {loaded} stories, filled {places} places of the front page, told {told} storylines, "
                f"{exercises.report_exercises()} facts of exercises, {diary.write_diary()} entries of the diary."
            )
