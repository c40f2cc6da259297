"""Verb: tell people something about a story, at the bell and, where they want it and it is urgent, by e-mail.

Every verb of the desk tells through here: `finish` of articles/transitions.py passes on each transition, and
`NEWS` says who hears of which.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Author, MailChoice, Notification, Priority, Transition

Kind = Notification.Kind

# What somebody wants to know although they are not at the desk. Of a breaking story, everything is.
URGENT = frozenset(
    {
        *(Kind.CHANGES_REQUESTED, Kind.DESCHEDULED, Kind.MENTION, Kind.OVERDUE),
        *(Kind.WITHDRAWN, Kind.KILLED, Kind.NOT_DONE),
    }
)
# A newer one of these makes the older ones of the same story old news.
OF_STATE = frozenset(
    {
        *(Kind.CHANGES_REQUESTED, Kind.APPROVED, Kind.SCHEDULED, Kind.DESCHEDULED),
        *(Kind.PUBLISHED, Kind.WITHDRAWN, Kind.KILLED, Kind.NOT_DONE),
    }
)
# Which transitions are told, as (kind, sentence). What a verb tells with words of its own is not here.
NEWS: dict[str, tuple[Kind, str]] = {
    "approve": (Kind.APPROVED, "{by} approved “{article}”."),
    "schedule": (Kind.SCHEDULED, "{by} scheduled “{article}” for {publish_at}."),
    "deschedule": (Kind.DESCHEDULED, "{by} took “{article}” off the schedule."),
    "publish": (Kind.PUBLISHED, "{by} published “{article}”."),
    "publish_due": (Kind.PUBLISHED, "“{article}” was published on schedule."),
    "publish_update": (Kind.PUBLISHED, "{by} published a new version of “{article}”."),
    "correct": (Kind.PUBLISHED, "{by} published a correction of “{article}”."),
    "withdraw": (Kind.WITHDRAWN, "{by} withdrew “{article}”: {reason}"),
    "unpublish_due": (Kind.WITHDRAWN, "“{article}” was withdrawn on schedule."),
    "kill": (Kind.KILLED, "{by} killed “{article}”: {reason}"),
}

# A first publication dated back by this much is that of an archive.
ARCHIVED = timedelta(hours=1)


def notify(
    people: Iterable[User | None],
    article: Article,
    message: str,
    *,
    kind: str,
    by: User | None = None,
    place: str = "",
    occasion: str = "",
) -> None:
    """Tell each of the people once, but not the one whose doing it was.

    `place` is the id of an element of the editing page, such as comment-12, that a press on the message leads to.
    With an `occasion`, a person who was told of it before is not told again.
    """
    told = {person for person in people if person is not None and person.is_active} - {by}
    if occasion:
        # They are told nothing now: what they have not read yet stays unread.
        known = set(Notification.objects.filter(user__in=told, occasion=occasion).values_list("user", flat=True))
        told = {person for person in told if person.pk not in known}
    if not told:
        return
    if kind in OF_STATE:
        Notification.objects.filter(user__in=told, article=article, kind__in=OF_STATE).read()
    deliver(
        Notification(
            user=person, article=article, kind=kind, message=message[:500], place=place, occasion=occasion, by=by
        )
        for person in sorted(told, key=lambda person: person.pk)
    )


def deliver(notifications: Iterable[Notification]) -> list[Notification]:
    """Write the lines, and ask for the mail of those that are urgent to a person who wants that.

    Of an occasion that a person was told of before, no second line is written.
    """
    rows = list(notifications)
    wanting = _wanting_mail(rows)
    for row in rows:
        row.is_to_mail = row.user_id in wanting and is_urgent(row)
    Notification.objects.bulk_create(rows, ignore_conflicts=any(row.occasion for row in rows))
    _mail_on_commit([row.pk for row in rows if row.is_to_mail and row.pk])
    return rows


def is_urgent(notification: Notification) -> bool:
    if notification.article is None:
        return False
    return notification.kind in URGENT or notification.article.priority == Priority.BREAKING


def tell_of(transition: Transition, article: Article) -> None:
    """Tell the story's people of a transition that is news to them."""
    if transition.verb not in NEWS or _is_of_the_archive(transition, article):
        return
    kind, sentence = NEWS[transition.verb]
    message = sentence.format(
        by=called(transition.by),
        article=article,
        reason=transition.reason,
        publish_at=on_our_clock(article.publish_at) if article.publish_at else "",
    )
    people: set[User | None] = set(people_of(article))
    if transition.verb in ("deschedule", "publish_due"):
        people |= {_last_scheduled_by(article)}
    notify(people, article, message, kind=kind, by=transition.by)


def people_of(article: Article) -> set[User]:
    """Who began the story, who works on it, and the accounts behind its bylines."""
    authors = Author.objects.filter(bylines__article=article)
    begun_or_assigned = Q(pk__in=(article.created_by_id, article.assigned_to_id))
    return set(User.objects.filter(begun_or_assigned | Q(author__in=authors)).distinct())


def called(user: User | None) -> str:
    """How colleagues call a person."""
    return (user.get_short_name() or user.get_username()) if user else "The newsroom’s clock"


def on_our_clock(at: datetime) -> str:
    """“Thu 26 Nov, 14:00 London”."""
    zone = settings.NEWSROOM_TIME_ZONE
    here = timezone.localtime(at, ZoneInfo(zone))
    return f"{here:%a %-d %b, %H:%M} {zone.rpartition('/')[2].replace('_', ' ')}"


def is_mail_configured() -> bool:
    """Whether mail goes anywhere but to the console."""
    return settings.EMAIL_BACKEND.rpartition("backends.")[2].partition(".")[0] not in ("console", "dummy")


def _is_of_the_archive(transition: Transition, article: Article) -> bool:
    """Whether a story was published that had appeared before it came to us: no news to anybody."""
    if transition.verb != "publish" or article.version != 1 or article.published_at is None:
        return False
    return article.published_at < transition.at - ARCHIVED


def _wanting_mail(rows: list[Notification]) -> set[int]:
    """Whose mail must be asked for; nobody is looked up where nothing is urgent, or no mail goes out."""
    urgent = {row.user_id for row in rows if is_urgent(row)} if is_mail_configured() else set()
    if not urgent:
        return set()
    wanted = MailChoice.objects.filter(user__in=urgent, when=MailChoice.When.URGENT).exclude(user__email="")
    return set(wanted.values_list("user_id", flat=True))


def _mail_on_commit(ids: list[int]) -> None:
    """Ask for the mail. When the broker does not answer, the clock finds what was not sent."""

    def send() -> None:
        for pk in ids:
            current_app.send_task("articles.mail_notification", args=[pk])

    if ids:
        transaction.on_commit(send, robust=True)


def _last_scheduled_by(article: Article) -> User | None:
    last = article.transitions.filter(verb="schedule").select_related("by").first()
    return last.by if last else None
