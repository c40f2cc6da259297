"""When is it quiet? Nothing is due, nothing is under way, nobody holds anything. What does not become so is a fault."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from articles import sweeping
from articles.models import Article, ChangeCounter
from articles.retagging import ADVISORY_CLASS
from articles.states import PubState
from newsroom.partners.models import WebhookDelivery, WebhookEndpoint

NOTHING = timedelta(0)


def wait_until_quiet(seconds: float) -> tuple[float, list[str]]:
    """How long it took, and what was still not quiet at the end of that time."""
    began = time.monotonic()
    while True:
        left = still_going_on()
        waited = time.monotonic() - began
        if not left or waited > seconds:
            return waited, left
        time.sleep(1)


def still_going_on() -> list[str]:
    close_old_connections()
    try:
        return [*_work(), *stuck_locks()]
    except (DatabaseError, InterfaceError) as error:
        connection.close()
        return [f"the database does not answer: {error}"]


def _work() -> Iterator[str]:
    scheduled = Article.objects.filter(pub_state=PubState.SCHEDULED).count()
    if scheduled:
        yield f"{scheduled} stories are on the schedule"
    untagged = sweeping.untagged_revision_ids(grace=NOTHING, lease=NOTHING).count()
    if untagged:
        yield f"{untagged} newest revisions are not tagged"
    behind = WebhookEndpoint.objects.exclude(sequence=ChangeCounter.objects.get().sequence).count()
    waiting = WebhookDelivery.objects.filter(state=WebhookDelivery.State.WAITING).count()
    if behind or waiting:
        yield f"{behind} endpoints are behind, {waiting} messages wait"


def stuck_locks() -> Iterator[str]:
    """Leases that hold, sessions that hold a story for the tagger, transactions that somebody left open."""
    now = timezone.now()
    for lease in ("removals_leased_until", "upserts_leased_until"):
        held = WebhookEndpoint.objects.filter(**{f"{lease}__gt": now}).count()
        if held:
            yield f"{lease} holds at {held} endpoints"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s", [ADVISORY_CLASS])
        yield from (f"{count} stories are reserved for reading again" for (count,) in cursor.fetchall() if count)
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND state LIKE 'idle in transaction%' AND now() - state_change > interval '10 seconds'"
        )
        yield from (f"{count} transactions were left open" for (count,) in cursor.fetchall() if count)
