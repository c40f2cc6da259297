"""CPU of requests: the server's processes and PostgreSQL together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from typing import Any, Protocol

import psutil
from django.db import connection

NANOSECONDS_IN_A_MILLISECOND = 1_000_000
# Until what a server does after its answer is done as well.
SETTLE_SECONDS = 0.02


class Served(Protocol):
    """Whatever has a server that runs."""

    server: Popen[Any] | None


def cpu_ms(served: Served, ask: Callable[[int], None], times: int) -> float:
    """Milliseconds of CPU for one of so many requests, which `ask` makes. As the scheduler counts them, to the
    nanosecond: the hundredths of a second that a process is told would ask for thousands of requests."""
    processes = list(_processes(served))
    before = _nanoseconds(processes)
    ask(times)
    time.sleep(SETTLE_SECONDS)
    after = _nanoseconds(processes)
    spent = sum(count - before.get(thread, 0) for thread, count in after.items())
    return spent / NANOSECONDS_IN_A_MILLISECOND / times


def _processes(served: Served) -> Iterator[psutil.Process]:
    """The server with its workers, and PostgreSQL with its backends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    assert served.server is not None
    for root in (psutil.Process(served.server.pid), backend.parent()):
        if root is not None:
            yield root
            yield from root.children(recursive=True)


def _nanoseconds(processes: list[psutil.Process]) -> dict[Path, int]:
    """What each thread has used so far. One that ended meanwhile is missing."""
    used = {}
    for process in processes:
        for thread in Path(f"/proc/{process.pid}/task").glob("*"):
            try:
                used[thread] = int((thread / "schedstat").read_text().split()[0])
            except OSError:
                continue
    return used
