"""A feed of any format that the desk takes."""

from __future__ import annotations

from datetime import datetime

from newsroom.wire.reading.entries import Feed
from newsroom.wire.reading.feeds import read_atom, read_rss
from newsroom.wire.reading.ninjs import read_ninjs

READERS = {"rss": read_rss, "atom": read_atom, "ninjs": read_ninjs}


def read_feed(format: str, body: bytes, *, content_type: str = "", now: datetime) -> Feed:
    """What a feed holds; items that cannot be used are left out and named in its `faults`.

    Raises:
        UnreadableFeed: the whole cannot be read.
    """
    return READERS[format](body, content_type, now=now)
