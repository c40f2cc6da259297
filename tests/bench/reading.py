"""What it costs to read: lists, stories, pages and searches, of ours beside another server, the limit and the usual
way."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from tests.api_audit.asking import Client
from tests.audits.processor import cpu_ms
from tests.audits.report import Report
from tests.audits.tools import JudgeAbsentError

from .servers import Server

SAMPLE, DEEP = 400, 5_000
WARM_UP, REQUESTS, ROUNDS = 40, 40, 25
# The baseline takes a hundred times as long; the more expensive, the fewer.
FEW = 6
# Of which some are in every story, and some in few.
FEW_SEARCHES = 2
# What is found, as the design's author measured it; the same with passages, counts and facets; and ranked.
SEARCHES = {
    "search_newest": "&order=-published_at&fields=headline,url&counts=false",
    "search_newest_whole": "&order=-published_at",
    "search_ranked": "",
}
WORDS = ("missile", "troops", "navy", "border", "drills", "radar", "frigate", "sanctions", "satellite", "convoy")
# Milliseconds of CPU that the design's author measured: Wagtail 8.0, and the limit under gthread on the same machine.
WAGTAIL = {"list": 284.0, "article": 43.5, "page": 43.0, "front": 32.0}
LIMIT_THEN = {"list": 1.97, "article": 0.82, "page": 0.80}
PACE = "article_limit_gthread"


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked of a server, at addresses that are taken in turn."""

    server: str
    paths: list[str]
    key: str = ""
    is_held: bool = False
    requests: int = REQUESTS


def judge_reading(report: Report, servers: dict[str, Server], key: str, *, stories: int) -> dict[str, float]:
    """The best of rounds in which every case is asked in turn, each on a new connection; milliseconds of CPU by case.
    For all but the largest number of stories it is told and not judged."""
    cases = _cases(key, Client(servers["ours"].address))
    asks = {name: Asking(servers[case.server], case) for name, case in cases.items()}
    found: dict[str, float] = {}
    for ask in asks.values():
        ask(FEW)
    for number in range(ROUNDS):
        for name, case in cases.items():
            # The baseline's figures are no closer to each other than these few rounds show.
            if case.requests == FEW and number >= FEW:
                continue
            asks[name].renew()
            spent = cpu_ms(servers[case.server], asks[name], case.requests)
            found[name] = min(spent, found.get(name, spent))
    report.note(f"{stories:,} stories, CPU ms: " + ", ".join(f"{name} {value:.2f}" for name, value in found.items()))
    return found


def judge_found(report: Report, found: dict[str, float], before: dict[str, float]) -> None:
    """The figures of the largest number of stories, and how they have grown since the smallest."""
    for name in ("list", "article", "page", "front"):
        report.figure(f"{name}_cpu_ms", found[name])
    # What the bare limit takes for one story hardly grows with the archive: its growth is the machine's.
    pace = found[PACE] / before[PACE]
    report.note(f"the machine took {pace:.2f} times as long in the end; growth is told without that")
    for name in ("list", "article", "page", "front", "deep", "article_304"):
        report.figure(f"{name}_growth", found[name] / before[name] / pace)
    for name in ("list", "article"):
        report.figure(f"{name}_with_key_ratio", found[f"{name}_with_key"] / found[name])
    for name in ("list", "article", "page"):
        report.figure(f"{name}_of_gthread_limit_percent", 100 * found[f"{name}_limit_gthread"] / found[name])
        report.figure(f"{name}_of_granian_limit_percent", 100 * found[f"{name}_limit_granian"] / found[name])
        report.figure(f"{name}_gunicorn_times_ours", found[f"{name}_gunicorn"] / found[name])
        report.figure(f"{name}_times_baseline", found[f"{name}_baseline"] / found[name])
        # Scaled by what the limit costs on either machine.
        scale = found[f"{name}_limit_gthread"] / LIMIT_THEN[name]
        report.figure(f"{name}_times_wagtail", scale * WAGTAIL[name] / found[name])
    scale = sum(found[f"{name}_limit_gthread"] / LIMIT_THEN[name] for name in LIMIT_THEN) / len(LIMIT_THEN)
    report.figure("front_times_wagtail", scale * WAGTAIL["front"] / found["front"])
    report.figure("deep_list_cpu_ms", found["deep"])
    report.figure("article_304_cpu_ms", found["article_304"])
    report.figure("search_newest_first_cpu_ms", _median(found, "search_newest"))
    report.figure("search_newest_first_whole_cpu_ms", _median(found, "search_newest_whole"))
    report.figure("search_ranked_cpu_ms", _median(found, "search_ranked"))
    ranked = [value for name, value in found.items() if name.startswith("search_ranked ")]
    report.figure("search_ranked_highest_to_median", max(ranked) / statistics.median(ranked))


