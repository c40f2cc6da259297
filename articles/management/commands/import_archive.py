"""Import an archive of stories that were published elsewhere, from lines of JSON."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from articles import term_frequencies
from articles.archive import ninjs, story_format, withheld
from articles.archive.batches import TRIES, import_batch
from articles.archive.importing import Outcome
from articles.archive.lines import Line, batches, line_at, lines_of
from articles.archive.links import LateLinks
from articles.archive.ninjs import Defaults, read_ninjs_story
from articles.archive.story_format import LONGEST_SOURCE, ArchiveStory, read_archive_story
from articles.archive.versions import Versions
from articles.management.accounts import person_named
from articles.management.archive_report import ArchiveReport
from articles.progress import Progress
from articles.states import GuardFailed
from articles.story_files import UnreadableStory
from articles.tagging import command

# One transaction, in which the stories that are linked to wait for nobody else.
BATCH = 100
Made = TypeVar("Made")
VERSIONS_OF = {"jsonl": story_format.version_of, "ninjs": ninjs.version_of}


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
        parser.add_argument(
            "--as-proposals",
            action="store_true",
            help="tags and quotations of the lines wait for a person; default: they are verdicts of who imports",
        )
        parser.add_argument(
            "--lift",
            action="append",
            default=[],
            metavar="ID",
            help="a story that may be used after all, although an earlier import read otherwise; may be given again",
        )
        parser.add_argument("--share", default="1/1", metavar="N/M", help="the Nth of M shares, to use M processors")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["by"])
        source = options["source"]
        if not source.strip() or len(source) > LONGEST_SOURCE or "/" in source or not source.isprintable():
            raise CommandError(
                f"“{source}” is no name of an archive: take up to {LONGEST_SOURCE} characters, no stroke."
            )
        self.read = _reader(options)
        self.late_links = LateLinks(source)
        self.import_batch = partial(import_batch, source=source, by=person, as_proposals=options["as_proposals"])
        self.remember = partial(withheld.remember, source=source, by=person)
        own, shares = _share(options["share"])
        try:
            withheld.lift(options["lift"], source=source, by=person)
        except GuardFailed as refusal:
            raise CommandError(refusal.message) from refusal
        with self._opened(options["file"]) as self.file:
            progress = Progress(sys.stderr, None if options["file"] == Path("-") else self.file)
            self.report = ArchiveReport(self.stdout, self.stderr, progress)
            self.versions = Versions(
                VERSIONS_OF[options["format"]],
                is_pipe=not self.file.seekable(),
                lifted=withheld.lifted(source),
            )
            lines = _counting(self._weighed(self.file), progress)
            for place, batch in enumerate(batches(lines, size=BATCH)):
                # Each share, and before anything that was read since is imported.
                self._in_peace(partial(self.remember, self.versions.newly_withheld()))
                if place % shares != own:
                    continue
                stories = self._read(batch)
                for outcome in self._in_peace(partial(self.import_batch, list(stories.values()))):
                    progress.advance()
                    self._count(stories, outcome)
                self._take_stock()
            linked, missing = self._in_peace(self.late_links.add)
            self.report.count("linked", linked)
            self.report.count("links", missing)
            progress.clear()
        self.report.conclude(withheld.live_but_withheld(self.versions, source))

    def _weighed(self, file: IO[bytes]) -> Iterable[Line]:
        """The lines of a file, once it is known which of them have the newest version of each story."""
        if self.versions.is_pipe:
            return self.versions.watch(lines_of(file))
        beginning = file.tell()
        deque(self.versions.watch(lines_of(file)), maxlen=0)
        file.seek(beginning)
        return lines_of(file)

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

    def _read(self, batch: Iterable[Line]) -> dict[int, ArchiveStory]:
        stories = {}
        for number, text in self._chosen(batch):
            try:
                stories[number] = self.read(text)
            except UnreadableStory as error:
                self.report.tell("refused", number, error.message)
        return stories

    def _chosen(self, batch: Iterable[Line]) -> Iterator[tuple[int, bytes]]:
        """The newest version of each story whose first line is in this batch, wherever its own is: the first line alone
        says which share imports it. What is left out is told where it stands."""
        for line in batch:
            if line.is_too_long:
                self.report.tell("refused", line.number, f"It is {command.too_long()}.")
            elif (cancel := self.versions.withheld_by(line.number)) is not None:
                if cancel.number == line.number:
                    yield line.number, line.text
                else:
                    self.report.tell("withheld", line.number, f"Left out: line {cancel.number} withholds the story.")
            else:
                yield from self._newest(line)

    def _newest(self, line: Line) -> Iterator[tuple[int, bytes]]:
        taken = self.versions.taken_for(line.number)
        if taken is None:
            yield line.number, line.text
            return
        if line.number != taken.number:
            self._leave_out(line.number, taken.number)
        if line.number == taken.place:
            is_here = line.number == taken.number
            yield taken.number, line.text if is_here else line_at(self.file, taken.begins_at)

    def _leave_out(self, number: int, taken: int) -> None:
        if self.versions.is_older(number):
            self.report.tell("older", number, f"An older version, left out: line {taken} has the newest.")
        else:
            self.report.tell("refused", number, f"Line {taken} has the same story: that one was taken.")

    def _in_peace(self, write: Callable[[], Made]) -> Made:
        try:
            return write()
        except DatabaseError as error:
            raise CommandError(
                f"The database refused a batch {TRIES} times: {error} What came in before stays. Start the command "
                "again once the database is to be had and nobody else imports the same archive."
            ) from error

    def _count(self, stories: dict[int, ArchiveStory], outcome: Outcome) -> None:
        number = next(number for number, story in stories.items() if story is outcome.story)
        if outcome.refusal:
            self.report.tell("refused", number, outcome.refusal)
            return
        if outcome.withheld:
            self.report.tell("withheld", number, outcome.withheld)
            return
        if outcome.has_other_words:
            self.report.tell("other", number, "It came in before with other words, which were kept.")
        self.report.count("new" if outcome.is_new else "known")
        self.late_links.note(outcome)


def _counting(lines: Iterable[Line], progress: Progress) -> Iterator[Line]:
    for line in lines:
        progress.read += line.length
        yield line


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
