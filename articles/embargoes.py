"""Verbs of the embargo: set it, change it, lift it. They make no revision and reopen nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Transition
from articles.newsroom_clock import on_both_clocks
from articles.roles import has_permission, require_edit
from articles.schedule import SCHEDULE_COLUMNS, take_off_schedule
from articles.states import GuardFailed, NotAllowed, PubState
from articles.transitions import finish, lock, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

EMBARGO_COLUMNS = ("embargo_until", "is_embargoed_indefinitely", "embargo_note")


@transaction.atomic
def set_embargo(
    article: Article,
    *,
    by: User,
    until: datetime | None,
    is_indefinite: bool = False,
    note: str = "",
    reason: str = "",
) -> Transition | None:
    """Forbid publication until a time, or until further notice; None where nothing changed.

    A publication on the schedule before the new end comes off it, and who scheduled it is told.

    Raises:
        NotAllowed: an embargo in force would end or end earlier, and the person may not lift it.
        GuardFailed: no `reason` for that; a time that has passed; a story that is live, or killed. What lies on the
            spike is bound when it is brought back.
    """
    locked = lock(article)
    require_edit(locked, by)
    wanted = (until, is_indefinite, note.strip())
    if wanted == (locked.embargo_until, locked.is_embargoed_indefinitely, locked.embargo_note):
        return None
    _refuse_senseless(locked, until, is_indefinite=is_indefinite)
    was_bound, ends_earlier = locked.is_under_embargo, _ends_earlier(locked, until, is_indefinite)
    if was_bound and ends_earlier:
        require_lifting(locked, by=by, reason=reason)
    before = state_of(locked)
    locked.embargo_until, locked.is_embargoed_indefinitely, locked.embargo_note = wanted
    if locked.publish_at is not None and forbids(locked, locked.publish_at):
        take_off_schedule(locked, by=by, because=f"{by} set an embargo{end_of_embargo(locked)}.")
    verb = "lift_embargo" if was_bound and not locked.is_under_embargo else "embargo"
    why = reason.strip() or note.strip()
    return finish(locked, verb, before, by=by, fields=(*EMBARGO_COLUMNS, *SCHEDULE_COLUMNS), reason=why)


@transaction.atomic
def follow_embargo(
    article: Article, *, by: User, theirs: str, until: datetime | None, is_indefinite: bool = False, note: str = ""
) -> Transition:
    """Move or end the embargo of an agency, as the agency says. `theirs` is the note of the one in force, by which it
    is known to be the agency's.

    Raises:
        GuardFailed: the embargo in force is another's.
    """
    locked = lock(article)
    if not locked.is_under_embargo or locked.embargo_note != theirs:
        raise GuardFailed(f"The embargo on “{locked}” is not theirs to change.")
    before = state_of(locked)
    locked.embargo_until, locked.is_embargoed_indefinitely, locked.embargo_note = until, is_indefinite, note
    if locked.publish_at is not None and forbids(locked, locked.publish_at):
        take_off_schedule(locked, by=by, because=f"{by} set an embargo{end_of_embargo(locked)}.")
    verb = "embargo" if locked.is_under_embargo else "lift_embargo"
    return finish(locked, verb, before, by=by, fields=(*EMBARGO_COLUMNS, *SCHEDULE_COLUMNS), reason=note or theirs)


@transaction.atomic
def lift_embargo(article: Article, *, by: User, reason: str) -> Transition:
    """End an embargo before its time. For the chief, with a reason that is kept.

    Raises:
        GuardFailed: there is none in force, or no reason is given.
        NotAllowed: the person is not the chief.
    """
    locked = lock(article)
    if not locked.is_under_embargo:
        raise GuardFailed(f"“{locked}” is under no embargo: there is nothing to lift.")
    return lift(locked, by=by, reason=reason)


def lift(locked: Article, *, by: User, reason: str) -> Transition:
    """End the embargo of an article whose row is already locked, as its own line of the audit trail."""
    require_lifting(locked, by=by, reason=reason)
    locked.embargo_until, locked.is_embargoed_indefinitely, locked.embargo_note = None, False, ""
    before = state_of(locked)
    return finish(locked, "lift_embargo", before, by=by, fields=EMBARGO_COLUMNS, reason=reason.strip())


def require_lifting(article: Article, *, by: User, reason: str) -> None:
    if not has_permission(by, "lift_embargo"):
        raise NotAllowed(f"“{article}” is under embargo{end_of_embargo(article)}: only the chief may lift it.")
    if not reason.strip():
        raise GuardFailed(f"“{article}” is under embargo{end_of_embargo(article)}: say why it is lifted.")


def forbids(article: Article, at: datetime) -> bool:
    """Whether the embargo forbids publication at this time."""
    return article.is_embargoed_indefinitely or bool(article.embargo_until and at < article.embargo_until)


def end_of_embargo(article: Article) -> str:
    if article.is_embargoed_indefinitely or article.embargo_until is None:
        return " without an end"
    return f" until {on_both_clocks(article.embargo_until)}"


def _refuse_senseless(article: Article, until: datetime | None, *, is_indefinite: bool) -> None:
    if article.pub_state == PubState.KILLED:
        raise GuardFailed(f"“{article}” is {article.get_pub_state_display()}: an embargo would bind nothing.")
    if until is not None and until != article.embargo_until and until <= timezone.now():
        raise GuardFailed("The end of the embargo lies in the past: choose a later time, or none.")
    if article.pub_state == PubState.LIVE and (until is not None or is_indefinite):
        raise GuardFailed(f"“{article}” is live: an embargo cannot hold back what readers have. Withdraw it first.")


def _ends_earlier(article: Article, until: datetime | None, is_indefinite: bool) -> bool:
    """Whether these terms would free an article under embargo sooner than its own do."""
    if is_indefinite:
        return False
    if article.is_embargoed_indefinitely or article.embargo_until is None:
        return True
    return until is None or until < article.embargo_until
