"""Verbs of the public's axis: publish, schedule, update, correct, withdraw, kill.

Each is one transaction: it locks the article with its neighbours, checks, writes edition and
representation, appends the Transition, and inserts its Change last, so that the number is given at commit.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles import workflow
from articles.announcing import announce, make_public, refresh, require_approved, take_down
from articles.correcting import approve_and_correct, correct
from articles.models import Article, Change, Edition, Transition
from articles.neighbours import lock_with_neighbours
from articles.revisions import SCHEDULE_COLUMNS, take_off_schedule
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, PubState, WorkState
from articles.taking_down import kill, withdraw
from articles.transitions import State, begin, finish, lock

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# The whole of the public's axis under one name; corrections, withdrawals and kills have files of their own.
__all__ = [
    "approve_and_correct",
    "approve_and_publish",
    "correct",
    "deschedule",
    "kill",
    "publish",
    "publish_due",
    "publish_minor_update",
    "publish_update",
    "refresh",
    "schedule",
    "unpublish_due",
    "withdraw",
]


@transaction.atomic
def publish(
    article: Article,
    *,
    by: User,
    reason: str = "",
    published_at: datetime | None = None,
    unpublish_at: datetime | None = None,
) -> Edition:
    """Make an approved story public, or public again after a withdrawal.

    `published_at` in the past dates the first publication of a story that appeared before it came to us.

    Raises:
        GuardFailed: embargo, a blocking publish check, an approval of another revision, or a time in the future.
    """
    lock_with_neighbours(article)
    locked, before = begin(article, "publish", by=by)
    _refuse_embargoed(locked, by=by, reason=reason)
    if published_at is not None:
        _refuse_bad_date(locked, published_at)
    locked.unpublish_at = unpublish_at
    return _go_live(locked, "publish", before, by=by, reason=reason, at=published_at or timezone.now())


@transaction.atomic
def schedule(article: Article, *, by: User, publish_at: datetime, unpublish_at: datetime | None = None) -> Transition:
    """Set the time at which an approved story becomes public by itself."""
    locked, before = begin(article, "schedule", by=by)
    if publish_at <= timezone.now():
        raise GuardFailed("The time of publication lies in the past: publish now, or choose a later time.")
    if unpublish_at is not None and unpublish_at <= publish_at:
        raise GuardFailed("The story would be withdrawn before it is published: choose a later end.")
    if locked.is_embargoed_indefinitely or (locked.embargo_until and publish_at < locked.embargo_until):
        raise GuardFailed(f"“{locked}” is under embargo{_embargo_end(locked)}: schedule it after that.")
    require_approved(locked)
    workflow.require_no_blocker(locked)
    locked.scheduled_from = locked.pub_state
    locked.pub_state = PubState.SCHEDULED
    locked.publish_at, locked.unpublish_at, locked.scheduled_by = publish_at, unpublish_at, by
    return finish(locked, "schedule", before, by=by, fields=(*SCHEDULE_COLUMNS, "unpublish_at"))


@transaction.atomic
def deschedule(article: Article, *, by: User) -> Transition:
    """Take a story off the schedule; it stays approved."""
    locked, before = begin(article, "deschedule", by=by)
    take_off_schedule(locked)
    return finish(locked, "deschedule", before, by=by, fields=SCHEDULE_COLUMNS)


@transaction.atomic
def publish_due(article: Article) -> Edition:
    """Publish a scheduled story whose time has come. For the newsroom's clock.

    Raises:
        GuardFailed: the time has not come, or something blocks since; the story stays on the schedule.
    """
    lock_with_neighbours(article)
    locked, before = begin(article, "publish_due", by=None)
    if locked.publish_at is None or locked.publish_at > timezone.now():
        raise GuardFailed(f"“{locked}” is not due yet.")
    if locked.is_under_embargo:
        raise GuardFailed(f"“{locked}” is under embargo{_embargo_end(locked)} and was not published.")
    take_off_schedule(locked)
    return _go_live(locked, "publish_due", before, by=None, reason="", at=timezone.now())


@transaction.atomic
def unpublish_due(article: Article) -> Change:
    """Withdraw a story whose time has ended. For the newsroom's clock."""
    lock_with_neighbours(article)
    locked, before = begin(article, "unpublish_due", by=None)
    if locked.unpublish_at is None or locked.unpublish_at > timezone.now():
        raise GuardFailed(f"The time of “{locked}” has not ended yet.")
    return take_down(locked, "unpublish_due", before, by=None, reason="Its time of publication has ended.")


@transaction.atomic
def publish_update(article: Article, *, by: User, kind: str = Edition.Kind.UPDATE, reason: str = "") -> Edition:
    """Give readers of a live story the approved version. A minor one does not move `updated_at`."""
    if kind not in (Edition.Kind.MINOR, Edition.Kind.UPDATE):
        raise GuardFailed("A new version is minor or an update; a correction needs its public notice.")
    lock_with_neighbours(article)
    locked, before = begin(article, "publish_update", by=by)
    return _new_edition(locked, "publish_update", before, by=by, kind=kind, reason=reason)


@transaction.atomic
def approve_and_publish(article: Article, *, by: User, reason: str = "") -> Edition:
    """One press for one person who may do both."""
    lock_with_neighbours(article)
    workflow.approve(article, by=by, reason=reason)
    return publish(article, by=by, reason=reason)


@transaction.atomic
def publish_minor_update(article: Article, *, by: User) -> Edition:
    """One press for a slip in a live story: no second person, no new `updated_at`, all transitions recorded."""
    lock_with_neighbours(article)
    locked = lock(article)
    if locked.work_state in (WorkState.DRAFT, WorkState.CHANGES_REQUESTED):
        workflow.submit(locked, by=by)
    if locked.work_state != WorkState.APPROVED:
        workflow.approve_slip(locked, by=by)
    return publish_update(locked, by=by, kind=Edition.Kind.MINOR)


def _go_live(article: Article, verb: str, before: State, *, by: User | None, reason: str, at: datetime) -> Edition:
    article.pub_state = PubState.LIVE
    article.published_at = article.published_at or at
    kind = Edition.Kind.UPDATE if article.version else Edition.Kind.FIRST
    return _new_edition(article, verb, before, by=by, kind=kind, reason=reason, at=at)


def _new_edition(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    kind: str,
    reason: str,
    at: datetime | None = None,
) -> Edition:
    edition = make_public(article, kind=kind, by=by, at=at)
    announce(article, verb, before, by=by, edition=edition, reason=reason)
    return edition


def _refuse_embargoed(article: Article, *, by: User, reason: str) -> None:
    if not article.is_under_embargo:
        return
    if not (by.is_superuser or has_permission(by, "lift_embargo")):
        raise NotAllowed(f"“{article}” is under embargo{_embargo_end(article)}: only the chief may lift it.")
    if not reason.strip():
        raise GuardFailed(f"“{article}” is under embargo{_embargo_end(article)}: say why it is lifted.")


def _embargo_end(article: Article) -> str:
    if article.is_embargoed_indefinitely or article.embargo_until is None:
        return " without an end"
    return f" until {article.embargo_until:%-d %B %Y, %H:%M} UTC"


def _refuse_bad_date(article: Article, published_at: datetime) -> None:
    if published_at > timezone.now():
        raise GuardFailed("The first publication cannot lie in the future: schedule the story instead.")
    if article.published_at is not None:
        raise GuardFailed(f"“{article}” has been published before; its first date stays.")
