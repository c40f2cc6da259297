"""Verb: send one notification by e-mail, once."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import Notification


@transaction.atomic
def mail_notification(pk: int) -> bool:
    """Send it, unless it was sent, or its reader has seen it meanwhile; whether it was sent.

    The row is locked while the mail goes out, so that two workers send one mail. A mail server that refuses
    leaves the row as it was: the clock tries again for a day.

    Raises:
        OSError, smtplib.SMTPException: from the mail server.
    """
    waiting = Notification.objects.to_mail().select_for_update(skip_locked=True, of=("self",))
    notification = waiting.select_related("user", "article").filter(pk=pk).first()
    if notification is None:
        return False
    if notification.read_at is not None or not notification.user.is_active or not notification.user.email:
        notification.is_to_mail = False
        notification.save(update_fields=["is_to_mail"])
        return False
    send_mail(_subject(notification), _words(notification), None, [notification.user.email])
    notification.mailed_at = timezone.now()
    notification.save(update_fields=["mailed_at"])
    return True


def address_of(notification: Notification) -> str:
    """The editing page of its story, at its place; of an error that a reader reports, the list of them; of what
    tells of no story, the entry of the diary."""
    if notification.article_id is None:
        return reverse("admin:articles_diaryentry_change", args=[notification.diary_entry_id])
    if notification.kind == Notification.Kind.REPORTED:
        return f"{reverse('admin:articles_errorreport_changelist')}?article__id__exact={notification.article_id}"
    page = reverse("admin:articles_article_change", args=[notification.article_id])
    return f"{page}#{notification.place}" if notification.place else page


def _subject(notification: Notification) -> str:
    """One line, whatever stands in the headline."""
    return f"[{settings.SITE_NAME}] {' '.join(notification.message.split())}"[:200]


def _words(notification: Notification) -> str:
    return (
        f"{notification.message}\n\n{settings.SITE_URL}{address_of(notification)}\n\n"
        f"You get this because you asked for urgent messages by e-mail. To end it: "
        f"{settings.SITE_URL}{reverse('admin:articles_notification_mail')}\n"
    )
