"""Verb: send what is due to an endpoint, one message after the other, and note what came of each.

A message is taken before it is sent: its attempt is counted and its next one set to the end of a lease, in a
transaction of its own. Killed anywhere after that, it is due again when the lease ends, with the same id. What an
attempt brought is noted only by the attempt that is still the newest.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from newsroom.outgoing.transport import DEADLINE, Answer, Line
from newsroom.partners.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks.leases import Lane, lease_of
from newsroom.partners.webhooks.payloads import body_of
from newsroom.partners.webhooks.retrying import pause_after, retry_after, wait_after
from newsroom.partners.webhooks.signing import headers_of
from newsroom.partners.webhooks.switching import switch_off
from newsroom.sealing import WEBHOOKS, Unreadable

logger = logging.getLogger(__name__)

# Longer than the transport's deadline.
LEASE = timedelta(seconds=30)
GONE, ASKS_TO_WAIT = 410, (429, 503)
FAILED_FOR = timedelta(days=5)


def send_due(endpoint_id: int, lane: Lane, *, line: Line | None = None) -> bool:
    """Send for one turn; whether something is left that was due.

    Nothing is sent where another worker is at this lane.
    """
    with lease_of(endpoint_id, lane) as is_ours:
        if not is_ours:
            return False
        with line or Line() as own:
            return _take_turn(endpoint_id, lane, own)


def secrets_of(endpoint: WebhookEndpoint, at: datetime) -> list[str]:
    """Those that hold, the newest first. Raises Unreadable."""
    sealed = [endpoint.secret, *([endpoint.previous_secret] if endpoint.signs_twice(at) else [])]
    return [WEBHOOKS.unseal(secret) for secret in sealed]


def send_signed(
    endpoint: WebhookEndpoint, body: bytes, *, webhook_id: str, line: Line, seconds: float = DEADLINE
) -> Answer:
    """Send one message now; an answer also where nothing could be sent."""
    now = timezone.now()
    try:
        secrets = secrets_of(endpoint, now)
    except Unreadable as error:
        logger.error("Webhook endpoint %s: %s", endpoint.pk, error)
        return Answer(None, 0, "Its secret cannot be read any more: rotate it.")
    headers = headers_of(body, webhook_id=webhook_id, at=now, secrets=secrets)
    return line.post(endpoint.url, body, headers, seconds=seconds)


@transaction.atomic
def note_test(delivery: WebhookDelivery, answer: Answer) -> None:
    """What came of a test is kept with it, and says nothing about how the endpoint fares."""
    _write_attempt(delivery, answer)
    if answer.is_success:
        delivery.state, delivery.delivered_at = WebhookDelivery.State.DELIVERED, timezone.now()
        delivery.save(update_fields=["state", "delivered_at"])


def _take_turn(endpoint_id: int, lane: Lane, line: Line) -> bool:
    ends = time.monotonic() + lane.turn
    while True:
        delivery = _claim(endpoint_id, lane)
        if delivery is None:
            return False
        answer = send_signed(delivery.endpoint, body_of(delivery), webhook_id=delivery.webhook_id, line=line)
        note(delivery, answer)
        if time.monotonic() > ends:
            return True


@transaction.atomic
def _claim(endpoint_id: int, lane: Lane) -> WebhookDelivery | None:
    """The next message that is due, ours for the length of a lease; None where there is none, or the endpoint is told
    nothing now."""
    now = timezone.now()
    told = WebhookEndpoint.objects.told(now).filter(Q(paused_until=None) | Q(paused_until__lte=now), pk=endpoint_id)
    endpoint = told.first()
    if endpoint is None:
        return None
    due = endpoint.deliveries.filter(
        state=WebhookDelivery.State.WAITING, is_fast=lane.is_fast, next_attempt_at__lte=now
    )
    delivery = due.order_by("id").select_for_update(no_key=True, skip_locked=True).first()
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.next_attempt_at = now + LEASE
    delivery.save(update_fields=["attempts", "next_attempt_at"])
    delivery.endpoint = endpoint
    return delivery


@transaction.atomic
def note(delivery: WebhookDelivery, answer: Answer) -> None:
    """Write down what an attempt brought. The endpoint's row first, so that nobody waits in a circle."""
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=delivery.endpoint_id).first()
    stored = WebhookDelivery.objects.select_for_update(no_key=True).filter(pk=delivery.pk).first()
    if endpoint is None or stored is None:
        # Deleted meanwhile; what was sent was sent.
        return
    is_newest = stored.attempts == delivery.attempts and stored.is_waiting
    _write_attempt(delivery, answer)
    if answer.is_success:
        _note_success(endpoint, stored)
    else:
        _note_failure(endpoint, stored if is_newest else None, answer)


def _write_attempt(delivery: WebhookDelivery, answer: Answer) -> None:
    attempt = WebhookAttempt(
        delivery=delivery,
        number=delivery.attempts,
        status=answer.status,
        milliseconds=answer.milliseconds,
        error=answer.error,
    )
    WebhookAttempt.objects.bulk_create([attempt], ignore_conflicts=True)


def _note_success(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    """Also where a later attempt is under way: it was taken."""
    now = timezone.now()
    if not delivery.is_delivered:
        delivery.state, delivery.next_attempt_at, delivery.delivered_at = WebhookDelivery.State.DELIVERED, None, now
        delivery.save(update_fields=["state", "next_attempt_at", "delivered_at"])
    endpoint.last_success_at = now
    endpoint.failing_since, endpoint.failures, endpoint.paused_until = None, 0, None
    endpoint.save(update_fields=["last_success_at", "failing_since", "failures", "paused_until"])


def _note_failure(endpoint: WebhookEndpoint, delivery: WebhookDelivery | None, answer: Answer) -> None:
    now = timezone.now()
    asked = retry_after(answer.headers.get("retry-after", ""), now=now) if answer.status in ASKS_TO_WAIT else None
    if delivery is not None:
        _set_next_attempt(delivery, asked, now)
    endpoint.last_failure_at, endpoint.last_error = now, answer.error
    endpoint.failing_since, endpoint.failures = endpoint.failing_since or now, endpoint.failures + 1
    pauses = [pause for pause in (asked, pause_after(endpoint.failures)) if pause]
    endpoint.paused_until = now + max(pauses) if pauses else None
    endpoint.save(update_fields=["last_failure_at", "last_error", "failing_since", "failures", "paused_until"])
    if not endpoint.is_active:
        return
    if answer.status == GONE:
        switch_off(endpoint, reason=WebhookEndpoint.Reason.GONE)
    elif now - endpoint.failing_since >= FAILED_FOR:
        switch_off(endpoint, reason=WebhookEndpoint.Reason.FAILING)


def _set_next_attempt(delivery: WebhookDelivery, asked: timedelta | None, now: datetime) -> None:
    wait = wait_after(delivery.attempts - delivery.attempts_before)
    if wait is None:
        delivery.state, delivery.next_attempt_at = WebhookDelivery.State.FAILED, None
    else:
        delivery.next_attempt_at = now + max(wait, asked or timedelta(0))
    delivery.save(update_fields=["state", "next_attempt_at"])
