"""`python -m tests.bench`: the desk, the site and the API with 10,000 and 100,000 stories, as JSON lines.

Each line is {name, value, floor, target}; the exit status is 1 where a figure is below its floor or was not measured.
The synthetic corpus (NEWSROOM_BENCH names its folder) comes in by `manage.py import_archive`; the site is served as a
release, and beside it, on the same tables, the limit under two servers and the usual way. `--stories 10000 1000000`
measures at other sizes; the growth is that from the smallest to the largest. `--findings FILE` writes what is behind
the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.audits.judging import attempt
from tests.audits.report import Report
from tests.audits.served import ServedSite
from tests.audits.tools import ROOT, JudgeAbsentError

from .bars import BARS, MINUTES_OF_MORE

SIZES = (10_000, 100_000)
ENVIRONMENT = {"API_OPEN_READING": "true", "API_ANONYMOUS_PER_MINUTE": "0"}
# Settings of the served release would ask the desk's measurements for https and a second factor.
RELEASE = ("PRODUCTION", "STATIC_ROOT", "SITE_URL", "ALLOWED_HOSTS")
DESK_PATIENCE = 900


def main() -> int:
    """Parse the arguments, load, measure at each size, and say by the exit status whether all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--stories", type=int, nargs="+", default=SIZES, help="the sizes to measure at")
    parser.add_argument("--findings", type=Path, help="write every finding to this file, as Markdown")
    options = parser.parse_args()
    report = Report({bar.name: bar for bars in BARS.values() for bar in bars}, title="the bench")
    if max(options.stories) > max(SIZES):
        report.bars["minutes"] = MINUTES_OF_MORE
    began = time.monotonic()
    try:
        bench(report, sorted(set(options.stories)))
        report.figure("minutes", (time.monotonic() - began) / 60)
    finally:
        report.tell()
        if options.findings:
            report.write(options.findings)
    return report.status


def bench(report: Report, sizes: list[int]) -> None:
    with ServedSite("newsroom.settings", **ENVIRONMENT) as served:
        from tests.evals.related_speed import start_django

        start_django()
        from tests.api_audit.site import make_key

        from . import loading
        from .pages import judge_pages
        from .reading import judge_found, judge_reading
        from .servers import Server, memory_mb, running

        loading.prepare()
        key = make_key()
        loaded, by_size, costs = 0, {}, []
        for size in sizes:
            costs.append(loading.load(loaded + 1, size))
            loaded = size
            report.note(f"{costs[-1]}; megabytes {_rounded(loading.sizes())}")
            # As with each release: a server starts on the archive that is there, and so do those beside it.
            served.serve()
            ours = Server(served.server, served.address)
            with running() as others:
                servers = {"ours": ours, **others}
                attempt(
                    report,
                    f"reading at {size:,}",
                    lambda servers=servers, size=size: by_size.update(
                        {size: judge_reading(report, servers, key, stories=size)}
                    ),
                )
        attempt(report, "reading", lambda: judge_found(report, by_size[sizes[-1]], by_size[sizes[0]]))
        answering, whole = memory_mb(ours)
        report.figure("web_memory_mb", answering)
        report.figure("web_memory_with_parent_mb", whole)
        attempt(report, "queries", lambda: judge_queries(report, key))
        attempt(report, "pages", lambda: judge_pages(report))
        attempt(report, "desk", lambda: judge_desk(report, costs[-1].stories_a_second_a_core))


def judge_queries(report: Report, key: str) -> None:
    from articles.models import Representation
    from tests.api_audit.costs import round_trips, statements

    story = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at")[0]
    round_trips(report, f"/api/v1/articles/{story.uuid}", key)
    one, many = (statements(f"/api/v1/articles?page_size={rows}") for rows in (1, 100))
    report.figure("round_trips_more_for_100_rows", many - one)
    report.figure("page_queries", statements(story.get_absolute_url()))
    report.figure("front_queries", statements("/"))


def judge_desk(report: Report, imported: float) -> None:
    """Starts the measurement of the desk's own work and judges its figures."""
    environment = {name: value for name, value in os.environ.items() if name not in RELEASE}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.desk"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=DESK_PATIENCE,
    )
    if ended.returncode:
        raise JudgeAbsentError("The desk was not measured; the reason stands above.")
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    tagged = found.pop("tagging_cpu_ms")
    report.figure("import_a_second_a_core", imported)
    report.figure("import_with_tagging_a_second_a_core", 1 / (1 / imported + tagged / 1000))
    for name, value in found.items():
        report.figure(name, value)


def _rounded(found: dict[str, float]) -> dict[str, int]:
    return {name: round(value) for name, value in found.items()}


if __name__ == "__main__":
    sys.exit(main())
