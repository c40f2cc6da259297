"""Verbs of endpoints: make, change, switch on and off, rotate the secret, try, delete. Each is one transaction.

A new secret is returned once. `by` is the person at the desk; what a partner does by the API is done by its key.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.states import GuardFailed, NotAllowed, WrongState
from newsroom.outgoing.destinations import Forbidden, destination_of
from newsroom.outgoing.transport import DEADLINE, Answer, Line
from newsroom.partners.models import AccessEvent, ApiKey, Partner, WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks.challenging import begin_challenges
from newsroom.partners.webhooks.payloads import body_of
from newsroom.partners.webhooks.positions import place_at_end, selection_of_key
from newsroom.partners.webhooks.sending import note_test, send_signed
from newsroom.partners.webhooks.signing import new_secret, new_webhook_id
from newsroom.partners.webhooks.switching import record, switch_off
from newsroom.partners.webhooks.waking import wake_challenge
from newsroom.sealing import WEBHOOKS

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_ENDPOINTS = 10
# The secret before signs along for so long.
OVERLAP = timedelta(hours=24)


class BadAddress(GuardFailed):
    """Nothing is sent to this address; the message says why."""


@transaction.atomic
def make_endpoint(key: ApiKey, *, url: str, description: str = "") -> tuple[WebhookEndpoint, str]:
    """An endpoint of a key, told of what becomes public from now on, and its secret. It is challenged at once.

    Raises:
        BadAddress: nothing may be sent there.
        GuardFailed: the partner has too many, or the key one at this address.
    """
    _require_address(url)
    Partner.objects.select_for_update(no_key=True).get(pk=key.partner_id)
    if WebhookEndpoint.objects.filter(key__partner=key.partner_id).count() >= MOST_ENDPOINTS:
        raise GuardFailed(f"A partner has at most {MOST_ENDPOINTS} endpoints: delete those you do not use.")
    secret = new_secret()
    endpoint = WebhookEndpoint(key=key, url=url, description=description, secret=WEBHOOKS.seal(secret))
    place_at_end(endpoint, selection_of_key(key))
    begin_challenges(endpoint, at=timezone.now())
    _save_at(endpoint, url)
    record(AccessEvent.Verb.MADE_WEBHOOK, endpoint)
    wake_challenge(endpoint.pk)
    return endpoint, secret


@transaction.atomic
def change_endpoint(
    endpoint: WebhookEndpoint, *, url: str | None = None, description: str | None = None
) -> WebhookEndpoint:
    """Another address must answer a challenge before it is told anything; what waits, waits.

    Raises:
        BadAddress: nothing may be sent there.
        GuardFailed: the key has another endpoint there.
    """
    locked = lock(endpoint)
    if description is not None:
        locked.description = description
    if url is not None and url != locked.url:
        _require_address(url)
        before = locked.shown_url
        begin_challenges(locked, at=timezone.now())
        _save_at(locked, url)
        record(AccessEvent.Verb.CHANGED_WEBHOOK, locked, detail=f"before, {before}")
        wake_challenge(locked.pk)
    else:
        locked.save(update_fields=["description"])
    return locked


@transaction.atomic
def rotate_secret(endpoint: WebhookEndpoint) -> tuple[WebhookEndpoint, str]:
    """Another secret, and the endpoint. The one of now signs along for a day; one from before that no more."""
    locked = lock(endpoint)
    secret = new_secret()
    locked.previous_secret, locked.previous_secret_ends_at = locked.secret, timezone.now() + OVERLAP
    locked.secret = WEBHOOKS.seal(secret)
    locked.save(update_fields=["secret", "previous_secret", "previous_secret_ends_at"])
    record(AccessEvent.Verb.ROTATED_SECRET, locked)
    return locked, secret


@transaction.atomic
def switch_on(endpoint: WebhookEndpoint, *, by: User | None = None) -> WebhookEndpoint:
    """Challenge it; once it has answered it is told what it missed.

    Raises:
        NotAllowed: the person may not change webhooks.
        WrongState: it is on.
    """
    _require(by)
    locked = lock(endpoint)
    if locked.is_active:
        raise WrongState("It is switched on already.")
    begin_challenges(locked, at=timezone.now())
    locked.save()
    wake_challenge(locked.pk)
    return locked


@transaction.atomic
def disable(endpoint: WebhookEndpoint, *, by: User | None = None) -> WebhookEndpoint:
    """Tell it nothing until it is switched on.

    Raises:
        NotAllowed: the person may not change webhooks.
        WrongState: it is off.
    """
    _require(by)
    locked = lock(endpoint)
    if locked.is_disabled:
        raise WrongState("It is switched off already.")
    reason = WebhookEndpoint.Reason.NEWSROOM if by else WebhookEndpoint.Reason.PARTNER
    return switch_off(locked, reason=reason, by=by)


@transaction.atomic
def delete_endpoint(endpoint: WebhookEndpoint) -> None:
    """With its deliveries; that it was there stays written down."""
    locked = lock(endpoint)
    record(AccessEvent.Verb.DELETED_WEBHOOK, locked)
    locked.delete()


def send_test(
    endpoint: WebhookEndpoint, *, seconds: float = DEADLINE, line: Line | None = None
) -> tuple[WebhookDelivery, Answer]:
    """Send a signed test now, in whatever state it is, and keep what came of it. It is not tried again."""
    delivery = endpoint.deliveries.create(
        webhook_id=new_webhook_id(),
        type=WebhookDelivery.Type.TEST,
        is_fast=False,
        attempts=1,
        state=WebhookDelivery.State.FAILED,
    )
    with line or Line() as own:
        answer = send_signed(endpoint, body_of(delivery), webhook_id=delivery.webhook_id, line=own, seconds=seconds)
    note_test(delivery, answer)
    return delivery, answer


def move_to(successor: ApiKey, *, of: ApiKey) -> int:
    """The endpoints of a rotated key are those of the key that replaces it."""
    return WebhookEndpoint.objects.filter(key=of).update(key=successor)


def lock(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    own = WebhookEndpoint.objects.select_related("key__partner").select_for_update(no_key=True, of=("self",))
    return own.get(pk=endpoint.pk)


def _require(by: User | None) -> None:
    """`by` is None for the partner itself, whose key the API has asked."""
    if by is not None and not (by.is_active and by.has_perm("partners.change_webhookendpoint")):
        raise NotAllowed("Webhooks are for the chief: ask one.")


def _require_address(url: str) -> None:
    try:
        destination_of(url)
    except Forbidden as error:
        raise BadAddress(str(error)) from None


def _save_at(endpoint: WebhookEndpoint, url: str) -> None:
    endpoint.url = url
    try:
        with transaction.atomic():
            endpoint.save()
    except IntegrityError:
        raise GuardFailed("This key has an endpoint at this address already.") from None
