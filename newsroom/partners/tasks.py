"""Doors of the worker: fetch, call a verb, nothing else. Tasks may run twice."""

from __future__ import annotations

from celery import shared_task

from newsroom.partners import reminding
from newsroom.partners.webhooks import challenging, dispatching, sending, switching
from newsroom.partners.webhooks.leases import Lane


@shared_task(name="partners.remind_of_kills")
def remind_of_kills() -> None:
    """Write to those who have not confirmed a kill in time."""
    reminding.remind_of_kills()


@shared_task(name="partners.dispatch_webhooks")
def dispatch_webhooks() -> None:
    """Write down what endpoints have to be told, and have it sent."""
    dispatching.dispatch()


@shared_task(name="partners.sweep_webhooks")
def sweep_webhooks() -> None:
    """Find whatever no message came through for: changes, retries that are due, challenges."""
    dispatching.sweep()


@shared_task(name="partners.send_webhook_removals")
def send_webhook_removals(endpoint_id: int) -> None:
    """Tell an endpoint of removals for one turn; where more is due, another message stands behind the others'."""
    if sending.send_due(endpoint_id, Lane.REMOVALS):
        send_webhook_removals.delay(endpoint_id)


@shared_task(name="partners.send_webhook_upserts")
def send_webhook_upserts(endpoint_id: int) -> None:
    """The same with stories to have."""
    if sending.send_due(endpoint_id, Lane.UPSERTS):
        send_webhook_upserts.delay(endpoint_id)


@shared_task(name="partners.challenge_webhook")
def challenge_webhook(endpoint_id: int) -> None:
    """Ask an endpoint whether it wants to be told."""
    challenging.challenge(endpoint_id)


@shared_task(name="partners.tell_of_disabled_webhooks")
def tell_of_disabled_webhooks() -> None:
    """Write to partner and chiefs of endpoints that went off by themselves."""
    switching.tell_of_switched_off()
