"""`python -m tests.bench.archive`: an archive of 100,000 ninjs items comes in, and the tagger reads all of it.

Prints JSON lines {name, value, floor, target}; the exit status is 1 below a floor. Two processes import, two read
(`manage.py retag`). Each time one of them is killed on the way and started again, as an operator would: nothing may be
missing or there twice in the end. The synthetic corpus is that of `python -m tests.bench`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable

from tests.audits.bars import Bar, at_least, none
from tests.audits.report import Report
from tests.audits.served import ServedSite
from tests.audits.tools import ROOT

STORIES = 100_000
ROUNDS = 5
BACKEND = "django.contrib.auth.backends.ModelBackend"
# After this part of the work, one process is killed.
KILLED_AFTER = 0.3
BARS = [
    at_least("ninjs_import_a_second_a_core", 20, 30),
    *none("ninjs_stories_missing", "ninjs_stories_twice"),
    at_least("retag_a_second_a_core", 10, 20),
    *none("stories_not_read", "stories_without_proposals"),
    Bar("retag_memory_mb", 200, 150),
    # With proposals in every story; by the clock.
    Bar("board_ms", 1_000, 300),
    Bar("archive_minutes", 150, 60),
]


def main() -> int:
    """Parse the arguments, import, read, and say by the exit status whether all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.archive", description=__doc__)
    parser.add_argument("--stories", type=int, default=STORIES, help="how many (100,000)")
    options = parser.parse_args()
    report = Report({bar.name: bar for bar in BARS}, title="the archive")
    began = time.monotonic()
    try:
        with ServedSite("newsroom.settings", autovacuum=True, PRODUCTION="false"):
            from tests.evals.related_speed import start_django

            start_django()
            from . import loading

            loading.prepare()
            importing(report, options.stories)
            reading(report, options.stories)
            beginning_work(report)
        report.figure("archive_minutes", (time.monotonic() - began) / 60)
    finally:
        report.tell()
    return report.status


def importing(report: Report, stories: int) -> None:
    from django.db.models import Count

    from articles.models import Article

    from . import loading

    shares = [f"{own + 1}/{loading.PROCESSES}" for own in range(loading.PROCESSES)]
    pairs = [loading.start(1, stories, share, "ninjs") for share in shares]
    began, database = time.monotonic(), loading.database_seconds()
    _wait_for(lambda: Article.objects.count() >= KILLED_AFTER * stories, pairs[0][1])
    for process in pairs[0]:
        process.kill()
    python = _killed(pairs[0][1])
    pairs[0][0].wait()
    pairs[0] = loading.start(1, stories, shares[0], "ninjs")
    for writer, importer in pairs:
        python += loading.ended(importer, "An import")
        writer.wait()
    spent = python + loading.database_seconds() - database
    report.note(f"{stories:,} items of ninjs in {time.monotonic() - began:.0f} s, one import killed on the way")
    report.figure("ninjs_import_a_second_a_core", stories / spent)
    report.figure("ninjs_stories_missing", stories - Article.objects.values("external_id").distinct().count())
    twice = Article.objects.values("external_id").annotate(times=Count("pk")).filter(times__gt=1)
    report.figure("ninjs_stories_twice", twice.count())
    loading.settle()


def reading(report: Report, stories: int) -> None:
    import psutil

    from articles.models import Article, TaggingRun

    from . import loading

    done = TaggingRun.objects.filter(status=TaggingRun.Status.FINISHED, gazetteer_version__gt=0)
    # What was imported counts as read with no gazetteer yet.
    command = [sys.executable, "manage.py", "retag"]
    began, database = time.monotonic(), loading.database_seconds()
    first = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr)
    second = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr)
    _wait_for(lambda: done.count() >= KILLED_AFTER * stories, second)
    memory = psutil.Process(first.pid).memory_full_info().pss / 1e6
    second.kill()
    python = _killed(second)
    again = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr)
    python += loading.ended(first, "A retag") + loading.ended(again, "A retag")
    spent = python + loading.database_seconds() - database
    report.note(f"{stories:,} stories read in {time.monotonic() - began:.0f} s, one retag killed on the way")
    report.figure("retag_a_second_a_core", stories / spent)
    report.note(f"megabytes {loading.sizes()}")
    report.figure("retag_memory_mb", memory)
    report.figure("stories_not_read", Article.objects.exclude(revision__tagging_run__in=done).count())
    report.figure("stories_without_proposals", Article.objects.filter(tags=None).count())


def beginning_work(report: Report) -> None:
    """The board of somebody who may decide every proposal."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.create_superuser("bench"), BACKEND)
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        status = client.get(reverse("admin:index")).status_code
        spent.append(1000 * (time.perf_counter() - began))
        assert status == 200, f"the board answers {status}"
    report.figure("board_ms", min(spent))


def _wait_for(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Until it is so, or the process has ended of itself: a small archive may be done before anybody looks."""
    while process.poll() is None and not is_so():
        time.sleep(0.5)


def _killed(process: subprocess.Popen[bytes]) -> float:
    """The seconds of CPU that a killed process took, which count as well."""
    if process.returncode is not None:
        return 0.0
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
