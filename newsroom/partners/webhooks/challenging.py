"""Verb: find out whether who answers at an address wants to be told there. Only then is the endpoint told anything.

A signed `endpoint.challenge` is sent; the answer must be 2xx with the JSON object {"challenge": "…"}, the value as it
was sent. The answer comes while we listen, so that nothing needs to be remembered, and an old one is worth nothing.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from newsroom.outgoing.transport import DEADLINE, Answer, Line
from newsroom.partners.models import AccessEvent, WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks.payloads import challenge_body
from newsroom.partners.webhooks.redelivering import tell_again
from newsroom.partners.webhooks.retrying import wait_after
from newsroom.partners.webhooks.sending import LEASE, send_signed
from newsroom.partners.webhooks.signing import new_webhook_id
from newsroom.partners.webhooks.switching import record
from newsroom.partners.webhooks.waking import wake_dispatch

NOT_ANSWERED = 'It did not answer with {"challenge": …} and the value that was sent.'


def challenge(endpoint_id: int, *, seconds: float = DEADLINE, line: Line | None = None) -> Answer | None:
    """Ask, and make the endpoint active where it answers well. None where there is nothing to ask.

    After a bad answer the clock asks again by the timetable of retries, and then no more.
    """
    endpoint = _claim(endpoint_id)
    if endpoint is None:
        return None
    value = secrets.token_urlsafe(24)
    body = challenge_body(value, at=timezone.now())
    with line or Line() as own:
        sent = send_signed(endpoint, body, webhook_id=new_webhook_id(), line=own, seconds=seconds)
    answer = _judged(sent, value)
    _note(endpoint, answer)
    return answer


def begin_challenges(endpoint: WebhookEndpoint, *, at: datetime) -> None:
    """Told nothing until it has answered. Not saved."""
    endpoint.state = WebhookEndpoint.State.PENDING
    endpoint.disabled_reason, endpoint.disabled_at, endpoint.told_of_at = "", None, None
    endpoint.challenges, endpoint.next_challenge_at = 0, at
    endpoint.failing_since, endpoint.failures, endpoint.paused_until = None, 0, None


@transaction.atomic
def _claim(endpoint_id: int) -> WebhookEndpoint | None:
    now = timezone.now()
    pending = WebhookEndpoint.objects.of_working_keys(now).filter(pk=endpoint_id, state=WebhookEndpoint.State.PENDING)
    endpoint = pending.select_for_update(no_key=True, of=("self",)).first()
    if endpoint is None:
        return None
    endpoint.challenges += 1
    endpoint.next_challenge_at = now + LEASE
    endpoint.save(update_fields=["challenges", "next_challenge_at"])
    return endpoint


def _judged(answer: Answer, value: str) -> Answer:
    """A 2xx with anything else in it is no answer."""
    if not answer.is_success or _is_answered(answer.body, value):
        return answer
    return replace(answer, status=None, error=f"It answered {answer.status}, but: {NOT_ANSWERED}")


def _is_answered(body: bytes, value: str) -> bool:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return False
    given = document.get("challenge") if isinstance(document, dict) else None
    return isinstance(given, str) and hmac.compare_digest(given.encode(errors="replace"), value.encode())


@transaction.atomic
def _note(asked: WebhookEndpoint, answer: Answer) -> None:
    """Nothing where the address became another, or somebody switched it off, while we listened."""
    now = timezone.now()
    same = WebhookEndpoint.objects.filter(pk=asked.pk, url=asked.url, state=WebhookEndpoint.State.PENDING)
    endpoint = same.select_related("key__partner").select_for_update(no_key=True, of=("self",)).first()
    if endpoint is None:
        return
    if answer.is_success:
        endpoint.state, endpoint.next_challenge_at = WebhookEndpoint.State.ACTIVE, None
        endpoint.save(update_fields=["state", "next_challenge_at"])
        # What was given up while it failed is told after all.
        tell_again(endpoint.deliveries.filter(state=WebhookDelivery.State.FAILED), at=now)
        record(AccessEvent.Verb.ENABLED_WEBHOOK, endpoint, detail="it answered the challenge")
        wake_dispatch()
        return
    wait = wait_after(endpoint.challenges)
    endpoint.next_challenge_at = None if wait is None else now + wait
    endpoint.last_failure_at, endpoint.last_error = now, answer.error
    endpoint.save(update_fields=["next_challenge_at", "last_failure_at", "last_error"])
