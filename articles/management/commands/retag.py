"""Read the archive again with the gazetteer of today."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, date, datetime, time
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles.counted_nouns import count_of_stories
from articles.models import Article, Section
from articles.progress import Progress
from articles.retagging import Due, Outcome, ids_in_steps, retag

# More reasons than these would hide the others; all are counted.
REASONS_SHOWN = 20
# Seconds, before looking again for what another retag had in hand.
PAUSE = 0.5
# Such looks in a row without one story read: no story takes half a minute.
PATIENCE = 60


class Command(BaseCommand):
    help = (
        "Read stories again that were last read with an older gazetteer. It only proposes: verdicts, editions and "
        "what the public sees stay as they are. Can be stopped anywhere and started again, and run twice at once "
        "to use two processors."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", default="", metavar="DATE", help="only stories saved on or after this day")
        parser.add_argument("--section", default="", metavar="SLUG", help="only stories of this section")
        parser.add_argument("--ids", nargs="+", type=int, default=None, metavar="ID", help="only these stories")
        parser.add_argument(
            "--read-before",
            default="",
            metavar="MOMENT",
            help="also stories last read before this moment, or before 'now': after an upgrade of the tagger. "
            "The command says which moment to name in order to go on where it was stopped",
        )
        parser.add_argument("--dry-run", action="store_true", help="only count the stories that are due")

    def handle(self, *args: Any, **options: Any) -> None:
        due = Due(read_before=self._moment(options["read_before"]))
        articles = self._chosen(options)
        total = due.of(articles).count()
        if options["dry_run"]:
            self.stdout.write(f"{count_of_stories(total)} due.")
            return
        if due.read_before is not None and total:
            self.stderr.write(f"To go on after a stop: --read-before {due.read_before.isoformat()}")
        self._read(articles, due, total)

    def _read(self, articles: QuerySet[Article], due: Due, total: int) -> None:
        """Passes over what is due, until nothing is left that another retag had in hand."""
        progress = Progress(sys.stderr, expected=total)
        counted: Counter[Outcome] = Counter()
        failed: dict[int, str] = {}
        try:
            busy = self._passes(articles, due, progress, counted, failed)
        except KeyboardInterrupt:
            progress.clear()
            self._report(counted, failed)
            raise CommandError("Stopped. The same command goes on from here.") from None
        progress.clear()
        self._report(counted, failed)
        faults = [f"{count_of_stories(len(failed))} could not be read."] if failed else []
        faults += [_held(busy)] if busy else []
        if faults:
            raise CommandError(" ".join(faults))

    def _passes(
        self,
        articles: QuerySet[Article],
        due: Due,
        progress: Progress,
        counted: Counter[Outcome],
        failed: dict[int, str],
    ) -> set[int]:
        """Ids that another still has in hand after many looks, between which nothing moved."""
        busy: set[int] = set()
        patience = PATIENCE
        while patience:
            before, busy = busy, self._pass(due.of(articles), due, progress, counted, failed)
            if not busy:
                break
            patience = patience - 1 if busy == before else PATIENCE
            sleep(PAUSE)
        return busy

    def _pass(
        self,
        articles: QuerySet[Article],
        due: Due,
        progress: Progress,
        counted: Counter[Outcome],
        failed: dict[int, str],
    ) -> set[int]:
        """Read each once; the ids of those that another had in hand, which it may still lose."""
        busy = set()
        for article_id in ids_in_steps(articles):
            if article_id in failed:
                continue
            try:
                outcome = retag(article_id, due=due)
            except Exception as error:
                failed[article_id] = f"{type(error).__name__}: {error}"[:300]
                continue
            counted[outcome] += 1
            if outcome is Outcome.BUSY:
                busy.add(article_id)
            else:
                progress.advance()
        return busy

    def _report(self, counted: Counter[Outcome], failed: dict[int, str]) -> None:
        read = counted[Outcome.CHANGED] + counted[Outcome.UNCHANGED]
        self.stdout.write(
            f"Read {count_of_stories(read)}: {counted[Outcome.CHANGED]} with other proposals than before."
        )
        if counted[Outcome.NOT_DUE]:
            self.stdout.write(f"{counted[Outcome.NOT_DUE]} were read by another in the meantime.")
        for article_id, reason in list(failed.items())[:REASONS_SHOWN]:
            self.stderr.write(f"story {article_id}: {reason}")
        if len(failed) > REASONS_SHOWN:
            self.stderr.write(f"and {len(failed) - REASONS_SHOWN} more.")

    def _chosen(self, options: dict[str, Any]) -> QuerySet[Article]:
        articles = Article.objects.all()
        if options["since"]:
            articles = articles.filter(saved_at__gte=_start_of(self._day(options["since"])))
        if options["section"]:
            articles = articles.filter(section=self._section(options["section"]))
        if options["ids"] is not None:
            articles = articles.filter(pk__in=options["ids"])
            missing = set(options["ids"]) - set(articles.values_list("pk", flat=True))
            if missing:
                raise CommandError(
                    f"There is no such story among those chosen: {', '.join(map(str, sorted(missing)))}."
                )
        return articles

    def _day(self, text: str) -> date:
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None:
            raise CommandError(f"“{text}” is no day: write it as 2026-11-25.")
        return day

    def _moment(self, text: str) -> datetime | None:
        if not text:
            return None
        if text == "now":
            return timezone.now()
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise CommandError(f"“{text}” is no moment: write it as 2026-11-25T18:00:00+00:00, or now.")
        return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)

    def _section(self, slug: str) -> Section:
        section = Section.objects.filter(slug=slug).first()
        if section is None:
            known = ", ".join(Section.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no section “{slug}”. The sections are: {known}.")
        return section


def _start_of(day: date) -> datetime:
    """Midnight on the newsroom's clock."""
    return timezone.make_aware(datetime.combine(day, time.min), ZoneInfo(settings.NEWSROOM_TIME_ZONE))


def _held(busy: set[int]) -> str:
    """Which stories are in another's hand, and what to do."""
    shown = ", ".join(map(str, sorted(busy)[:REASONS_SHOWN]))
    more = f" and {len(busy) - REASONS_SHOWN} more" if len(busy) > REASONS_SHOWN else ""
    return (
        f"{count_of_stories(len(busy))} not read, since another session holds them: {shown}{more}. "
        "Where another retag or a worker is still reading them, let it end and run the same command again. "
        "Where none is, end the session that holds them: docs/operations.md, “Reading an archive”, says how."
    )
