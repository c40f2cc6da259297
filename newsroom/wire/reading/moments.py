"""Dates as agencies write them; what cannot be read, or lies where no date of ours does, is none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Clocks of agencies differ a little from ours.
AHEAD = timedelta(minutes=15)
# Takes "2026-11-26T14:00:00Z", "2026-11-26 14:00+01:00", "2026-11-26"; refuses "26 Nov 2026".
_ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}")


def moment_of(written: str) -> datetime | None:
    """RFC 822 as in RSS, or ISO 8601 as in Atom and ninjs; without a zone it is UTC."""
    text = written.strip()[:60]
    try:
        found = datetime.fromisoformat(text.upper()) if _ISO.match(text) else parsedate_to_datetime(text)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found >= EARLIEST and found.year < 2200 else None


def sent_moment_of(written: str, *, now: datetime) -> datetime | None:
    """As `moment_of`, but nothing was sent in the future: such a date says nothing about what is newer."""
    found = moment_of(written)
    return found if found is not None and found <= now + AHEAD else None
