"""Verbs of the desk's arrangements: who works on a story, by when, and how soon the desk wants it.

None makes a revision, touches the lock or reopens an approval; each is written into the story's history.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Notification, Priority, Transition
from articles.notifications import called, notify, on_our_clock
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed
from articles.transitions import finish, lock, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def assign(article: Article, *, to: User | None, by: User) -> Transition | None:
    """Make somebody responsible for a story, or nobody; they may then edit it, and are told.

    None where nothing changed.

    Raises:
        NotAllowed: the person may not hand out stories, or the assignee may not write any.
        GuardFailed: the story was killed or spiked.
    """
    locked = _begin(article, "assign", by=by)
    if to is not None and not has_permission(to, "write_article"):
        raise NotAllowed(f"{to} may not write stories: choose somebody with a role on the desk.")
    if locked.assigned_to_id == (to.pk if to else None):
        return None
    locked.assigned_to = to
    message = f"{called(by)} assigned “{locked}” to you{_due(locked)}."
    notify([to], locked, message, kind=Notification.Kind.ASSIGNED, by=by)
    said = f"To {to}" if to else "To nobody"
    return finish(locked, "assign", state_of(locked), by=by, fields=("assigned_to",), reason=said)


@transaction.atomic
def set_due(article: Article, *, at: datetime | None, by: User) -> Transition | None:
    """Say by when a story must be written; None takes the time away. Who works on it is told.

    None where nothing changed.

    Raises:
        NotAllowed: the person may not arrange the desk's work.
        GuardFailed: the time has passed, or the story was killed or spiked.
    """
    locked = _begin(article, "set the due time of", by=by)
    if locked.due_at == at:
        return None
    if at is not None and at <= timezone.now():
        raise GuardFailed(f"“{locked}” cannot be due at a time that has passed: choose a later one.")
    locked.due_at = at
    message = f"{called(by)} wants “{locked}”{_due(locked)}." if at else f"“{locked}” has no due time any more."
    notify([locked.assigned_to], locked, message, kind=Notification.Kind.ASSIGNED, by=by)
    said = _due(locked).strip().capitalize() or "At no time"
    return finish(locked, "due", state_of(locked), by=by, fields=("due_at",), reason=said)


@transaction.atomic
def set_priority(article: Article, *, priority: int, by: User) -> Transition | None:
    """Say how soon the desk wants a story; its people are told when it is breaking.

    None where nothing changed.

    Raises:
        NotAllowed: the person may not arrange the desk's work.
        GuardFailed: there is no such priority, or the story was killed or spiked.
    """
    locked = _begin(article, "set the priority of", by=by)
    if priority not in Priority.values:
        raise GuardFailed("There is no such priority: choose low, normal, high or breaking.")
    if locked.priority == priority:
        return None
    locked.priority = priority
    if priority == Priority.BREAKING:
        people = [locked.assigned_to or locked.created_by]
        notify(people, locked, f"“{locked}” is breaking news.", kind=Notification.Kind.ASSIGNED, by=by)
    said = locked.get_priority_display().capitalize()
    return finish(locked, "priority", state_of(locked), by=by, fields=("priority",), reason=said)


def may_arrange(user: User) -> bool:
    """Whether the person may say who works on what, by when and how soon."""
    return user.is_superuser or has_permission(user, "review_article")


def _begin(article: Article, does: str, *, by: User) -> Article:
    locked = lock(article)
    if not may_arrange(by):
        raise NotAllowed(f"You may not {does} “{locked}”: ask an editor.")
    if locked.is_closed:
        raise GuardFailed(f"“{locked}” is {locked.get_pub_state_display()}: there is nothing to work on.")
    return locked


def _due(article: Article) -> str:
    """“ by Thu 26 Nov, 14:00 London”, or nothing."""
    if article.due_at is None:
        return ""
    return f" by {on_our_clock(article.due_at)}"
