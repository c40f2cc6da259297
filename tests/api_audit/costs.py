"""CPU and round trips of the API, by the floors that the design sets; with a key and without, and for a 304."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext

from tests.audits.processor import cpu_ms
from tests.audits.report import Report
from tests.audits.served import ServedSite
from tests.audits.tools import JudgeAbsentError

from .asking import Client
from .site import bearer

LIST = "/api/v1/articles?page_size=20"
WARM_UP, REQUESTS, ROUNDS = 60, 40, 40
Ask = Callable[[int], None]


def judge_costs(report: Report, served: ServedSite, key: str) -> None:
    """The best of 40 rounds of 40 requests each, one kind after the other in every round: whatever else runs on the
    machine makes the same request cost more, up to three times as much, and nothing makes it cost less."""
    site = served.address
    first = Client(site).get(LIST).json()["items"]
    if len(first) < 20:
        raise JudgeAbsentError("the list holds fewer than 20 stories")
    article = f"/api/v1/articles/{first[0]['id']}"
    asks = {
        "list": _asking(Client(site), LIST),
        "list with key": _asking(Client(site, key), LIST),
        "article": _asking(Client(site), article),
        "article with key": _asking(Client(site, key), article),
        "list 304": _asking(Client(site), LIST, is_held=True),
        "article 304": _asking(Client(site), article, is_held=True),
    }
    found = _best(served, asks)
    report.figure("list_of_20_cpu_ms", found["list"])
    report.figure("list_of_20_with_key_cpu_ratio", found["list with key"] / found["list"])
    report.figure("article_cpu_ms", found["article"])
    report.figure("article_with_key_cpu_ratio", found["article with key"] / found["article"])
    report.figure("list_304_cpu_ms", found["list 304"])
    report.figure("article_304_cpu_ms", found["article 304"])
    round_trips(report, article, key)
    report.note("CPU a request: " + ", ".join(f"{name} {value:.2f} ms" for name, value in found.items()))


def _best(served: ServedSite, asks: dict[str, Ask]) -> dict[str, float]:
    rounds: dict[str, list[float]] = {name: [] for name in asks}
    for ask in asks.values():
        ask(WARM_UP)
    for _ in range(ROUNDS):
        for name, ask in asks.items():
            rounds[name].append(cpu_ms(served, ask, REQUESTS))
    return {name: min(values) for name, values in rounds.items()}


def _asking(client: Client, path: str, *, is_held: bool = False) -> Ask:
    """Asks so often, and raises JudgeAbsentError where the answer is another than it must be."""
    headers = {"If-None-Match": client.get(path).headers["etag"]} if is_held else {}

    def ask(times: int) -> None:
        for _ in range(times):
            status = client.get(path, **headers).status
            if status != (304 if is_held else 200):
                raise JudgeAbsentError(f"{path} answers {status}")

    return ask


def round_trips(report: Report, article: str, key: str) -> None:
    """The most statements of any of the addresses that partners ask again and again."""
    paths = (LIST, article, f"{article}/quotes", "/api/v1/changes", "/api/v1/quotes", "/api/v1/countries/NO/articles")
    for figure, held in (("round_trips_anonymous", ""), ("round_trips_with_key", key)):
        counts = {path: statements(path, held) for path in paths}
        report.figure(figure, max(counts.values()))
        report.note(f"{figure}: {counts}")
    report.figure(
        "round_trips_with_key_for_a_304", max(statements(path, key, is_held=True) for path in (LIST, article))
    )


def statements(path: str, key: str = "", *, is_held: bool = False) -> int:
    """Of a second request: what a process asks once in its life does not count."""
    client = InProcess(headers=bearer(key), SERVER_NAME="127.0.0.1")
    first = client.get(path)
    headers = {"If-None-Match": first["ETag"]} if is_held else {}
    with CaptureQueriesContext(connection) as captured:
        status = client.get(path, headers=headers).status_code
    if status != (304 if is_held else 200):
        raise JudgeAbsentError(f"{path} answers {status}")
    return len(captured)
