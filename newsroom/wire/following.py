"""Verbs: what our story does when the agency sends its next version, or takes the story back.

An untouched draft follows the agency. What a person changed is a person's to decide: they are offered the update. What
is public is never taken down by itself: a kill is told as loudly as the desk can, and what is not public is held back
until somebody has dealt with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils import timezone

from articles import workflow
from articles.models import Article, Notification
from articles.notifications import notify, people_of
from articles.states import PubState
from articles.transitions import lock
from newsroom.wire.desk_account import chiefs, responsible_for, wire_account
from newsroom.wire.drafting import draft, is_untouched, write_over
from newsroom.wire.embargoes import keep_embargo, would_free
from newsroom.wire.models import WireItem
from newsroom.wire.standing_kills import decide_after_kill, forget_kill, hold_for_kill, hold_for_version_after

if TYPE_CHECKING:
    from collections.abc import Iterable

TOLD_BY_AGENCY = ("note", "usage_terms")


@dataclass(frozen=True, slots=True)
class Before:
    """The item as it stood until now, taken down before anything new is written on it."""

    headline: str
    text: str
    body: str
    said: tuple[str, ...]
    killed_at: datetime | None

    @classmethod
    def of(cls, item: WireItem) -> Before:
        said = tuple(getattr(item, name) for name in TOLD_BY_AGENCY)
        killed_at = item.killed_at if item.is_killed else None
        return cls(item.headline, item.text, item.body, said, killed_at)

    @property
    def was_killed(self) -> bool:
        return self.killed_at is not None


def follow_update(item: WireItem, before: Before) -> None:
    """A newer version came of an item that our story rests on; its row is locked and holds the new text, unsaved."""
    assert item.article is not None
    article = lock(item.article)
    if article.is_closed:
        _follow_into_closed(item, article, before)
    elif is_untouched(item, article):
        _write_over(item, article)
        _tell([article.assigned_to], article, item, f"{item.source.credit} has updated “{article}”.")
    else:
        _offer(item, article, before)


def follow_again(item: WireItem, article: Article, *, by: User) -> None:
    """A draft is back from the spike, where it did not follow its agency; both rows are locked, and the caller saves
    the item, which says that it is taken."""
    if not item.is_taken or not (item.has_standing_kill or _has_other_words(item) or would_free(item, article)):
        return
    if is_untouched(item, article):
        write_over(item, article)
        reason = f"With the new version of {item.source.credit}."
        decide_after_kill(item, article, by=by, reason=reason, is_rid=True)
    else:
        if item.has_standing_kill:
            hold_for_version_after(item, article)
        item.offered_at = timezone.now()


def follow_kill(item: WireItem) -> None:
    """The agency has killed an item whose row is locked and says so, unsaved."""
    item.offered_at = None
    if item.article is None:
        item.settled_at = timezone.now()
        item.save()
        return
    article = lock(item.article)
    # What was published while this waited for the story is not newer than the kill.
    item.killed_at = timezone.now()
    # Also what lies on the spike: it could be brought back.
    hold_for_kill(item, article)
    if is_untouched(item, article):
        _spike(article, item)
    elif not article.is_closed:
        _cry_out(article, item)
    item.save()


def warn_of_killed_twin(item: WireItem, article: Article) -> None:
    """Another agency sent the same words, and has killed them; ours rests on the one that did not."""
    message = f"{item.source.credit} has killed its copy of “{article}”: {item.kill_note or 'no reason given.'}"
    _tell(responsible_for(article), article, item, message, kind=Notification.Kind.KILLED, kill=item.killed_at)


def warn_of_killed_words(item: WireItem, killed: WireItem) -> None:
    """The agency sends what it has killed under another id: the chiefs hear of it once for each kill."""
    if killed.article is None:
        return
    message = (
        f"{item.source.credit} has sent “{killed.article}” under another id, in the words that it killed. No draft was "
        "made of it: ask the agency before anybody takes it."
    )
    _tell(chiefs(), killed.article, killed, message, kill=killed.killed_at, what="again")


def _write_over(item: WireItem, article: Article) -> None:
    write_over(item, article)
    reason = f"With the new version of {item.source.credit}."
    decide_after_kill(item, article, by=wire_account(), reason=reason, is_rid=True)


def _offer(item: WireItem, article: Article, before: Before) -> None:
    """What a person decides. An embargo waits for nobody."""
    keep_embargo(item, article, may_free=False)
    if before.was_killed:
        hold_for_version_after(item, article)
    # What frees the story stays offered, whatever the agency says after that.
    is_awaited = bool(article.hold_reason) and item.offered_at is not None
    is_offer = before.was_killed or is_awaited or _has_other_words(item) or would_free(item, article)
    item.offered_at = timezone.now() if is_offer else None
    if is_offer:
        # Also where it was ignored, and somebody has brought back its draft and goes on with that.
        item.state = WireItem.State.TAKEN
    item.save()
    credit = item.source.credit
    if is_offer:
        where = "which is live" if article.is_live else "which somebody has changed"
        anew = " after its kill" if before.was_killed else ""
        message = f"{credit} has sent a new version of “{article}”{anew}, {where}: take it or leave it."
        _tell(responsible_for(article), article, item, message, kill=before.killed_at)
    elif said := _newly_said(item, before):
        _tell(responsible_for(article), article, item, f"{credit} says of “{article}”: {said}")


def _follow_into_closed(item: WireItem, article: Article, before: Before) -> None:
    """What the wire put on the spike comes back with the agency's new version; what a person put there stays, and they
    are told only where the agency takes back its kill. Nothing brings back what we killed: a new draft begins."""
    if article.pub_state == PubState.SPIKED and _is_of_the_wire(article, "spike"):
        _bring_back(item, article, before)
    elif not before.was_killed or item.state == WireItem.State.IGNORED:
        # Whoever brings it back finds it bound.
        keep_embargo(item, article, may_free=False)
        item.save()
    elif article.pub_state == PubState.SPIKED:
        _offer_to_spiked(item, article, before)
    else:
        _begin_anew(item, article, before)


def _bring_back(item: WireItem, article: Article, before: Before) -> None:
    workflow.unspike(article, by=wire_account())
    back = lock(article)
    if not is_untouched(item, back):
        _offer(item, back, before)
        return
    _write_over(item, back)
    why = "has sent" if not before.was_killed else "killed, and has sent anew,"
    message = f"{item.source.credit} {why} “{lock(back)}”: the draft is back from the spike, with the new version."
    _tell(responsible_for(back), back, item, message, kill=before.killed_at)


def _offer_to_spiked(item: WireItem, article: Article, before: Before) -> None:
    keep_embargo(item, article, may_free=False)
    hold_for_version_after(item, article)
    item.offered_at = timezone.now()
    item.save()
    message = (
        f"{item.source.credit} has sent “{article}” anew after its kill. Ours is spiked: bring it back if you want it, "
        "then take the new version."
    )
    _tell(responsible_for(article), article, item, message, kill=before.killed_at)


def _begin_anew(item: WireItem, killed: Article, before: Before) -> None:
    item.article = item.revision = item.offered_at = item.duplicate_of = None
    item.state = WireItem.State.NEW
    forget_kill(item)
    item.used_headline = item.used_standfirst = item.used_body = item.used_embargo = ""
    if item.source.makes_drafts:
        article, where = draft(item), "as a new draft"
    else:
        item.save()
        article, where = killed, "at the wire desk"
    message = f"{item.source.credit} has sent “{item}” anew after its kill. Ours stays killed; it stands {where}."
    _tell(responsible_for(killed), article, item, message, kill=before.killed_at)


def _has_other_words(item: WireItem) -> bool:
    """Whether taking the update could change anything of our story."""
    return any(getattr(item, name) != getattr(item, f"used_{name}") for name in ("headline", "standfirst", "body"))


def _newly_said(item: WireItem, before: Before) -> str:
    """What the agency now says to whoever uses the story, where that is new."""
    now = (getattr(item, name) for name in TOLD_BY_AGENCY)
    return " ".join(said for said, said_before in zip(now, before.said, strict=True) if said and said != said_before)


def _is_of_the_wire(article: Article, verb: str) -> bool:
    last = article.transitions.filter(verb=verb).order_by("-id").first()
    return last is not None and last.by_id == wire_account().pk


def _spike(article: Article, item: WireItem) -> None:
    """Nobody had touched it: it is put aside, from where it can be brought back."""
    reason = f"Killed by {item.source.credit}. {item.kill_note}".strip()
    workflow.spike(article, by=wire_account(), reason=reason[:500])
    message = f"{item.source.credit} killed “{article}”: the draft was spiked."
    _tell([article.assigned_to], article, item, message, kill=item.killed_at)


def _cry_out(article: Article, item: WireItem) -> None:
    """`article` as it was before it was held."""
    what = "It is LIVE: take it down now." if article.is_live else "It must not be published."
    if article.publish_at is not None:
        what = "It is off the schedule and must not be published."
    elif article.update_at is not None:
        what = f"{what} Its new version is off the schedule."
    message = f"MANDATORY KILL by {item.source.credit}: “{article}”. {what} {item.kill_note}"
    people = {*people_of(article), *chiefs(), article.scheduled_by, article.update_by}
    _tell(people, article, item, message.strip(), kind=Notification.Kind.KILLED, kill=item.killed_at)


def _tell(
    people: Iterable[User | None],
    article: Article,
    item: WireItem,
    message: str,
    *,
    kind: str = Notification.Kind.NOTE,
    kill: datetime | None = None,
    what: str = "",
) -> None:
    """Each once for each time that a version came or was killed, however often a task is repeated."""
    occasion = f"wire{what}-{item.pk}-{item.state}-{item.changed_at:%Y%m%d%H%M%S%f}-{kind}"
    if kill is not None:
        occasion += f"-{kill:%Y%m%d%H%M%S%f}"
    notify(people, article, message, kind=kind, occasion=occasion)
