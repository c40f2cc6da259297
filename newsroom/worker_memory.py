"""The gazetteer is read before a worker makes its processes, so that they share the memory of it.

Each would else read its own with its first story, which waits for it. A newer version of it is read by each process
for itself, as before.
"""

from __future__ import annotations

import gc
import logging
from typing import Any

from celery import signals
from celery.concurrency import get_implementation

logger = logging.getLogger(__name__)


def connect() -> None:
    signals.worker_init.connect(_read_beforehand, dispatch_uid="newsroom.worker_memory.read")


def _read_beforehand(sender: Any, **rest: Any) -> None:
    """`sender` is the worker. One that reads no stories, or in threads, has nothing to share."""
    from newsroom import broker

    is_forking = sender.pool_cls in ("prefork", "processes", get_implementation("prefork"))
    if not is_forking or broker.QUEUE not in sender.app.amqp.queues:
        return
    from django.db import DatabaseError, connections

    from articles import desk_gazetteer

    try:
        desk_gazetteer.current()
    except DatabaseError as error:
        logger.warning("The gazetteer could not be read before the start, and is read with the first story: %s", error)
    finally:
        # A connection belongs to one process.
        connections.close_all()
    gc.collect()
    # What was read so far is left alone by each process's own collections, and so stays shared.
    gc.freeze()
