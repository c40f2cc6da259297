"""Lighthouse, mobile profile: the median of five runs of each category, and how far the page moves while it loads."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.audits.report import Finding, Report
from tests.audits.tools import CHROMIUM_FLAGS, JudgeAbsentError, chromium, program

from .bars import CATEGORIES, LIGHTHOUSE_PAGES
from .pages import Page
from .tools import PACKAGES

RUNS = 5
RUN_SECONDS = 120
# On a busy machine a browser now and then gives no trace of the page at all.
ATTEMPTS = 3
# Audits that only inform have no score, and one that did not apply has none either.
PERFECT = 1
# Results of a search are kept out of other people's indexes on purpose; what may be found there is the page that asks.
FOUND_BY = {"search": "search-empty"}


def judge_with_lighthouse(report: Report, site: str, pages: list[Page], *, runs: int = RUNS) -> None:
    paths = {page.name: page.path for page in pages}
    for page in pages:
        if page.name in LIGHTHOUSE_PAGES and page.path:
            results = [finished(site + page.path) for _ in range(runs)]
            found_by = [finished(site + paths[FOUND_BY[page.name]])] if page.name in FOUND_BY else results
            for category in CATEGORIES:
                name = f"lighthouse_{page.name}_{category.replace('-', '_')}"
                judged = found_by if category == "seo" else results
                report.figure(name, median_of([score(result, category) for result in judged]))
            report.figure(f"lighthouse_{page.name}_layout_shift", median_of([shift(result) for result in results]))
            report.note(f"lighthouse: {page.name}: {_timings(results)}")
            imperfections = {found for result in results for found in imperfect(page, result)}
            report.findings.extend(sorted(imperfections))


def finished(address: str) -> dict[str, Any]:
    """The first of a few runs that ends with a result. Raises JudgeAbsentError where none does."""
    for _ in range(ATTEMPTS - 1):
        with suppress(JudgeAbsentError):
            return run(address)
    return run(address)


def run(address: str) -> dict[str, Any]:
    """One run in a fresh browser. Raises JudgeAbsentError where it ended without a result."""
    flags = " ".join(["--headless=new", *CHROMIUM_FLAGS])
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        output = Path(folder) / "result.json"
        options = [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}", "--output=json"]
        quiet = [f"--output-path={output}", "--quiet", "--no-enable-error-reporting"]
        script = str(PACKAGES.path("lighthouse/cli/index.js"))
        ended = subprocess.run(
            [program("node", package="nodejs"), script, address, *options, *quiet],
            env=os.environ | {"CHROME_PATH": chromium(), "TMPDIR": folder},
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
        )
        if ended.returncode or not output.exists():
            raise JudgeAbsentError(f"Lighthouse did not finish {address}: {ended.stderr.strip()[-1000:]}")
        result: dict[str, Any] = json.loads(output.read_text())
    if result.get("runtimeError"):
        raise JudgeAbsentError(f"Lighthouse on {address}: {result['runtimeError']['message']}")
    return result


def median_of(values: list[float]) -> float:
    """The value in the middle; raises JudgeAbsentError where nothing was measured."""
    if not values:
        raise JudgeAbsentError("Lighthouse gave no values")
    return statistics.median(values)


def score(result: dict[str, Any], category: str) -> float:
    """0 to 100. Raises JudgeAbsentError where an audit of the category failed, which leaves it without a score."""
    found = result["categories"][category]["score"]
    if found is None:
        raise JudgeAbsentError(f"Lighthouse gave no score for {category}")
    return round(100 * float(found), 2)


def shift(result: dict[str, Any]) -> float:
    return round(float(result["audits"]["cumulative-layout-shift"]["numericValue"]), 3)


def imperfect(page: Page, result: dict[str, Any]) -> list[Finding]:
    """Audits that cost points, by the names that Lighthouse gives them."""
    found = []
    for category in CATEGORIES:
        for reference in result["categories"][category]["auditRefs"]:
            audit = result["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < PERFECT:
                said = f"{category}: {audit['title']}: {audit.get('displayValue', '')} {_details(audit)}"
                found.append(Finding(f"lighthouse {reference['id']}", page.name, said.strip()))
    return found


def _details(audit: dict[str, Any]) -> str:
    items = audit.get("details", {}).get("items", [])
    return json.dumps(items[:2])[:300] if items else ""


def _timings(results: list[dict[str, Any]]) -> str:
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index")
    return ", ".join(
        f"{name} {statistics.median(result['audits'][name]['numericValue'] for result in results):.0f} ms"
        for name in names
    )
