"""The limit of a key under many clients at once: exactly as many requests are granted as it may ask."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import UTC, datetime

from tests.audits.report import Finding, Report

from .asking import Client
from .site import make_key

CLIENTS, LIMIT, EACH = 32, 200, 20
# Seconds of a minute of the clock that must be left, so that all ask within one window.
ENOUGH = 25
PATH = "/api/v1/countries?page_size=1"


def judge_throttle(report: Report, site: str) -> None:
    """By the minute and by the day: the same number of clients, each with a connection of its own."""
    too_many, too_few = [], []
    for window, limits in (("minute", {"per_minute": LIMIT}), ("day", {"per_day": LIMIT})):
        granted = asked_at_once(site, make_key(**limits), wait=window == "minute")
        said = Finding("throttle", f"by the {window}", f"answers {dict(granted)}, where {LIMIT} may be granted")
        too_many += [said] * max(0, granted[200] - LIMIT)
        too_few += [said] * max(0, LIMIT - granted[200])
        others = CLIENTS * EACH - granted[200] - granted[429]
        too_few += [said] * others
    report.figure("throttle_clients", CLIENTS)
    report.count("throttle_granted_too_many", too_many)
    report.count("throttle_granted_too_few", too_few)


def asked_at_once(site: str, key: str, *, wait: bool) -> Counter[int]:
    """How often which status was answered."""
    if wait and 60 - datetime.now(UTC).second < ENOUGH:
        time.sleep(60 - datetime.now(UTC).second + 1)
    statuses: Counter[int] = Counter()
    gate, lock = threading.Barrier(CLIENTS), threading.Lock()

    def run() -> None:
        client = Client(site, key)
        gate.wait()
        for _ in range(EACH):
            status = client.get(PATH).status
            with lock:
                statuses[status] += 1
        client.close()

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
