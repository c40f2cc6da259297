"""Verbs of the hold: a story that must not go out, whoever has approved it, until what holds it is dealt with.

Whoever holds a story says how it is freed, and asks who may: there is no button for it here. Of a live story a new
version may go out, for it may mend what readers have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import Article, Transition
from articles.schedule import SCHEDULE_COLUMNS, take_off_schedule
from articles.states import GuardFailed, PubState
from articles.transitions import finish, lock, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def hold(article: Article, *, by: User, reason: str) -> Transition | None:
    """Let nothing of a story go out; `reason` is the sentence that stands in the way, and says what to do.

    What is on the schedule comes off it, and who put it there is told why. None where nothing changed, or where the
    story was killed, which nothing frees.
    """
    locked = lock(article)
    # Of a live story a new version may have been scheduled since it was held.
    is_scheduled = locked.publish_at is not None or locked.update_at is not None
    if locked.pub_state == PubState.KILLED or (locked.hold_reason == reason and not is_scheduled):
        return None
    before = state_of(locked)
    locked.hold_reason = reason
    take_off_schedule(locked, by=by, because=reason)
    return finish(locked, "hold", before, by=by, fields=("hold_reason", *SCHEDULE_COLUMNS), reason=reason)


@transaction.atomic
def reword(article: Article, *, by: User, reason: str) -> Transition | None:
    """Say anew what holds a story that is held, and how it is freed; what is on the schedule since stays there. None
    where nothing holds it, or the sentence is the same."""
    locked = lock(article)
    if locked.hold_reason in ("", reason):
        return None
    locked.hold_reason = reason
    return finish(locked, "hold", state_of(locked), by=by, fields=("hold_reason",), reason=reason)


@transaction.atomic
def free(article: Article, *, by: User, reason: str) -> Transition | None:
    """What held the story is dealt with, which `reason` says. It goes on no schedule by itself. None where nothing
    held it."""
    locked = lock(article)
    if not locked.hold_reason:
        return None
    locked.hold_reason = ""
    return finish(locked, "free", state_of(locked), by=by, fields=("hold_reason",), reason=reason)


def require_free(article: Article) -> None:
    if article.hold_reason:
        raise GuardFailed(f"“{article}” is held back. {article.hold_reason}", (article.hold_reason,))
