"""Whether the desk's machines run: the clock, the worker with its queues, and the feed that partners read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Min, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.models import Article, Change, ChangeCounter, Heartbeat
from articles.sweeping import SILENCE, untagged_revision_ids
from newsroom import broker

# A story is read within seconds; one that waits for this long is waiting for a worker that is not there.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Pulse:
    """`swept_at`: the clock's last round. `sequence`, `changed_at`: the newest public change. `waiting` stories have
    a version that the tagger has not read, the oldest saved at `waiting_since`. `queue` is what waits
    for the worker, the clock's tasks among it; None where the broker is not ours to ask."""

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
    def is_ill(self) -> bool:
        return self.is_worker_behind or not self.is_clock_alive

    @property
    def is_worker_behind(self) -> bool:
        """Whether a story, or a message, has waited for longer than a worker would let it."""
        ages = [timezone.now() - self.waiting_since] if self.waiting_since else []
        if self.queue and self.queue.oldest:
            ages.append(self.queue.oldest)
        return any(age > PATIENCE for age in ages)


def pulse() -> Pulse:
    """In one query for our own rows, and one for the queues."""
    counter = ChangeCounter.objects.all()
    # Every database has content types, where it may have neither a change nor a heartbeat yet.
    swept_at, sequence, changed_at, waiting = (
        ContentType.objects.order_by("pk")
        .values_list(
            Subquery(Heartbeat.objects.filter(name=Heartbeat.SWEEP).values("at")),
            Coalesce(Subquery(counter.values("sequence")), 0),
            Subquery(Change.objects.filter(sequence__in=counter.values("sequence")).values("at")),
            Subquery(_waiting()),
        )[:1]
        .get()
    )
    many, since = (waiting["many"], waiting["since"]) if waiting else (0, None)
    oldest = parse_datetime(since) if since else None
    return Pulse(swept_at, sequence, changed_at, many, oldest, broker.state_of_workers_queues())


def _waiting() -> QuerySet[Article, Any]:
    """How many stories the tagger has not read as they are now, and since when the oldest waits."""
    untagged = Article.objects.filter(revision__in=untagged_revision_ids(grace=timedelta(0), lease=timedelta(0)))
    counted = untagged.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    return counted.annotate(waiting=JSONObject(many=Count("pk"), since=Min("revision__created_at"))).values("waiting")
