"""Ask the senders to look for work as soon as what is being written is committed. What no message came through for,
the clock finds."""

from __future__ import annotations

from celery import current_app
from django.db import transaction

DISPATCH = "partners.dispatch_webhooks"
CHALLENGE = "partners.challenge_webhook"
# One task sends for an endpoint on a lane.
SEND_REMOVALS, SEND_UPSERTS = "partners.send_webhook_removals", "partners.send_webhook_upserts"


def wake_dispatch() -> None:
    transaction.on_commit(lambda: current_app.send_task(DISPATCH), robust=True)


def wake_challenge(endpoint_id: int) -> None:
    transaction.on_commit(lambda: current_app.send_task(CHALLENGE, args=[endpoint_id]), robust=True)
