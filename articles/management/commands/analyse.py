"""Run the engine over stories from the standard input, with the desk's own gazetteer; or load them tagged."""

from __future__ import annotations

import sys
from collections import Counter
from typing import IO, Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import desk_gazetteer
from articles.counted_nouns import count_of, count_of_stories
from articles.importing import service_account
from articles.loading import Loaded, load_story
from articles.progress import Progress
from articles.states import Refused
from articles.tagging import command

UNTAGGED = (Loaded.UNTAGGED, Loaded.KNOWN_UNTAGGED)
TOLD = (*UNTAGGED, Loaded.OTHER_WORDS)
KNOWN = (Loaded.KNOWN, Loaded.OTHER_WORDS, Loaded.KNOWN_UNTAGGED)


class Command(BaseCommand):
    help = (
        "Find countries, entities and quotations in a story from the standard input, with the desk's gazetteer. "
        "With --jsonl --load, make tagged drafts of the stories of an archive."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        command.add_arguments(parser)
        parser.add_argument(
            "--load",
            action="store_true",
            help="with --jsonl: import each story as a draft, once for each id, and tag it, instead of printing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["load"]:
            self._load(options)
            return
        status = command.execute(
            desk_gazetteer.current().compiled,
            is_jsonl=options["jsonl"],
            jobs=options["jobs"],
            source=sys.stdin.buffer,
            target=sys.stdout.buffer,
            errors=sys.stderr,
        )
        if status:
            raise SystemExit(status)

    def _load(self, options: dict[str, Any]) -> None:
        if not options["jsonl"]:
            raise CommandError("--load reads stories as JSON lines: add --jsonl.")
        if options["jobs"] > 1:
            raise CommandError("--load works on one processor: leave --jobs out, or load two files at once.")
        try:
            became, skipped = load(sys.stdin.buffer, errors=sys.stderr)
        except KeyboardInterrupt:
            raise CommandError("Stopped. The same command goes on from here.") from None
        self.stdout.write(
            f"Read {count_of(sum(became.values()) + skipped, 'line', 'lines')}: "
            f"{became[Loaded.NEW] + became[Loaded.UNTAGGED]} new, "
            f"{sum(became[outcome] for outcome in KNOWN)} already here, {skipped} skipped."
        )
        if other := became[Loaded.OTHER_WORDS]:
            self.stdout.write(f"Kept {count_of_stories(other)} as here: the archive has other words by now.")
        untagged = sum(became[outcome] for outcome in UNTAGGED)
        if untagged:
            self.stderr.write(f"{untagged} could not be tagged; the desk's clock tries again.")
        if skipped:
            raise SystemExit(1)


def load(source: IO[bytes], *, errors: TextIO) -> tuple[Counter[Loaded], int]:
    """Load the stories of JSON lines; what became of them, and how many lines were skipped."""
    by = service_account()
    counted: Counter[Loaded] = Counter()
    skipped = 0
    progress = Progress(errors, source)
    for number, line in progress.watch(command.numbered_lines(source)):
        says = ""
        try:
            identity, document = command.parse(line)
            outcome = load_story(_id(identity), text=document.text, title=document.title, by=by)
        except (command.BadLine, Refused) as error:
            skipped += 1
            says = getattr(error, "message", None) or str(error)
        else:
            counted[outcome] += 1
            says = outcome.value if outcome in TOLD else ""
        if says:
            progress.clear()
            errors.write(f"line {number}: {says}\n")
        progress.advance()
    progress.clear()
    return counted, skipped


def _id(identity: object) -> str:
    """An archive counts its stories or names them; anything else is no id."""
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        raise command.BadLine('"id" is neither text nor a whole number')
    return str(identity)
