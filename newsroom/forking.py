"""What a server does before it makes its processes, so that they share what they read alike.

A process that is forked shares all memory of its parent until either writes to it. What each would else make for itself
with its first request (statements, templates, plans of queries) is made before, by answering a few requests.
"""

from __future__ import annotations

import ctypes
import gc
import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

logger = logging.getLogger(__name__)

# Of mallopt(3): M_TRIM_THRESHOLD and M_MMAP_THRESHOLD in bytes, which no longer grow then, and M_ARENA_MAX.
GIVEN_BACK = {-1: 2**20, -3: 2**20, -8: 2}
# What readers and partners ask for most.
REHEARSED = (
    *("/", "/search/?q=fleet", "/api/v1/articles", "/api/v1/search?q=fleet"),
    *("/api/v1/search?q=fleet&order=-published_at", "/api/v1/search?q=fleet&counts=false&fields=headline"),
)
REHEARSED_OF_STORY = ("/news/{path}/", "/api/v1/articles/{uuid}")


def rehearse(application: Application) -> None:
    """Answer requests that nobody has asked; where the database does not answer yet, each process learns by itself."""
    from django.conf import settings
    from django.db import DatabaseError

    from articles.models import Representation

    live = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at", "-article_id")
    try:
        newest = live.values("path", "uuid").first()
    except DatabaseError as error:
        logger.warning("The database does not answer yet, so nothing was made ready before the start: %s", error)
        return
    here = urlsplit(settings.SITE_URL)
    of_story = [address.format(**newest) for address in REHEARSED_OF_STORY] if newest else []
    for address in (*REHEARSED, *of_story):
        path, _, query = address.partition("?")
        request: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1"}
        request |= {"HTTP_HOST": here.netloc, "HTTP_X_FORWARDED_PROTO": here.scheme, "wsgi.url_scheme": here.scheme}
        setup_testing_defaults(request)
        try:
            _read(application(request, _start))
        except Exception:
            # A fault of a page is that page's alone: the server starts, and answers with all others.
            logger.warning("%s could not be made ready before the start", path, exc_info=True)


def settle() -> None:
    """Leave nothing behind that the processes would each have to clear up, or may not share."""
    from django.db import connections

    # A connection belongs to one process.
    connections.close_all()
    gc.collect()
    _give_back()
    # What was read so far is left alone by each process's own collections, and so stays shared.
    gc.freeze()


def _give_back() -> None:
    """Freed memory goes back to the machine, now and later: glibc would keep what the largest answers took, once for
    each thread. Other libraries have no such places to turn to."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for parameter, value in GIVEN_BACK.items():
            library.mallopt(parameter, value)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def _read(answer: Iterable[bytes]) -> None:
    try:
        for _ in answer:
            pass
    finally:
        if hasattr(answer, "close"):
            answer.close()


def _start(status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
    pass
