"""Verb: write down for each endpoint what it has to be told, in the order of the change log, each change once.

The endpoint's row says up to where that was done; it is locked while the deliveries are written and moves with them
in one transaction. Killed here, the same changes are found again; run twice at once, the second finds the row
locked and leaves it to the first.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from articles.api.changes import COLUMNS, reason_of
from articles.api.products import Selection
from articles.models import ChangeCounter, Heartbeat
from newsroom.partners.models import WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks.leases import Lane
from newsroom.partners.webhooks.payloads import LOG_RESTORED, PRODUCTS_CHANGED
from newsroom.partners.webhooks.positions import changes_of, place_at_end, revision_of, selection_of_key
from newsroom.partners.webhooks.signing import new_webhook_id
from newsroom.partners.webhooks.waking import CHALLENGE, SEND_REMOVALS, SEND_UPSERTS

logger = logging.getLogger(__name__)

BATCH = 500
KEPT_FOR = timedelta(days=30)
FORGOTTEN_AT_ONCE = 2_000


def dispatch() -> None:
    """Everything that endpoints have to be told, and a task for each lane on which something is due."""
    write_deliveries()
    for name, endpoint in due_work():
        current_app.send_task(name, args=[endpoint])


def sweep() -> None:
    """One round of the clock: the same, and what is over forgotten."""
    dispatch()
    forget_old_deliveries()
    forget_ended_secrets()
    Heartbeat.beat(Heartbeat.WEBHOOKS)


def write_deliveries() -> int:
    """How many were written. One endpoint on which it fails does not hold up the others."""
    counter = ChangeCounter.objects.first()
    if counter is None:
        return 0
    written = 0
    for pk in _behind(counter):
        try:
            written += _catch_up(pk)
        except Exception:
            logger.exception("Nothing could be written down for webhook endpoint %s.", pk)
    return written


def _behind(counter: ChangeCounter) -> list[int]:
    """Endpoints that were not told everything, those that are furthest behind last; two queries for all."""
    told = WebhookEndpoint.objects.told(timezone.now()).select_related("key").prefetch_related("key__products")
    return [
        endpoint.pk
        for endpoint in told.order_by("-sequence", "id")
        if (endpoint.epoch, endpoint.sequence) != (counter.epoch, counter.sequence)
        or endpoint.revision != revision_of(selection_of_key(endpoint.key))
    ]


def due_work() -> list[tuple[str, int]]:
    """Names of tasks with the endpoint of each: what is due and nobody is at, removals first."""
    now = timezone.now()
    unproven = WebhookEndpoint.objects.filter(state=WebhookEndpoint.State.PENDING, next_challenge_at__lte=now)
    return [
        *((SEND_REMOVALS, pk) for pk in _ids(_with_due(Lane.REMOVALS, now))),
        *((CHALLENGE, pk) for pk in _ids(unproven.of_working_keys(now))),
        *((SEND_UPSERTS, pk) for pk in _ids(_with_due(Lane.UPSERTS, now))),
    ]


def _with_due(lane: Lane, now: datetime) -> QuerySet[WebhookEndpoint]:
    """Endpoints with a message that is due on a lane which nobody has."""
    due = WebhookDelivery.objects.filter(
        endpoint=OuterRef("pk"), state=WebhookDelivery.State.WAITING, is_fast=lane.is_fast, next_attempt_at__lte=now
    )
    free = Q(**{lane.lease: None}) | Q(**{f"{lane.lease}__lte": now})
    rested = Q(paused_until=None) | Q(paused_until__lte=now)
    return WebhookEndpoint.objects.told(now).filter(Exists(due), free, rested)


def forget_old_deliveries() -> int:
    """Those that came to an end are kept for thirty days."""
    old = WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    ended = old.exclude(state=WebhookDelivery.State.WAITING).order_by("created_at").values("pk")[:FORGOTTEN_AT_ONCE]
    forgotten, _ = WebhookDelivery.objects.filter(pk__in=list(ended.values_list("pk", flat=True))).delete()
    return forgotten


def forget_ended_secrets() -> int:
    """Those that signed along after a rotation, once they do no more."""
    ended = WebhookEndpoint.objects.filter(previous_secret_ends_at__lte=timezone.now())
    return ended.update(previous_secret="", previous_secret_ends_at=None)


def _ids(endpoints: QuerySet[WebhookEndpoint]) -> Iterable[int]:
    return endpoints.order_by("id").values_list("pk", flat=True)


def _catch_up(pk: int) -> int:
    written = 0
    while True:
        batch = _write_batch(pk)
        written += batch
        if batch < BATCH:
            return written


@transaction.atomic
def _write_batch(pk: int) -> int:
    """The next deliveries of an endpoint; fewer than a whole batch when it is up to date, or somebody is at it."""
    own = WebhookEndpoint.objects.told(timezone.now()).filter(pk=pk).select_related("key")
    endpoint = own.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
    if endpoint is None:
        return 0
    # Everything up to its number is visible to whatever is read after it.
    counter = ChangeCounter.objects.get()
    selection = selection_of_key(endpoint.key)
    broken = _why_nothing_leads_on(endpoint, counter, selection)
    if broken:
        _ask_to_begin_again(endpoint, selection, reason=broken)
        return 0
    if endpoint.sequence == counter.sequence:
        return 0
    waiting = changes_of(selection).filter(sequence__gt=endpoint.sequence, sequence__lte=counter.sequence)
    is_in_after = selection.is_in_after() if selection else Value(True)
    rows = list(
        waiting.annotate(is_in_after=is_in_after, sequence_before=Value(0))
        .order_by("sequence")
        .values(*COLUMNS)[:BATCH]
    )
    WebhookDelivery.objects.bulk_create(_deliveries(endpoint, rows))
    if rows:
        endpoint.previous_sequence = rows[-1]["sequence"]
    endpoint.sequence = rows[-1]["sequence"] if len(rows) == BATCH else counter.sequence
    endpoint.save(update_fields=["sequence", "previous_sequence"])
    return len(rows)


def _why_nothing_leads_on(endpoint: WebhookEndpoint, counter: ChangeCounter, selection: Selection | None) -> str:
    if endpoint.epoch != counter.epoch or endpoint.sequence > counter.sequence:
        return LOG_RESTORED
    return PRODUCTS_CHANGED if endpoint.revision != revision_of(selection) else ""


def _ask_to_begin_again(endpoint: WebhookEndpoint, selection: Selection | None, *, reason: str) -> None:
    """What the feed answers with 409. Of what still waits, stories of the old products are not told any more."""
    endpoint.deliveries.filter(state=WebhookDelivery.State.WAITING, type=WebhookDelivery.Type.UPSERT).delete()
    now = timezone.now()
    endpoint.deliveries.create(
        webhook_id=new_webhook_id(),
        type=WebhookDelivery.Type.RESYNC,
        reason=reason,
        is_fast=True,
        next_attempt_at=now,
    )
    place_at_end(endpoint, selection)
    endpoint.save(update_fields=["epoch", "sequence", "revision", "previous_sequence"])


def _deliveries(endpoint: WebhookEndpoint, rows: list[dict[str, Any]]) -> list[WebhookDelivery]:
    """A removal as the feed understands it: also what left the products or may not be passed on any more."""
    now = timezone.now()
    made = []
    for row, previous in zip(rows, [endpoint.previous_sequence, *(row["sequence"] for row in rows)], strict=False):
        reason = reason_of(row)
        made.append(
            WebhookDelivery(
                webhook_id=new_webhook_id(),
                endpoint=endpoint,
                change_id=row["id"],
                type=WebhookDelivery.Type.UPSERT if reason is None else WebhookDelivery.Type.REMOVE,
                reason=reason or "",
                previous_sequence=previous,
                is_fast=reason is not None,
                next_attempt_at=now,
            )
        )
    return made
