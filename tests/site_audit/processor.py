"""CPU of a request: the server's processes and PostgreSQL together, in milliseconds."""

from __future__ import annotations

import http.client
import statistics
from urllib.parse import urlsplit

from articles.models import Representation
from tests.audits.processor import cpu_ms
from tests.audits.report import Report
from tests.audits.served import ServedSite
from tests.audits.tools import JudgeAbsentError

from .pages import Page

FIGURES = {"article": "article_page_cpu_ms", "home": "front_page_cpu_ms"}
WARM_UP, REQUESTS, ROUNDS = 60, 400, 3


def judge_processor(report: Report, served: ServedSite, pages: list[Page]) -> None:
    """The median of three rounds of 400 requests each, page by page in turn."""
    stories = Representation.objects.filter(status=Representation.Status.LIVE).count()
    places = {page.name: page.path for page in pages if page.name in FIGURES}
    rounds: dict[str, list[float]] = {name: [] for name in places}
    for path in places.values():
        _ask(served, path, WARM_UP)
    for _ in range(ROUNDS):
        for name, path in places.items():
            rounds[name].append(_cpu_ms(served, path))
    for name, figure in FIGURES.items():
        report.figure(figure, statistics.median(rounds[name]))
    report.note(
        f"CPU measured over {stories} live stories, uncompressed answers of one client, rounds {_rounded(rounds)}"
    )


def _rounded(rounds: dict[str, list[float]]) -> str:
    return "; ".join(f"{name} {', '.join(f'{value:.2f}' for value in found)} ms" for name, found in rounds.items())


def _cpu_ms(served: ServedSite, path: str) -> float:
    return cpu_ms(served, lambda times: _ask(served, path, times), REQUESTS)


def _ask(served: ServedSite, path: str, times: int) -> None:
    """One connection that stays open, as a proxy keeps it."""
    parts = urlsplit(served.address)
    client = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    for _ in range(times):
        client.request("GET", path)
        response = client.getresponse()
        response.read()
        if response.status != 200:
            raise JudgeAbsentError(f"{path} answers {response.status}")
    client.close()
