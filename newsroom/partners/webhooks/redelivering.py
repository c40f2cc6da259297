"""Verb: tell once more what was told, or given up. The id stays, so that who had it knows it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from articles.states import WrongState
from newsroom.partners.models import WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks.waking import wake_dispatch

ONCE_ONLY = (WebhookDelivery.Type.TEST,)


@transaction.atomic
def redeliver(delivery: WebhookDelivery) -> WebhookDelivery:
    """Due now, with the whole timetable before it.

    Raises:
        WrongState: it was a test.
    """
    if delivery.type in ONCE_ONLY:
        raise WrongState("A test is not told again: send another.")
    # The endpoint first, as everywhere, so that nobody waits in a circle.
    WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=delivery.endpoint_id)
    tell_again(WebhookDelivery.objects.filter(pk=delivery.pk), at=timezone.now())
    wake_dispatch()
    delivery.refresh_from_db()
    return delivery


def tell_again(deliveries: QuerySet[WebhookDelivery], *, at: datetime) -> int:
    """All of these but tests, from now; how many that were."""
    return deliveries.exclude(type__in=ONCE_ONLY).update(
        state=WebhookDelivery.State.WAITING, attempts_before=F("attempts"), next_attempt_at=at, delivered_at=None
    )
