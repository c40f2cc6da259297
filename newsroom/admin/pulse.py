"""Whether the desk's machines run: the clock, the worker with its queue, and the feed that partners read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Min, OuterRef, Subquery
from django.utils import timezone

from articles.models import Change, ChangeCounter, Heartbeat
from articles.sweeping import untagged_revision_ids
from newsroom import broker

# The sweep runs every few seconds; without one for this long, schedules are not kept.
SILENCE = timedelta(minutes=2)
# A story is read within seconds; one that waits for this long is waiting for a worker that is not there.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Pulse:
    """`swept_at`: the clock's last round. `sequence`, `changed_at`: the newest public change. `waiting` stories have
    a version that the tagger has not read, the oldest saved at `waiting_since`. `queue` is None where the broker is
    not ours to ask."""

    swept_at: datetime | None
    sequence: int
    changed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    queue: broker.QueueState | None

    @property
    def is_clock_alive(self) -> bool:
        return self.swept_at is not None and timezone.now() - self.swept_at < SILENCE

    @property
    def is_worker_behind(self) -> bool:
        """Whether a story, or a message, has waited for longer than a worker would let it."""
        ages = [timezone.now() - self.waiting_since] if self.waiting_since else []
        if self.queue and self.queue.oldest:
            ages.append(self.queue.oldest)
        return any(age > PATIENCE for age in ages)


def pulse() -> Pulse:
    """In two queries for our own rows, and one for the queue."""
    untagged = untagged_revision_ids(grace=timedelta(0), lease=timedelta(0)).order_by()
    waiting = untagged.aggregate(many=Count("pk"), since=Min("revision__created_at"))
    newest = (
        ChangeCounter.objects.annotate(
            swept_at=Subquery(Heartbeat.objects.filter(name=Heartbeat.SWEEP).values("at")),
            changed_at=Subquery(Change.objects.filter(sequence=OuterRef("sequence")).values("at")),
        )
        .values_list("swept_at", "sequence", "changed_at")
        .first()
    )
    swept_at, sequence, changed_at = newest or (Heartbeat.last(Heartbeat.SWEEP), 0, None)
    queue = broker.state_of_queue(connection)
    return Pulse(swept_at, sequence, changed_at, waiting["many"], waiting["since"], queue)
