"""Import stories from files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importing import MAXIMUM_BYTES, ImportResult, import_story
from articles.management.accounts import person_named
from articles.models import Section
from articles.states import Refused


class Command(BaseCommand):
    help = "Import stories from plain-text or HTML files as drafts, or straight to publication with --publish."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--headline", default="", help="for a single file without one of its own")
        parser.add_argument("--section", default="", help="the section's slug, such as land")
        parser.add_argument("--publish", action="store_true", help="submit, approve and publish as well")
        parser.add_argument("--by", default="", metavar="USERNAME", help="in whose name; default: the import desk")

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[Path] = options["files"]
        if options["headline"] and len(files) > 1:
            raise CommandError("--headline goes with one file; import the others without it.")
        section = self._section(options["section"])
        by = person_named(options["by"])
        refused = 0
        for path in files:
            try:
                result = import_story(
                    self._read(path),
                    by=by,
                    filename=path.name,
                    headline=options["headline"],
                    section=section,
                    publish=options["publish"],
                )
            except (Refused, OSError) as error:
                refused += 1
                self.stderr.write(f"{path}: {getattr(error, 'message', None) or error}")
            else:
                self.stdout.write(f"{path}: {describe(result)}")
        if refused:
            raise CommandError(f"{refused} of {len(files)} not imported.")

    def _read(self, path: Path) -> bytes:
        # One byte more than the limit is enough to refuse a file of any size.
        with path.open("rb") as file:
            return file.read(MAXIMUM_BYTES + 1)

    def _section(self, slug: str) -> Section | None:
        if not slug:
            return None
        section = Section.objects.filter(slug=slug).first()
        if section is None:
            known = ", ".join(Section.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no section “{slug}”. The sections are: {known}.")
        return section


def describe(result: ImportResult) -> str:
    """One line for the operator: what it became, how long it is, what it lacks."""
    article = result.article
    state = article.get_pub_state_display() if article.version else article.get_work_state_display()
    verb = "imported" if result.is_new else "already here"
    words = article.revision.word_count if article.revision else 0
    notes = f" {' '.join(result.warnings)}" if result.warnings else ""
    return f"{verb} as story {article.pk} ({state}), {words} words.{notes}"
