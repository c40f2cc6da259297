"""Who is sending to an endpoint on a lane: one at a time, and of the lane of stories only a few in all, so that slow
endpoints never keep every sender from removals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from newsroom.partners.models import WebhookEndpoint

# Longer than a run and its last message take together. Who was killed holds the lane up for so long.
LEASE = timedelta(seconds=45)
MOST_SENDERS_OF_UPSERTS = 4
# Any number will do that nobody else locks.
ADVISORY_LOCK = 5_112_027


class Lane(Enum):
    """Each with the name of its lease, and how many seconds a run sends before others have their turn."""

    REMOVALS = ("removals_leased_until", 5)
    UPSERTS = ("upserts_leased_until", 15)

    @property
    def lease(self) -> str:
        return self.value[0]

    @property
    def turn(self) -> int:
        return self.value[1]

    @property
    def is_fast(self) -> bool:
        return self is Lane.REMOVALS


@contextmanager
def lease_of(endpoint_id: int, lane: Lane) -> Iterator[bool]:
    """Whether the lane is ours until the end of the block."""
    until = timezone.now() + LEASE
    is_ours = _take(endpoint_id, lane, until)
    try:
        yield is_ours
    finally:
        if is_ours:
            # Only our own: where we took too long, it is another's by now.
            WebhookEndpoint.objects.filter(pk=endpoint_id, **{lane.lease: until}).update(**{lane.lease: None})


@transaction.atomic
def _take(endpoint_id: int, lane: Lane, until: object) -> bool:
    now = timezone.now()
    if lane is Lane.UPSERTS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        if WebhookEndpoint.objects.filter(upserts_leased_until__gt=now).count() >= MOST_SENDERS_OF_UPSERTS:
            return False
    free = Q(**{lane.lease: None}) | Q(**{f"{lane.lease}__lte": now})
    return bool(WebhookEndpoint.objects.filter(free, pk=endpoint_id).update(**{lane.lease: until}))
