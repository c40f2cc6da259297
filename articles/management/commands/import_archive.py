"""Import an archive of stories that were published elsewhere, from lines of JSON."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, OperationalError, connection

from articles import archive_format, archive_ninjs, term_frequencies
from articles.archive import Outcome, import_archive
from articles.archive_format import LONGEST_SOURCE, ArchiveStory, read_archive_story
from articles.archive_ninjs import Defaults, read_ninjs_story
from articles.archive_versions import Versions
from articles.counted_nouns import count_of, count_of_stories
from articles.management.accounts import person_named
from articles.progress import Progress
from articles.retagging import never_read
from articles.story_files import UnreadableStory

# One transaction, in which the stories that are linked to wait for nobody else.
BATCH = 100
# How often a batch is begun again after somebody else held what it needed.
TRIES = 3
# More would hide each other; all are counted.
LINES_TOLD = 20
VERSIONS_OF = {"jsonl": archive_format.version_of, "ninjs": archive_ninjs.version_of}


class Command(BaseCommand):
    help = (
        "Import an archive: lines of JSON, a live story each, with its tags, quotations and related stories. Can be "
        "stopped anywhere and started again: what is here already is left as it is. docs/importing.md has the format."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="lines of JSON; - reads standard input")
        parser.add_argument("--source", required=True, help="the archive's name, such as old-site; part of each id")
        parser.add_argument("--by", default="", metavar="USERNAME", help="in whose name; default: the import desk")
        parser.add_argument(
            "--format", choices=("jsonl", "ninjs"), default="jsonl", help="of each line; default: jsonl"
        )
        parser.add_argument("--section", default="", help="of ninjs: of a story that names none of ours")
        parser.add_argument("--author", default="", help="of ninjs: of a story that nobody signed")
        parser.add_argument("--share", default="1/1", metavar="N/M", help="the Nth of M shares, to use M processors")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["by"])
        source = options["source"]
        if not source.strip() or len(source) > LONGEST_SOURCE or "/" in source or not source.isprintable():
            raise CommandError(
                f"“{source}” is no name of an archive: take up to {LONGEST_SOURCE} characters, no stroke."
            )
        self.read = _reader(options)
        own, shares = _share(options["share"])
        self.counted: Counter[str] = Counter()
        with self._opened(options["file"]) as self.file:
            progress = Progress(sys.stderr, None if options["file"] == Path("-") else self.file)
            batches = _batches(progress.watch(self._weighed(self.file, options["format"])))
            for place, batch in enumerate(batches):
                if place % shares != own:
                    continue
                stories = self._read(batch, progress)
                for outcome in self._import(list(stories.values()), source=source, by=person):
                    progress.advance()
                    self._count(stories, outcome, progress)
                self._take_stock()
            progress.clear()
        self._report()

    def _weighed(self, file: IO[bytes], form: str) -> Iterable[tuple[int, bytes]]:
        """The numbered lines of a file, once it is known which of them have the newest version of each story."""
        lines = enumerate(file, start=1)
        if not file.seekable():
            self.versions = Versions.of_pipe(VERSIONS_OF[form])
            return self.versions.watch(lines)
        self.versions = Versions(VERSIONS_OF[form])
        beginning = file.tell()
        deque(self.versions.watch(lines, begins_at=beginning), maxlen=0)
        file.seek(beginning)
        return enumerate(file, start=1)

    def _take_stock(self) -> None:
        """Whenever the archive has doubled, of its terms and of what the planner knows of its tables. The sweep and
        autovacuum would do so, too; a long import has grown a thousandfold before they come to it."""
        if term_frequencies.is_refresh_due():
            term_frequencies.refresh()
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _opened(self, path: Path) -> IO[bytes]:
        if path == Path("-"):
            return sys.stdin.buffer
        try:
            return path.open("rb")
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error

    def _read(self, batch: Iterable[tuple[int, bytes]], progress: Progress) -> dict[int, ArchiveStory]:
        stories = {}
        for number, line in self._chosen(batch, progress):
            try:
                stories[number] = self.read(line)
            except UnreadableStory as error:
                self._tell("refused", number, error.message, progress)
        return stories

    def _chosen(self, batch: Iterable[tuple[int, bytes]], progress: Progress) -> Iterator[tuple[int, bytes]]:
        """The newest version of each story whose first line is in this batch, wherever its own is: the first line alone
        says which share imports it. What is left out is told where it stands."""
        for number, line in batch:
            if (taken := self.versions.taken_for(number)) is None:
                yield number, line
                continue
            if number != taken.number:
                self._leave_out(number, taken.number, progress)
            if number == taken.place:
                yield taken.number, self._line_at(taken.begins_at)

    def _line_at(self, begins_at: int) -> bytes:
        here = self.file.tell()
        self.file.seek(begins_at)
        line = self.file.readline()
        self.file.seek(here)
        return line

    def _leave_out(self, number: int, taken: int, progress: Progress) -> None:
        if self.versions.is_older(number):
            self._tell("older", number, f"An older version, left out: line {taken} has the newest.", progress)
        else:
            self._tell("refused", number, f"Line {taken} has the same story: that one was taken.", progress)

    def _import(self, stories: list[ArchiveStory], *, source: str, by: User) -> list[Outcome]:
        for left in reversed(range(TRIES)):
            try:
                return import_archive(stories, source=source, by=by)
            except (IntegrityError, OperationalError) as error:
                if not left:
                    raise CommandError(
                        f"The database refused a batch {TRIES} times: {error} Nothing of it was written; start the "
                        "command again once nobody else imports the same archive."
                    ) from error
        raise AssertionError

    def _count(self, stories: dict[int, ArchiveStory], outcome: Outcome, progress: Progress) -> None:
        number = next(number for number, story in stories.items() if story is outcome.story)
        if outcome.refusal:
            self._tell("refused", number, outcome.refusal, progress)
            return
        if outcome.has_other_words:
            self._tell("other", number, "It came in before with other words, which were kept.", progress)
        self.counted["new" if outcome.is_new else "known"] += 1
        self.counted["links"] += outcome.unknown_links

    def _tell(self, what: str, number: int, sentence: str, progress: Progress) -> None:
        self.counted[what] += 1
        if self.counted[what] <= LINES_TOLD:
            progress.clear()
            self.stderr.write(f"Line {number}: {sentence}")

    def _report(self) -> None:
        count = self.counted
        said = f"Imported {count_of_stories(count['new'])}; {count_of(count['known'], 'was', 'were')} here already."
        if count["links"]:
            said += f" Left out {count_of(count['links'], 'link', 'links')} to stories that are not here."
        self.stdout.write(said)
        if count["older"]:
            self.stdout.write(f"Left out {count_of(count['older'], 'line', 'lines')} with older versions of stories.")
        if count["other"]:
            self.stdout.write(f"Kept {count_of_stories(count['other'])} as here: the archive has other words by now.")
        if waiting := never_read().count():
            wait = count_of(waiting, "imported story waits", "imported stories wait")
            self.stdout.write(
                f"{wait} for the tagger, which does not read them by itself. Next: .venv/bin/python manage.py retag"
            )
        if count["refused"]:
            refused = count_of(count["refused"], "line was", "lines were")
            raise CommandError(f"{refused} not imported; the first of them are told above.")


def _batches(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    while batch := list(islice(lines, BATCH)):
        yield [(number, line) for number, line in batch if line.strip()]


def _reader(options: dict[str, Any]) -> Callable[[bytes], ArchiveStory]:
    if options["format"] == "jsonl":
        return read_archive_story
    if not (options["section"] and options["author"]):
        raise CommandError("ninjs wants --section and --author, for stories that say neither.")
    return partial(read_ninjs_story, defaults=Defaults(options["section"], options["author"]))


def _share(written: str) -> tuple[int, int]:
    own, _, shares = written.partition("/")
    if not (own.isdigit() and shares.isdigit() and 1 <= int(own) <= int(shares)):
        raise CommandError(f"“{written}” is no share: 1/2 and 2/2 are the halves for two processors.")
    return int(own) - 1, int(shares)
