"""CPU of requests: the server's processes and PostgreSQL together."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil
from django.db import connection

from .served import ServedSite


def cpu_ms(served: ServedSite, ask: Callable[[int], None], times: int) -> float:
    """Milliseconds of CPU for one of so many requests, which `ask` makes."""
    before = _seconds(served)
    ask(times)
    time.sleep(0.05)
    return 1000 * (_seconds(served) - before) / times


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
