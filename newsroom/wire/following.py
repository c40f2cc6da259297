"""Verbs: what our story does when the agency sends its next version, or takes the story back.

An untouched draft follows the agency. What a person changed is a person's to decide: they are offered the update. What
is public is never taken down by itself: a kill is told as loudly as the desk can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils import timezone

from articles import publishing, workflow
from articles.models import Article, Notification
from articles.notifications import notify, people_of
from articles.states import PubState
from articles.transitions import lock
from newsroom.wire.desk_account import wire_account
from newsroom.wire.drafting import CHIEF, is_untouched, write_over
from newsroom.wire.models import WireItem

if TYPE_CHECKING:
    from collections.abc import Iterable


def follow_update(item: WireItem) -> None:
    """A newer version came of an item that our story rests on; its row is locked and holds the new text, unsaved."""
    assert item.article is not None
    article = lock(item.article)
    if article.is_closed:
        item.save()
        return
    if is_untouched(item, article):
        write_over(item, article)
        _tell([article.assigned_to], article, item, f"{item.source.credit} has updated “{article}”.")
        return
    item.offered_at = timezone.now()
    item.save()
    where = "which is live" if article.is_live else "which somebody has changed"
    message = f"{item.source.credit} has sent a new version of “{article}”, {where}: take it or leave it."
    _tell(_responsible_for(article), article, item, message)


def follow_kill(item: WireItem) -> None:
    """The agency has killed an item whose row is locked and says so, unsaved."""
    item.offered_at = None
    if item.article is None:
        item.settled_at = timezone.now()
        item.save()
        return
    article = lock(item.article)
    if article.is_closed:
        item.settled_at = timezone.now()
    elif is_untouched(item, article):
        _spike(article, item)
        item.settled_at = timezone.now()
    else:
        _take_off_schedule(article)
        _cry_out(article, item)
    item.save()


def warn_of_killed_twin(item: WireItem, article: Article) -> None:
    """Another agency sent the same words, and has killed them; ours rests on the one that did not."""
    message = f"{item.source.credit} has killed its copy of “{article}”: {item.kill_note or 'no reason given.'}"
    _tell(_responsible_for(article), article, item, message, kind=Notification.Kind.KILLED)


def _spike(article: Article, item: WireItem) -> None:
    """Nobody had touched it: it is put aside, from where it can be brought back."""
    reason = f"Killed by {item.source.credit}. {item.kill_note}".strip()
    workflow.spike(article, by=wire_account(), reason=reason[:500])
    _tell([article.assigned_to], article, item, f"{item.source.credit} killed “{article}”: the draft was spiked.")


def _take_off_schedule(article: Article) -> None:
    """A story that nobody looks at must not go out at night after its agency has killed it."""
    if article.pub_state == PubState.SCHEDULED:
        publishing.deschedule(article, by=wire_account())


def _cry_out(article: Article, item: WireItem) -> None:
    chiefs = User.objects.filter(groups__name=CHIEF, is_active=True)
    what = "It is LIVE: take it down now." if article.is_live else "It must not be published."
    message = f"MANDATORY KILL by {item.source.credit}: “{article}”. {what} {item.kill_note}"
    people = {*people_of(article), *chiefs}
    _tell(people, article, item, message.strip(), kind=Notification.Kind.KILLED)


def _responsible_for(article: Article) -> set[User]:
    """Who works on it; where nobody does, the chiefs."""
    if article.assigned_to is not None:
        return {article.assigned_to}
    return people_of(article) or set(User.objects.filter(groups__name=CHIEF, is_active=True))


def _tell(
    people: Iterable[User | None],
    article: Article,
    item: WireItem,
    message: str,
    *,
    kind: str = Notification.Kind.NOTE,
) -> None:
    """Each once for each version, however often a task is repeated."""
    occasion = f"wire-{item.pk}-{item.state}-{item.content_hash[:12]}-{kind}"
    notify(people, article, message, kind=kind, occasion=occasion)
