"""Verb: give a story to somebody to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import Article, Notification, Transition
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, PubState
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
    locked = lock(article)
    if not (by.is_superuser or has_permission(by, "review_article")):
        raise NotAllowed(f"You may not assign “{locked}”: ask an editor.")
    if locked.pub_state in (PubState.KILLED, PubState.SPIKED):
        raise GuardFailed(f"“{locked}” is {locked.get_pub_state_display()}: there is nothing to work on.")
    if to is not None and not has_permission(to, "write_article"):
        raise NotAllowed(f"{to} may not write stories: choose somebody with a role on the desk.")
    if locked.assigned_to_id == (to.pk if to else None):
        return None
    locked.assigned_to = to
    if to is not None and to != by:
        Notification.objects.create(user=to, article=locked, message=f"{by} assigned “{locked}” to you."[:500])
    said = f"To {to}" if to else "To nobody"
    return finish(locked, "assign", state_of(locked), by=by, fields=("assigned_to",), reason=said)
