"""`python -m tests.api_audit`: what partners get, as JSON lines {name, value, floor, target}.

Ends with 1 where a figure is below its floor, or where a judge did not run. Everything happens on the loopback: a
throw-away PostgreSQL and the site served as a release, with judges and readers beside it. `--only spans throttle`
runs some judges alone and then answers for their bars alone; `--findings FILE` writes what is behind the figures;
`--examples` and `--changes` make the long judges shorter, to develop by; then they are below their floors.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.audits.judging import attempt
from tests.audits.report import Report
from tests.audits.served import ServedSite
from tests.audits.tools import ROOT

from .bars import BARS, CHANGES, EXAMPLES
from .site import Keys, add_wide_story, make_keys, served_site

PROMISED = ROOT / "docs" / "openapi-promised.json"


def main() -> int:
    """Parse the arguments, serve, judge, and say by the exit status whether all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.api_audit", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=BARS, default=list(BARS), help="judges to run, instead of all")
    parser.add_argument("--findings", type=Path, help="write every finding to this file, as Markdown")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="requests of schemathesis an operation")
    parser.add_argument("--changes", type=int, default=CHANGES, help="changes that the mirrors live through")
    options = parser.parse_args()
    bars = {bar.name: bar for judge in options.only for bar in BARS[judge]}
    report = Report(bars, title="the API audit")
    try:
        audit(report, options)
    finally:
        report.tell()
        if options.findings:
            report.write(options.findings)
    return report.status


def audit(report: Report, options: argparse.Namespace) -> None:
    """Fill a throw-away site, serve it, and let every judge at it."""
    with served_site() as served:
        began = time.monotonic()
        import django

        django.setup()
        from tests.site_audit.stories import fill

        fill()
        add_wide_story()
        keys = make_keys()
        served.serve()
        report.note(f"filled and served in {time.monotonic() - began:.0f} s")
        for name, judge in _judges(report, served, keys, options):
            if name in options.only:
                attempt(report, name, judge)


def _judges(
    report: Report, served: ServedSite, keys: Keys, options: argparse.Namespace
) -> list[tuple[str, Callable[[], None]]]:
    """The cheap ones first; last those that change what the site holds."""
    from newsroom.api.views import description

    from .breaking import judge_breaking
    from .costs import judge_costs
    from .descriptions import judge_descriptions
    from .forbidden import judge_forbidden
    from .fuzzing import judge_with_schemathesis
    from .mirroring import judge_mirror
    from .ninjs import judge_ninjs
    from .spans import judge_spans
    from .throttling import judge_throttle
    from .webhooks import judge_webhooks

    site = served.address
    return [
        ("descriptions", lambda: judge_descriptions(report, description())),
        ("breaking", lambda: judge_breaking(report, json.loads(PROMISED.read_bytes()))),
        ("spans", lambda: judge_spans(report, site)),
        ("ninjs", lambda: judge_ninjs(report, site, keys.whole)),
        ("forbidden", lambda: judge_forbidden(report)),
        ("throttle", lambda: judge_throttle(report, site)),
        ("costs", lambda: judge_costs(report, served, keys.whole)),
        ("fuzzing", lambda: judge_with_schemathesis(report, site, keys.of_judge, examples=options.examples)),
        ("mirror", lambda: judge_mirror(report, site, keys, changes=options.changes)),
        ("webhooks", lambda: judge_webhooks(report, site, keys, changes=options.changes)),
    ]


if __name__ == "__main__":
    sys.exit(main())
