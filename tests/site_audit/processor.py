"""CPU of a request: the server's processes and PostgreSQL together, in milliseconds."""

from __future__ import annotations

import http.client
import statistics
import time
from urllib.parse import urlsplit

import psutil
from django.db import connection

from articles.models import Representation

from .pages import Page
from .report import Report
from .served import ServedSite
from .tools import JudgeAbsentError

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
    before = _seconds(served)
    _ask(served, path, REQUESTS)
    time.sleep(0.05)
    return 1000 * (_seconds(served) - before) / REQUESTS


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


def _seconds(served: ServedSite) -> float:
    """CPU seconds so far of the server with its workers, and of PostgreSQL with its backends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    assert served.server is not None
    trees = (psutil.Process(served.server.pid), backend.parent())
    return sum(_own(process) for tree in trees if tree for process in (tree, *tree.children(recursive=True)))


def _own(process: psutil.Process) -> float:
    """Its own, and that of its children that ended: a backend that goes away takes nothing out of the sum."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
