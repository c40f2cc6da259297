"""Verb: write to a partner, and to the chiefs, when a kill stays unconfirmed. Once a kill and partner."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import Change
from newsroom.partners.models import KillReminder, Partner
from newsroom.partners.standing import PATIENCE, kills, standing_of, standings

# What could not be sent for so long is a matter for the telephone.
TRIED_FOR = timedelta(days=1)
CHIEF = "Chief"

log = logging.getLogger(__name__)


def remind_of_kills() -> int:
    """Every reminder that is due, each in a transaction of its own; how many were sent.

    A mail server that refuses one holds up none of the others: the next round tries it again.
    """
    now = timezone.now()
    due = list(kills(now - TRIED_FOR - PATIENCE).filter(at__lte=now - PATIENCE, sequence__isnull=False))
    if not due:
        return 0
    partners = standings(0)
    told = set(KillReminder.objects.filter(change__in=due).values_list("partner_id", "change_id"))
    return sum(
        _try(partner.partner_id, kill)
        for kill in due
        for partner in standing_of(kill, partners).awaited
        if (partner.partner_id, kill.pk) not in told
    )


def _try(partner: int, kill: Change) -> bool:
    try:
        return remind(partner, kill)
    # smtplib's errors are OSErrors, too.
    except OSError:
        log.exception("The reminder of kill %s could not be sent to partner %s.", kill.pk, partner)
        return False


@transaction.atomic
def remind(partner_id: int, kill: Change) -> bool:
    """Write, unless somebody did; whether it was written. The row is there first, so that two workers send one mail,
    and goes again when the mail server refuses.

    Raises:
        OSError: from the mail server.
    """
    partner = Partner.objects.get(pk=partner_id)
    chiefs = User.objects.filter(groups__name=CHIEF, is_active=True).exclude(email="")
    sent_to = list(dict.fromkeys([*filter(None, [partner.contact]), *chiefs.values_list("email", flat=True)]))
    if not sent_to:
        return False
    _, is_new = KillReminder.objects.get_or_create(partner=partner, change=kill, defaults={"sent_to": sent_to})
    if is_new:
        _mail(partner, kill, chiefs=[address for address in sent_to if address != partner.contact])
    return is_new


def _mail(partner: Partner, kill: Change, *, chiefs: list[str]) -> None:
    """To the partner, with the chiefs as hidden readers. The killed story's words are not told again."""
    story = f"{settings.SITE_URL}{reverse('api-article', args=[kill.article.uuid])}"
    words = (
        f"No. {kill.sequence} of our feed told {partner} at {kill.at:%H:%M} UTC on {kill.at:%d %B %Y} to delete every "
        f"copy of a story that was killed:\n\n{story}\n\n"
        f"We have no confirmation that this was done. Please delete it now, caches included, and confirm it with\n\n"
        f'    POST {settings.SITE_URL}{reverse("api-acknowledgements")}\n    {{"sequence": {kill.sequence}}}\n'
    )
    subject = f"[{settings.SITE_NAME}] Killed story not confirmed gone: No. {kill.sequence}, {partner}"
    EmailMessage(subject, words, to=[partner.contact] if partner.contact else chiefs, bcc=chiefs).send()
