"""What an article has on the newsroom's clock, and how it comes off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Article, Notification
from articles.notifications import notify
from articles.states import PubState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

UPDATE_COLUMNS = ("update_at", "update_by", "update_kind", "update_notice", "update_notice_kind", "update_position")
SCHEDULE_COLUMNS = (
    *("publish_at", "unpublish_at", "scheduled_by", "scheduled_from", "approved_revision"),
    *UPDATE_COLUMNS,
)


def take_off_schedule(article: Article, *, by: User | None, because: str) -> None:
    """Take a publication or an update off the schedule, and tell who put it there, unless they do it themselves.

    Without effect where nothing is scheduled. The caller writes `SCHEDULE_COLUMNS`.
    """
    told = article.scheduled_by or article.update_by
    what = "" if article.update_at is None else "the new version of "
    if told is not None:
        message = f"{what}“{article}” is off the schedule: {because}"
        message = message[0].upper() + message[1:]
        notify([told], article, message, kind=Notification.Kind.DESCHEDULED, by=by)
    clear_schedule(article)
    clear_update(article)


def clear_schedule(article: Article) -> None:
    """Back from scheduled to what the article was before, with no end planned; nobody is told."""
    if article.pub_state == PubState.SCHEDULED:
        article.pub_state = article.scheduled_from
        article.publish_at, article.scheduled_by, article.scheduled_from = None, None, ""
        article.unpublish_at = None


def clear_update(article: Article) -> None:
    """No new version waits for its time any more."""
    article.update_at, article.update_by = None, None
    article.update_kind = article.update_notice = article.update_notice_kind = article.update_position = ""