def _median(found: dict[str, float], kind: str) -> float:
    """Over the pairs of words."""
    return statistics.median(value for name, value in found.items() if name.startswith(f"{kind} "))


def _cases(key: str, client: Client) -> dict[str, Case]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT uuid::text, path FROM articles_representation WHERE status = 'live' "
            "ORDER BY published_at DESC, article_id DESC LIMIT 2000"
        )
        newest: list[Any] = cursor.fetchall()
    chosen = random.Random(7).sample(newest, min(SAMPLE, len(newest)))
    articles = [f"/api/v1/articles/{uuid}" for uuid, _ in chosen]
    pages = [f"/news/{path}/" for _, path in chosen]
    bare_articles, bare_pages = [f"/article/{uuid}" for uuid, _ in chosen], [f"/page/{path}" for _, path in chosen]
    words = [f"{first}+{second}" for first, second in zip(WORDS, WORDS[3:] + WORDS[:3], strict=True)]
    listed = "/api/v1/articles?page_size=20"
    cases = {
        "list": Case("ours", [listed]),
        "list_with_key": Case("ours", [listed], key),
        "article": Case("ours", articles),
        "article_with_key": Case("ours", articles, key),
        "article_304": Case("ours", articles[:REQUESTS], is_held=True),
        "page": Case("ours", pages),
        "front": Case("ours", ["/"]),
        "deep": Case("ours", [_deep_in(listed, client)]),
    }
    for kind, parameters in SEARCHES.items():
        cases |= {
            f"{kind} {pair}": Case("ours", [f"/api/v1/search?q={pair}{parameters}"], requests=FEW_SEARCHES)
            for pair in words
        }
    cases |= {f"{name}_gunicorn": replace(cases[name], server="gunicorn") for name in ("list", "article", "page")}
    for limit in ("limit_gthread", "limit_granian"):
        cases[f"list_{limit}"] = Case(limit, ["/list"])
        cases[f"article_{limit}"] = Case(limit, bare_articles)
        cases[f"page_{limit}"] = Case(limit, bare_pages)
    slugs = [f"/page/{path.rpartition('/')[2]}/" for _, path in chosen]
    cases["list_baseline"] = Case("baseline", ["/list"], requests=FEW)
    cases["article_baseline"] = Case("baseline", bare_articles, requests=FEW)
    cases["page_baseline"] = Case("baseline", slugs, requests=FEW)
    return cases


def _deep_in(listed: str, client: Client) -> str:
    """The address of a page far down in the archive, as whoever walks there comes to it."""
    address = "/api/v1/articles?page_size=100"
    cursor = ""
    for _ in range(DEEP // 100):
        page = client.get(f"{address}{cursor}").json()
        if not page["has_more"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    return f"{listed}{cursor}"


class Asking:
    """Asks so often, at one address after the other, on one connection until it is renewed. Raises JudgeAbsentError
    where an answer is another than it must be."""

    def __init__(self, server: Server, case: Case) -> None:
        self.case, self.place = case, 0
        self.client = Client(server.address, case.key)
        self.held = {path: self.client.get(path).headers["etag"] for path in case.paths} if case.is_held else {}

    def __call__(self, times: int) -> None:
        for _ in range(times):
            path = self.case.paths[self.place % len(self.case.paths)]
            self.place += 1
            headers = {"If-None-Match": self.held[path]} if self.held else {}
            status = self.client.get(path, **headers).status
            if status != (304 if self.held else 200):
                raise JudgeAbsentError(f"{self.case.server}: {path} answers {status}")

    def renew(self) -> None:
        """A connection stays with the process that took it, and what one costs differs by a tenth and more from
        another: on a single one a round would measure which of them it was."""
        self.client.close()
        self(1)
