"""Verbs of the public's axis: publish, schedule, update, correct, withdraw, kill.

Each is one transaction: it locks the article with its neighbours, checks, writes edition and
representation, appends the Transition, and inserts its Change last, so that the number is given at commit.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles import embargoes, workflow
from articles.announcing import announce, make_public, refresh, take_down
from articles.correcting import approve_and_correct, correct
from articles.holding import require_free
from articles.models import Article, Change, Correction, Edition, Transition
from articles.neighbours import lock_with_neighbours
from articles.newsroom_clock import EARLIEST
from articles.schedule import SCHEDULE_COLUMNS, clear_schedule
from articles.states import GuardFailed, PubState, WorkState
from articles.taking_down import kill, withdraw
from articles.transitions import State, begin, finish, require_approved

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Make an approved story public, or public again after a withdrawal. An embargo in force is lifted first, by
    who may, with the reason and its own Transition.

    `published_at` in the past dates the first publication of a story that appeared before it came to us.

    Raises:
        GuardFailed: embargo, a hold, a blocking publish check, an approval of another revision, or a time in the
            future.
    """
    dependants = lock_with_neighbours(article)
    locked, before = begin(article, "publish", by=by)
    if locked.is_under_embargo:
        embargoes.lift(locked, by=by, reason=reason)
    if unpublish_at is not None and unpublish_at <= timezone.now():
        raise GuardFailed("The story would be withdrawn before it is published: choose a later end, or none.")
    if published_at is not None:
        _refuse_bad_date(locked, published_at)
    locked.unpublish_at = unpublish_at
    at = published_at or timezone.now()
    return _go_live(locked, "publish", before, by=by, reason=reason, dependants=dependants, at=at)


@transaction.atomic
def schedule(article: Article, *, by: User, publish_at: datetime, unpublish_at: datetime | None = None) -> Transition:
    """Set the time at which an approved story becomes public by itself."""
    locked, before = begin(article, "schedule", by=by)
    if publish_at <= timezone.now():
        raise GuardFailed("The time of publication lies in the past: publish now, or choose a later time.")
    if unpublish_at is not None and unpublish_at <= publish_at:
        raise GuardFailed("The story would be withdrawn before it is published: choose a later end.")
    if embargoes.forbids(locked, publish_at):
        raise GuardFailed(
            f"“{locked}” is under embargo{embargoes.end_of_embargo(locked)}: schedule it after that, or have the "
            "chief lift the embargo."
        )
    require_approved(locked)
    workflow.require_no_blocker(locked)
    locked.scheduled_from = locked.pub_state
    locked.pub_state = PubState.SCHEDULED
    locked.publish_at, locked.unpublish_at, locked.scheduled_by = publish_at, unpublish_at, by
    return finish(locked, "schedule", before, by=by, fields=SCHEDULE_COLUMNS)


@transaction.atomic
def deschedule(article: Article, *, by: User) -> Transition:
    """Take a story off the schedule; it stays approved."""
    locked, before = begin(article, "deschedule", by=by)
    clear_schedule(locked)
    return finish(locked, "deschedule", before, by=by, fields=SCHEDULE_COLUMNS)


@transaction.atomic
def publish_due(article: Article) -> Edition:
    """Publish a scheduled story whose time has come. For the newsroom's clock.

    Raises:
        GuardFailed: the time has not come, or something blocks since; the story stays on the schedule.
    """
    dependants = lock_with_neighbours(article)
    locked, before = begin(article, "publish_due", by=None)
    if locked.publish_at is None or locked.publish_at > timezone.now():
        raise GuardFailed(f"“{locked}” is not due yet.")
    if locked.is_under_embargo:
        raise GuardFailed(f"“{locked}” is under embargo{embargoes.end_of_embargo(locked)} and was not published.")
    ends_at = locked.unpublish_at
    clear_schedule(locked)
    locked.unpublish_at = ends_at
    return _go_live(locked, "publish_due", before, by=None, reason="", dependants=dependants, at=timezone.now())


