"""What the newsroom's clock tells by itself: stories that are due soon or overdue; and what it forgets."""

from __future__ import annotations

from datetime import timedelta

from celery import current_app
from django.db.models import QuerySet
from django.utils import timezone

from articles import desk_lists
from articles.models import Article, Notification
from articles.notifications import notify

SOON = timedelta(hours=1)
# What became overdue longer ago than this is no news any more; nor is a mail that could not be sent for so long.
NEWS_FOR = timedelta(days=1)
# A notification this young still has its own message to the mailer under way.
GRACE = timedelta(minutes=1)
BATCH = 200


def remind() -> int:
    """Tell the writers of stories that are due within the hour, or overdue: of each due time once."""
    now = timezone.now()
    waiting = desk_lists.with_writer(Article.objects.all()).select_related("assigned_to", "created_by")
    soon = waiting.filter(due_at__range=(now, now + SOON))
    late = waiting.filter(due_at__range=(now - NEWS_FOR, now))
    told = _tell(soon, Notification.Kind.DUE_SOON, "“{}” is due within the hour.")
    return told + _tell(late, Notification.Kind.OVERDUE, "“{}” is overdue.")


def mail_what_was_not_sent() -> int:
    """Ask again for the mail of the last day that nobody sent."""
    now = timezone.now()
    missed = Notification.objects.to_mail().filter(at__range=(now - NEWS_FOR, now - GRACE))
    ids = list(missed.values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        current_app.send_task("articles.mail_notification", args=[pk])
    return len(ids)


def forget_old_notifications() -> int:
    """Delete what was read long ago, a batch a round."""
    old = Notification.objects.outlived().order_by("read_at").values("pk")[: 10 * BATCH]
    return Notification.objects.filter(pk__in=old).delete()[0]


def _tell(articles: QuerySet[Article], kind: str, sentence: str) -> int:
    occasions = {f"{kind}:{article.pk}:{article.due_at:%Y%m%dT%H%M}": article for article in articles[:BATCH]}
    told = set(Notification.objects.filter(occasion__in=occasions).values_list("occasion", flat=True))
    for occasion in occasions.keys() - told:
        article = occasions[occasion]
        person = article.assigned_to or article.created_by
        notify([person], article, sentence.format(article), kind=kind, occasion=occasion)
    return len(occasions.keys() - told)
