"""What became of an entry of a feed."""

from __future__ import annotations

from enum import Enum


class Received(Enum):
    """What became of an entry."""

    NEW = "new"
    DUPLICATE = "also from another"
    KNOWN = "known"
    UPDATED = "updated"
    KILLED = "killed"
    OVERTAKEN = "killed, and sent anew"
    WARNED = "a notice to editors"
