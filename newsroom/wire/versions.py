"""Which of two versions is the newer: by the agency's count, or by when it sent them."""

from __future__ import annotations

from datetime import datetime

from newsroom.wire.models import WireItem
from newsroom.wire.reading import Entry, Removal


def is_newer(one: Entry | Removal | WireItem, other: Entry | Removal | WireItem) -> bool:
    """Certainly newer; where neither counts nor times tell, neither is."""
    if one.version.isdecimal() and other.version.isdecimal():
        return int(one.version) > int(other.version)
    sent, sent_before = _sent_at(one), _sent_at(other)
    return sent is not None and sent_before is not None and sent > sent_before


def _sent_at(versioned: Entry | Removal | WireItem) -> datetime | None:
    return versioned.at if isinstance(versioned, Removal) else versioned.sent_at
