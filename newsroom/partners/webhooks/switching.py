"""Verbs: switch an endpoint off, and write to those who must know when it went off by itself."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from newsroom.partners.models import AccessEvent, WebhookEndpoint
from newsroom.partners.reminding import CHIEF

if TYPE_CHECKING:
    from newsroom.partners.models import ApiKey

logger = logging.getLogger(__name__)

BY_ITSELF = (WebhookEndpoint.Reason.FAILING, WebhookEndpoint.Reason.GONE)
# What could not be sent for so long stands on the board all the same.
TRIED_FOR = timedelta(days=1)
LONGEST_SHOWN_URL = 200


def switch_off(
    endpoint: WebhookEndpoint, *, reason: str, by: User | None = None, key: ApiKey | None = None
) -> WebhookEndpoint:
    """Send nothing more until it is switched on again. The row is locked by the caller."""
    endpoint.state, endpoint.disabled_reason = WebhookEndpoint.State.DISABLED, WebhookEndpoint.Reason(reason)
    endpoint.disabled_at, endpoint.told_of_at, endpoint.next_challenge_at = timezone.now(), None, None
    endpoint.save(update_fields=["state", "disabled_reason", "disabled_at", "told_of_at", "next_challenge_at"])
    record(AccessEvent.Verb.DISABLED_WEBHOOK, endpoint, by=by, detail=WebhookEndpoint.Reason(reason).label)
    return endpoint


def record(verb: str, endpoint: WebhookEndpoint, *, by: User | None = None, detail: str = "") -> None:
    words = f"{endpoint.shown_url[:LONGEST_SHOWN_URL]}{': ' if detail else ''}{detail}"
    AccessEvent.objects.create(verb=verb, partner=endpoint.key.partner, key=endpoint.key, by=by, detail=words[:500])


def tell_of_switched_off() -> int:
    """Write to partner and chiefs of each that went off by itself, once; how many mails were sent.

    A mail server that refuses one holds up none of the others: the next round tries it again.
    """
    since = timezone.now() - TRIED_FOR
    due = WebhookEndpoint.objects.filter(
        state=WebhookEndpoint.State.DISABLED, disabled_reason__in=BY_ITSELF, told_of_at=None, disabled_at__gte=since
    )
    return sum(_try(pk) for pk in due.order_by("disabled_at").values_list("pk", flat=True))


def _try(pk: int) -> bool:
    try:
        return _tell(pk)
    # smtplib's errors are OSErrors, too.
    except OSError:
        logger.exception("Nobody could be written to that webhook endpoint %s is off.", pk)
        return False


@transaction.atomic
def _tell(pk: int) -> bool:
    """The row is locked and marked first, so that two workers send one mail; a mail that is refused undoes the mark."""
    own = WebhookEndpoint.objects.filter(pk=pk, state=WebhookEndpoint.State.DISABLED, told_of_at=None)
    endpoint = own.select_related("key__partner").select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
    if endpoint is None:
        return False
    partner = endpoint.key.partner
    chiefs = [
        *User.objects.filter(groups__name=CHIEF, is_active=True).exclude(email="").values_list("email", flat=True)
    ]
    if not partner.contact and not chiefs:
        return False
    endpoint.told_of_at = timezone.now()
    endpoint.save(update_fields=["told_of_at"])
    subject = f"[{settings.SITE_NAME}] Webhooks switched off: {partner}"
    EmailMessage(subject, _words(endpoint), to=[partner.contact] if partner.contact else chiefs, bcc=chiefs).send()
    return True


def _words(endpoint: WebhookEndpoint) -> str:
    why = "it answered 410 Gone" if endpoint.disabled_reason == "gone" else "every attempt failed for five days"
    last = f"What it answered last: {endpoint.last_error}\n\n" if endpoint.last_error else ""
    address = f"{settings.SITE_URL}{reverse('api-webhook', args=[endpoint.uuid])}"
    return (
        f"We no longer send webhooks of {endpoint.key.partner} to\n\n{endpoint.shown_url}\n\nbecause {why}.\n\n{last}"
        f"Nothing is lost: follow {settings.SITE_URL}{reverse('api-changes')} meanwhile, which has every change, kills "
        f"included. When the endpoint is well again, switch it on with\n\n    POST {address}/enable\n\n"
        "It is then told everything since.\n"
    )
