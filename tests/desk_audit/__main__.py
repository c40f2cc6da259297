"""`python -m tests.desk_audit`: what the desk costs, as JSON lines {name, value, floor}; 1 where one is above its own.

A floor of null is a figure that is only reported. Everything is measured on a throw-away PostgreSQL, with the
gazetteer of the seeds; the tagging by a Celery worker over the queue inside that database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import warnings
from collections.abc import Iterator

from newsroom.throwaway import ThrowawayDatabase
from tests.evals.related_speed import start_django

FLOORS: dict[str, float | None] = {
    "edit_page_queries": 20,
    "edit_page_cpu_ms": 200,
    "save_queries": 30,
    "save_cpu_ms": None,
    "story_list_queries_with_1_row": 10,
    "story_list_queries_with_100_rows": 10,
    "story_list_queries_more_with_100_rows": 0,
    "board_queries_with_1_row": 24,
    "board_queries_with_100_rows": 24,
    "heartbeat_queries": None,
    "publish_queries": None,
    "save_to_proposals_seconds": 2.0,
    "save_to_proposals_seconds_at_worst": None,
}


def main() -> int:
    """Measure, print each figure, and say by the exit status whether all hold."""
    argparse.ArgumentParser(prog="python -m tests.desk_audit", description=__doc__).parse_args()
    # Only a release collects its static files; here they come from the source folders.
    warnings.filterwarnings("ignore", "No directory at:", UserWarning)
    with ThrowawayDatabase() as url:
        os.environ["DATABASE_URL"] = url
        start_django()
        fill()
        missing, holds = dict(FLOORS), True
        for name, value in measured():
            floor = missing.pop(name)
            holds = holds and (floor is None or value <= floor)
            sys.stdout.write(json.dumps({"name": name, "value": round(value, 2), "floor": floor}) + "\n")
            sys.stdout.flush()
    for name in missing:
        sys.stderr.write(f"not measured: {name}\n")
    return 0 if holds and not missing else 1


def fill() -> None:
    """The queue, and the gazetteer with which the tagger reads."""
    from django.core.management import call_command
    from django.db import connection

    from newsroom import broker

    broker.install(connection)
    call_command("seed", "--without-stories", stdout=sys.stderr)


def measured() -> Iterator[tuple[str, float]]:
    """Name and value of every figure, in the order of what needs the emptier desk first."""
    from .big_story import cast
    from .costs import lists_and_board, story_page
    from .tagging import save_to_proposals

    desk = cast()
    yield from lists_and_board(desk)
    yield from story_page(desk)
    yield from save_to_proposals(desk)


if __name__ == "__main__":
    sys.exit(main())