@transaction.atomic
def unpublish_due(article: Article) -> Change:
    """Withdraw a story whose time has ended. For the newsroom's clock."""
    dependants = lock_with_neighbours(article)
    locked, before = begin(article, "unpublish_due", by=None)
    if locked.unpublish_at is None or locked.unpublish_at > timezone.now():
        raise GuardFailed(f"The time of “{locked}” has not ended yet.")
    reason = "Its time of publication has ended."
    return take_down(locked, "unpublish_due", before, by=None, reason=reason, dependants=dependants)


@transaction.atomic
def publish_update(
    article: Article,
    *,
    by: User | None,
    kind: str = Edition.Kind.UPDATE,
    reason: str = "",
    notice: str = "",
    notice_kind: str = Correction.Kind.CORRECTION,
    position: str = Correction.Position.TOP,
) -> Edition:
    """Give readers of a live story the approved version. A minor one does not move `updated_at`; a correction
    needs its public notice. `by` None: the newsroom's clock, once a scheduled version is due.
    """
    if kind == Edition.Kind.CORRECTION:
        return correct(article, by=by, notice=notice, kind=notice_kind, position=position)
    if kind not in (Edition.Kind.MINOR, Edition.Kind.UPDATE):
        raise GuardFailed("A new version is minor, an update, or a correction with its public notice.")
    dependants = lock_with_neighbours(article)
    locked, before = begin(article, "publish_update", by=by)
    return _new_edition(locked, "publish_update", before, by=by, kind=kind, reason=reason, dependants=dependants)


@transaction.atomic
def approve_and_publish(article: Article, *, by: User, reason: str = "", is_confirmed: bool = True) -> Edition:
    """One press for one person who may do both."""
    lock_with_neighbours(article)
    begin(article, "approve_and_publish", by=by)
    workflow.approve(article, by=by, reason=reason, is_confirmed=is_confirmed)
    return publish(article, by=by, reason=reason)


@transaction.atomic
def publish_minor_update(article: Article, *, by: User) -> Edition:
    """One press for a slip in a live story: no second person, no new `updated_at`, all transitions recorded."""
    lock_with_neighbours(article)
    locked, _ = begin(article, "publish_minor_update", by=by)
    if locked.work_state in (WorkState.DRAFT, WorkState.CHANGES_REQUESTED):
        workflow.submit(locked, by=by)
    if locked.work_state != WorkState.APPROVED:
        workflow.approve_slip(locked, by=by)
    return publish_update(locked, by=by, kind=Edition.Kind.MINOR)


def _go_live(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    reason: str,
    dependants: Iterable[int],
    at: datetime,
) -> Edition:
    require_free(article)
    article.pub_state = PubState.LIVE
    article.published_at = article.published_at or at
    kind = Edition.Kind.UPDATE if article.version else Edition.Kind.FIRST
    return _new_edition(article, verb, before, by=by, kind=kind, reason=reason, dependants=dependants, at=at)


def _new_edition(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    kind: str,
    reason: str,
    dependants: Iterable[int],
    at: datetime | None = None,
) -> Edition:
    edition, rows = make_public(article, kind=kind, by=by, at=at)
    # Before a first edition no notice can have taken anything back.
    at_hand = rows if edition.version == 1 else None
    announce(article, verb, before, by=by, edition=edition, dependants=dependants, rows=at_hand, reason=reason)
    return edition


def _refuse_bad_date(article: Article, published_at: datetime) -> None:
    if published_at > timezone.now():
        raise GuardFailed("The first publication cannot lie in the future: schedule the story instead.")
    if published_at < EARLIEST:
        raise GuardFailed(f"Nothing is older than {EARLIEST:%Y} here: check the year of the first publication.")
    if article.published_at is not None:
        raise GuardFailed(f"“{article}” has been published before; its first date stays.")
