"""`python -m tests.site_audit`: what readers get, as JSON lines {name, value, floor, target}.

Ends with 1 where a figure is below its floor, or where a judge did not run. Everything happens on the loopback: a
throw-away PostgreSQL, the site served as a release, browsers and checkers beside it. `--only pages markup` runs some
judges alone and then answers for their bars alone; `--findings FILE` writes what is behind the figures.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.audits.judging import attempt
from tests.audits.report import Report
from tests.audits.served import ServedSite

from .bars import BARS

SETTINGS = "tests.site_audit.settings"


def main() -> int:
    """Parse the arguments, serve, judge, and say by the exit status whether all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.site_audit", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=BARS, default=list(BARS), help="judges to run, instead of all")
    parser.add_argument("--findings", type=Path, help="write every finding by page to this file, as Markdown")
    parser.add_argument("--runs", type=int, default=5, help="runs of Lighthouse, of which the median counts")
    parser.add_argument("--page", nargs="+", default=[], help="names of pages, instead of all, to develop by")
    options = parser.parse_args()
    bars = {bar.name: bar for judge in options.only for bar in BARS[judge]}
    report = Report(bars, title="the site audit")
    try:
        audit(report, options.only, runs=options.runs, chosen=options.page)
    finally:
        report.tell()
        if options.findings:
            report.write(options.findings)
    return report.status


def audit(report: Report, judges: list[str], *, runs: int, chosen: list[str]) -> None:
    """Fill a throw-away site, serve it, and let every judge look at it."""
    with ServedSite(SETTINGS) as served:
        began = time.monotonic()
        import django

        django.setup()
        from .pages import all_pages
        from .stories import fill

        pages = [page for page in all_pages(fill()) if not chosen or page.name in chosen]
        served.serve()
        report.note(f"filled and served in {time.monotonic() - began:.0f} s, {len(pages)} page types")
        for name, judge in _judges(report, served, pages, runs=runs):
            if name in judges:
                attempt(report, name, judge)


def _judges(report: Report, served: ServedSite, pages: list, *, runs: int) -> list[tuple[str, Callable[[], None]]]:
    from .browsing import judge_in_browser
    from .feeds import judge_feeds
    from .lighthouse import judge_with_lighthouse
    from .markup import judge_markup
    from .pages import ask, judge_pages
    from .plain_reading import judge_plain_reading
    from .processor import judge_processor
    from .queries import judge_queries
    from .structured_data import judge_structured_data
    from .weight import judge_weight

    site = served.address
    answers = {page.name: ask(site, page.path) for page in pages if page.path}
    return [
        ("pages", lambda: judge_pages(report, site, pages, answers)),
        ("markup", lambda: judge_markup(report, answers)),
        ("structured_data", lambda: judge_structured_data(report, answers)),
        ("feeds", lambda: judge_feeds(report, site, answers)),
        ("plain", lambda: judge_plain_reading(report, site, pages, answers)),
        ("weight", lambda: judge_weight(report, site, pages)),
        ("browser", lambda: judge_in_browser(report, site, pages)),
        ("queries", lambda: judge_queries(report)),
        ("cpu", lambda: judge_processor(report, served, pages)),
        ("lighthouse", lambda: judge_with_lighthouse(report, site, pages, runs=runs)),
    ]


if __name__ == "__main__":
    sys.exit(main())
