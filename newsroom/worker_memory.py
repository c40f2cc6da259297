"""What the tagger knows is read before a worker makes its processes, so that they share the memory of it.

Each would else read its own with its first story, which waits for it: the gazetteer, the places of the world, given
names and words. A newer version of the gazetteer is read by each process for itself, as before.
"""

from __future__ import annotations

import logging
from typing import Any

from celery import signals
from celery.concurrency import get_implementation

from newsroom.forking import settle

logger = logging.getLogger(__name__)

# Makes the engine look up a person, a place and a ministry, and so read all that it looks into.
ANY_STORY = (
    "KYIV — “We sailed at dawn,” said Anna Berg, a spokeswoman of the Defence Ministry of Norway. The Northern "
    "Company of Springfield built the ship."
)


def connect() -> None:
    signals.worker_init.connect(_read_beforehand, dispatch_uid="newsroom.worker_memory.read")


def _read_beforehand(sender: Any, **rest: Any) -> None:
    """`sender` is the worker. One that reads no stories, or in threads, has nothing to share."""
    from newsroom import broker

    is_forking = sender.pool_cls in ("prefork", "processes", get_implementation("prefork"))
    if not is_forking or broker.QUEUE not in sender.app.amqp.queues:
        return
    from django.db import DatabaseError
    from django.urls import get_resolver

    from articles import desk_gazetteer
    from articles.tagging import Document, analyse

    _read_the_parser_of_c()
    # What is published by the clock names its address.
    get_resolver().url_patterns  # noqa: B018
    try:
        analyse(Document(text=ANY_STORY), desk_gazetteer.current().compiled)
    except DatabaseError as error:
        logger.warning("The gazetteer could not be read before the start, and is read with the first story: %s", error)
    finally:
        settle()


def _read_the_parser_of_c() -> None:
    """billiard ties each process to its parent's life by a declaration in C, and cffi reads a parser to read that."""
    import cffi

    cffi.FFI().cdef("int prctl (int __option, ...);")
