"""`python -m tests.evals.related_speed`: how long related news takes among 10,000 and 100,000 stories in PostgreSQL.

Fills the term table of a throw-away database from the synthetic corpus of NEWSROOM_BENCH, and proposes for 200
further stories as the tagger does: terms of the text, candidates in SQL, ranking. Prints each figure as a JSON line
{name, value, floor, target}, in milliseconds a story by the clock (median and 95th percentile) and of CPU (Python
and the database's process, on average); the exit status is 1 where a median misses its floor.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from newsroom.throwaway import ThrowawayDatabase

SIZES = (10_000, 100_000)
SAMPLE = 200
WARM_UP = 20
FLOOR_MS, TARGET_MS = 20, 10
FLOOR_GROWTH, TARGET_GROWTH = 3, 2


def main() -> int:
    """Parse the arguments, measure at every size, print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.related_speed", description=__doc__)
    parser.add_argument("--stories", type=int, nargs="+", default=SIZES, help="the sizes to measure at")
    parser.add_argument("--programs", type=Path, help="folder of initdb and pg_ctl, for another PostgreSQL")
    parser.add_argument("--explain", action="store_true", help="print the plan of one search for candidates")
    options = parser.parse_args()
    with ThrowawayDatabase(options.programs) as url:
        os.environ["DATABASE_URL"] = url
        start_django()
        figures = dict(measure(sorted(options.stories), explain=options.explain))
    return 0 if all(figures[f"related_ms_at_{size}"] <= FLOOR_MS for size in options.stories) else 1


def measure(sizes: list[int], *, explain: bool = False) -> Iterator[tuple[str, float]]:
    """Load up to each size in turn and time the proposals there; each figure, once it is printed."""
    from . import related_corpus

    loaded, medians = 0, []
    for size in sizes:
        began = time.perf_counter()
        related_corpus.load(loaded, size)
        loaded = size
        _tell(f"{size:,} stories loaded in {time.perf_counter() - began:.0f} s; {related_corpus.room()}")
        if explain:
            _tell(related_corpus.plan(size + 1))
        walls, cpu = _times(range(sizes[-1] + 1, sizes[-1] + 1 + SAMPLE))
        medians.append(statistics.median(walls))
        yield _line(f"related_ms_at_{size}", medians[-1], FLOOR_MS, TARGET_MS)
        yield _line(f"related_p95_ms_at_{size}", statistics.quantiles(walls, n=20)[-1], FLOOR_MS, TARGET_MS)
        yield _line(f"related_cpu_ms_at_{size}", cpu, FLOOR_MS, TARGET_MS)
    if len(medians) > 1:
        yield _line("related_growth", medians[-1] / medians[0], FLOOR_GROWTH, TARGET_GROWTH)


def _times(numbers: range) -> tuple[list[float], float]:
    """Milliseconds for each story by the clock, and CPU milliseconds a story of Python and database together."""
    from articles.related_stories import closest_stories

    from . import related_corpus

    for number in numbers[:WARM_UP]:
        closest_stories(related_corpus.story_in_hand(number))
    walls = []
    python, database = 0.0, related_corpus.database_seconds()
    for number in numbers:
        story = related_corpus.story_in_hand(number)
        wall, cpu = time.perf_counter(), time.process_time()
        closest_stories(story)
        walls.append(1000 * (time.perf_counter() - wall))
        python += time.process_time() - cpu
    return walls, 1000 * (python + related_corpus.database_seconds() - database) / len(numbers)


def start_django() -> None:
    """Set Django up on the database of DATABASE_URL, and migrate it."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    call_command("migrate", verbosity=0)


def _line(name: str, value: float, floor: float, target: float) -> tuple[str, float]:
    sys.stdout.write(json.dumps({"name": name, "value": round(value, 2), "floor": floor, "target": target}) + "\n")
    sys.stdout.flush()
    return name, value


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
