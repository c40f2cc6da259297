"""Verbs of the clock for live stories: a new version at a time, and the end of a publication."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles import publishing, workflow
from articles.models import Article, Correction, Edition, Transition
from articles.newsroom_clock import on_both_clocks
from articles.schedule import SCHEDULE_COLUMNS, UPDATE_COLUMNS, take_off_schedule
from articles.states import GuardFailed
from articles.transitions import begin, finish, lock, require_approved

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KINDS = (Edition.Kind.MINOR, Edition.Kind.UPDATE, Edition.Kind.CORRECTION)


@transaction.atomic
def schedule_update(
    article: Article,
    *,
    by: User,
    at: datetime,
    kind: str = Edition.Kind.UPDATE,
    notice: str = "",
    notice_kind: str = Correction.Kind.CORRECTION,
    position: str = Correction.Position.TOP,
) -> Transition:
    """Give readers of a live story the approved version at a time to come. A second call changes the first.

    Raises:
        GuardFailed: the time has passed or lies after the story's end; a correction has
            no notice; a publish check blocks.
    """
    locked, before = begin(article, "schedule_update", by=by)
    _require_sensible(locked, at, kind, notice)
    require_approved(locked)
    workflow.require_no_blocker(locked)
    is_correction = kind == Edition.Kind.CORRECTION
    locked.update_at, locked.update_by, locked.update_kind = at, by, kind
    locked.update_notice = notice.strip() if is_correction else ""
    locked.update_notice_kind, locked.update_position = (notice_kind, position) if is_correction else ("", "")
    said = f"{Edition.Kind(kind).label} at {on_both_clocks(at)}"
    return finish(locked, "schedule_update", before, by=by, fields=UPDATE_COLUMNS, reason=said)


@transaction.atomic
def deschedule_update(article: Article, *, by: User) -> Transition:
    """Take a new version off the schedule; it stays approved, and readers keep the one they have."""
    locked, before = begin(article, "deschedule_update", by=by)
    if locked.update_at is None:
        raise GuardFailed(f"No new version of “{locked}” is on the schedule.")
    take_off_schedule(locked, by=by, because=f"{by} took it off.")
    return finish(locked, "deschedule_update", before, by=by, fields=SCHEDULE_COLUMNS)


@transaction.atomic
def update_due(article: Article) -> Edition:
    """Publish a scheduled new version whose time has come. For the newsroom's clock.

    Raises:
        GuardFailed: the time has not come, or something blocks since; it stays on the schedule.
    """
    locked = lock(article)
    if not locked.is_update_due:
        raise GuardFailed(f"No new version of “{locked}” is due yet.")
    return publishing.publish_update(
        locked,
        by=None,
        kind=locked.update_kind,
        reason=f"Scheduled by {locked.update_by}.",
        notice=locked.update_notice,
        notice_kind=locked.update_notice_kind,
        position=locked.update_position,
    )


@transaction.atomic
def plan_withdrawal(article: Article, *, by: User, at: datetime | None) -> Transition | None:
    """Set the time at which a live or scheduled story is withdrawn by itself, or none; None where it is so already.

    Raises:
        GuardFailed: the time has passed, or lies before what is still to be published.
    """
    locked, before = begin(article, "plan_withdrawal", by=by)
    if at == locked.unpublish_at:
        return None
    if at is not None and at <= timezone.now():
        raise GuardFailed("The end lies in the past: withdraw the story now, or choose a later time.")
    first = locked.publish_at or locked.update_at
    if at is not None and first is not None and at <= first:
        raise GuardFailed("The story would be withdrawn before it is published: choose a later end.")
    locked.unpublish_at = at
    said = f"At {on_both_clocks(at)}" if at else "Never by itself"
    return finish(locked, "plan_withdrawal", before, by=by, fields=("unpublish_at",), reason=said)


def _require_sensible(article: Article, at: datetime, kind: str, notice: str) -> None:
    if kind not in KINDS:
        raise GuardFailed("A new version is minor, an update, or a correction with its public notice.")
    if kind == Edition.Kind.CORRECTION and not notice.strip():
        raise GuardFailed("A correction needs its public notice: say what was wrong and what is right.")
    if at <= timezone.now():
        raise GuardFailed("The time of the new version lies in the past: publish it now, or choose a later time.")
    if article.unpublish_at is not None and at >= article.unpublish_at:
        raise GuardFailed("The story will be withdrawn before then: choose an earlier time, or a later end.")
