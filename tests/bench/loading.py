"""Fill the database with the corpus by the desk's own import, and tell what that cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

import psutil
from django.db import connection

from tests.audits.tools import ROOT, JudgeAbsentError

from .corpus import entity_slugs

PROCESSES = 2
# The large tables, with what the desk writes into each of them for a story.
TABLES = {
    "articles": ("articles_article",),
    "revisions": ("articles_revision",),
    "editions": ("articles_edition", "articles_editiontag", "articles_editionquote", "articles_editionrelated"),
    "mentions": ("articles_mention",),
    "tags_and_quotes": ("articles_tag", "articles_quote"),
    "public_forms": ("articles_representation", "articles_listing", "articles_authorlisting"),
    "terms": ("articles_articleterm", "articles_termvector"),
    "changes": ("articles_change",),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of loading so many stories: seconds by the clock, and of CPU in Python and in PostgreSQL."""

    stories: int
    seconds: float
    python: float
    database: float

    @property
    def stories_a_second_a_core(self) -> float:
        return self.stories / (self.python + self.database)


def prepare() -> None:
    """The gazetteer and sections of the seeds, the queue, and the organisations that the corpus names."""
    from django.core.management import call_command

    from entities.models import Entity, Kind
    from newsroom import broker

    broker.install(connection)
    call_command("seed", "--without-stories", stdout=sys.stderr)
    Entity.objects.bulk_create(
        Entity(kind=Kind.ORGANISATION, name=name, sort_name=name, slug=slug) for name, slug in entity_slugs().items()
    )


def load(first: int, last: int, form: str = "jsonl") -> Cost:
    """Import the stories from the first to the last number, by as many processes as there are cores. `form` is one that
    `import_archive` reads.

    Raises:
        JudgeAbsentError: an import failed.
    """
    began, database = time.monotonic(), database_seconds()
    running = [start(first, last, f"{own + 1}/{PROCESSES}", form) for own in range(PROCESSES)]
    python = 0.0
    for writer, importer in running:
        python += ended(importer, "An import")
        writer.wait()
    cost = Cost(last - first + 1, time.monotonic() - began, python, database_seconds() - database)
    settle()
    return cost


def ended(process: subprocess.Popen[bytes], what: str) -> float:
    """Wait for it; the seconds of CPU that it took. Raises JudgeAbsentError where it failed."""
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise JudgeAbsentError(f"{what} ended with {os.waitstatus_to_exitcode(status)}; its words stand above.")
    return used.ru_utime + used.ru_stime


def start(first: int, last: int, share: str, form: str) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """The corpus is written by another process, so that it costs the import nothing."""
    write = [sys.executable, "-m", "tests.bench.corpus", str(first), str(last), share, form]
    writer = subprocess.Popen(write, cwd=ROOT, stdout=subprocess.PIPE)
    options = ["--source=corpus", f"--share={share}", f"--format={form}"]
    if form == "ninjs":
        # What a story gets that says neither; those of the corpus say both.
        options += ["--section=land", "--author=Desk"]
    read = [sys.executable, "manage.py", "import_archive", "-", *options]
    importer = subprocess.Popen(read, cwd=ROOT, stdin=writer.stdout, stdout=sys.stderr)
    assert writer.stdout is not None
    writer.stdout.close()
    return writer, importer


def settle() -> None:
    """What a database does by itself within minutes: statistics, and the frequencies of terms; and it writes down what
    was loaded, which would else count towards the requests that are measured meanwhile."""
    from articles import term_frequencies

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    term_frequencies.refresh()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def database_seconds() -> float:
    """CPU seconds of PostgreSQL so far, with the connections that have ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        root = psutil.Process(cursor.fetchone()[0]).parent()
    assert root is not None
    total = 0.0
    for process in (root, *root.children()):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def sizes() -> dict[str, float]:
    """Megabytes of the large tables with their indexes."""
    with connection.cursor() as cursor:
        found = {}
        for name, tables in TABLES.items():
            cursor.execute(
                "SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(%s::text[]) AS t", [list(tables)]
            )
            found[name] = float(cursor.fetchone()[0]) / 1e6
        cursor.execute("SELECT pg_database_size(current_database())")
        return found | {"whole": float(cursor.fetchone()[0]) / 1e6}
