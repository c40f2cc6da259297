"""How many requests may wait for an answer of their caller's own server: one in each process of the site, so that
partners who try their endpoints never hold all of its threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds that such a request waits at most: less than the senders do.
DEADLINE = 5.0

_place = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Another waits already."""


@contextmanager
def place_to_wait() -> Iterator[None]:
    """Ours for the length of the block. Raises Busy where there is none."""
    if not _place.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _place.release()
