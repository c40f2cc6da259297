"""Who is asking a source: one at a time, and of all sources a few at once, so that slow agencies never keep those from
their work who send to partners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from newsroom.wire.models import WireSource

# Longer than a turn takes: its fetch, and what it then brings in. Who was killed holds the source up for so long.
LEASE = timedelta(seconds=150)
MOST_AT_ONCE = 3
# Any number will do that nobody else locks.
ADVISORY_LOCK = 5_112_029


@contextmanager
def lease_of(source_id: int) -> Iterator[datetime | None]:
    """Until when the source is ours, which is the mark of our lease; None where somebody else has it."""
    until = timezone.now() + LEASE
    is_ours = _take(source_id, until)
    try:
        yield until if is_ours else None
    finally:
        if is_ours:
            # Only our own: where we took too long, it is another's by now.
            WireSource.objects.filter(pk=source_id, leased_until=until).update(leased_until=None)


@transaction.atomic
def _take(source_id: int, until: datetime) -> bool:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    if WireSource.objects.filter(leased_until__gt=now).count() >= MOST_AT_ONCE:
        return False
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    return bool(WireSource.objects.filter(free, pk=source_id).update(leased_until=until))
