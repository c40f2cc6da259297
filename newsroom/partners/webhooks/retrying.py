"""When a message that was not taken is sent again."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings

# After the first attempt, which comes at once.
TIMETABLE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
ATTEMPTS = len(TIMETABLE) + 1
# So that what failed together does not come back together.
JITTER = 0.1
LONGEST_RETRY_AFTER = timedelta(hours=1)
# An endpoint that failed so often in a row is left alone for a while, whatever is due, and then asked with one message.
PATIENCE = 3
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it was the last."""
    if attempts >= ATTEMPTS:
        return None
    return _scaled(TIMETABLE[attempts - 1]) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret


def pause_after(failures: int) -> timedelta | None:
    """How long an endpoint is left alone after so many failures in a row; None where it is not."""
    if failures < PATIENCE:
        return None
    return _scaled(min(FIRST_PAUSE * 2 ** min(failures - PATIENCE, 20), LONGEST_PAUSE))


def retry_after(header: str, *, now: datetime) -> timedelta | None:
    """What an answer asks for, in seconds or as a date, at most an hour; None where it cannot be read."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(aware - now, timedelta(0)), LONGEST_RETRY_AFTER)


def _scaled(wait: timedelta) -> timedelta:
    return wait * float(settings.WEBHOOK_RETRY_SCALE)
