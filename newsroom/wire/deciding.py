"""Verbs of the wire desk: take an item, ignore it, take or leave the agency's update, say that a kill is dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import workflow
from articles.block_merge import merge
from articles.models import Article
from articles.revisions import save_revision
from articles.roles import has_permission, may_edit
from articles.states import GuardFailed, NotAllowed, PubState
from articles.transitions import finish, lock, state_of
from newsroom.wire.desk_account import wire_account
from newsroom.wire.drafting import draft, is_untouched, remember_used, write_over
from newsroom.wire.embargoes import is_unheeded, keep_embargo
from newsroom.wire.following import follow_again
from newsroom.wire.models import WireItem
from newsroom.wire.standing_kills import decide_after_kill, free_from_kill, has_new_edition

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DECIDES = "wire.change_wireitem"


@dataclass(frozen=True, slots=True)
class Joined:
    """A draft with the agency's update in it. `doubled` counts places where both had changed the same paragraph: there
    the agency's stands first and the desk's after it. `keeps_headline`: the desk's own headline stays."""

    headline: str
    standfirst: str
    body: str
    doubled: int
    keeps_headline: bool


@transaction.atomic
def take(item: WireItem, *, by: User) -> Article:
    """The person works on it from now on: a draft that stands already is assigned to them, else they begin one.

    Raises:
        NotAllowed: they may not write stories.
        GuardFailed: the agency has killed it, or somebody else works on its draft.
    """
    locked = _locked(item)
    if not has_permission(by, "write_article"):
        raise NotAllowed("You may not write stories: ask the chief for the Reporter role.")
    if locked.is_killed:
        raise GuardFailed(f"{locked.source.credit} has killed “{locked}”: it must not be used.")
    if _is_killed_elsewhere(locked):
        raise GuardFailed(f"{locked.source.credit} has killed “{locked}” under another id: it must not be used.")
    first = locked.duplicate_of
    if first is not None and first.article_id is not None and not first.is_killed:
        raise GuardFailed(f"“{locked}” is on the desk already, from {first.source.credit}: take that one.")
    if locked.article is None:
        locked.decided_by, locked.decided_at = by, timezone.now()
        return draft(locked, by=by)
    return _hand_over(locked, locked.article, by=by)


@transaction.atomic
def ignore(item: WireItem, *, by: User) -> WireItem:
    """Not for us. A draft that the wire made and nobody has touched is spiked with it.

    Raises:
        NotAllowed: for editors.
        GuardFailed: somebody works on it.
    """
    locked = _locked(item)
    _require_editor(by)
    if locked.is_killed:
        raise GuardFailed(f"{locked.source.credit} has killed “{locked}”: there is nothing to ignore.")
    if locked.article is not None:
        article = lock(locked.article)
        if not is_untouched(locked, article) or article.assigned_to_id is not None:
            raise GuardFailed(f"Somebody works on “{article}”: spike the draft itself if it is not wanted.")
        workflow.spike(article, by=by, reason="Ignored at the wire desk.")
    locked.state, locked.offered_at = WireItem.State.IGNORED, None
    _decided(locked, by)
    return locked


@transaction.atomic
def bring_back(item: WireItem, *, by: User) -> WireItem:
    """It was ignored, and is wanted after all: it waits again. A draft that was spiked with it is brought back, with
    what the agency has sent since."""
    locked = _locked(item)
    _require_editor(by)
    if locked.state != WireItem.State.IGNORED:
        raise GuardFailed(f"“{locked}” was not ignored.")
    if locked.article is not None:
        article = lock(locked.article)
        if article.pub_state == PubState.SPIKED:
            workflow.unspike(article, by=by)
        locked.state = WireItem.State.TAKEN
        follow_again(locked, lock(article), by=by)
    else:
        locked.state = WireItem.State.NEW
    _decided(locked, by)
    return locked


@transaction.atomic
def take_update(item: WireItem, *, by: User, seen: str) -> Article:
    """Join the agency's new version into the draft, and save that as a revision. What readers have of a live story
    stays until somebody publishes the update.

    `seen` is the `content_hash` of the version that the person was shown.

    Raises:
        NotAllowed: they may not edit the story.
        GuardFailed: nothing is offered any more, another version came meanwhile, or it is under embargo and our story
            is live.
    """
    locked, article = _offered(item, by=by, seen=seen)
    if article.is_live and is_unheeded(locked, article):
        raise GuardFailed(
            f"{locked.source.credit} has this version under embargo, and “{article}” is live: withdraw the story "
            "first, or leave the update until the embargo is over."
        )
    reason = f"The new version of {locked.source.credit} was taken."
    if is_untouched(locked, article):
        write_over(locked, article)
        decide_after_kill(locked, article, by=by, reason=reason, is_rid=True)
        return article
    joined = joined_with(locked, article)
    save_revision(
        article,
        expected_version=article.lock_version,
        by=by,
        note=f"With the update from {locked.source.credit}"[:200],
        headline=joined.headline,
        standfirst=joined.standfirst,
        body=joined.body,
    )
    # From here on it holds words of a person: it follows no update by itself.
    locked.revision = None
    remember_used(locked)
    locked.offered_at = None
    keep_embargo(locked, article, may_free=True)
    _decided(locked, by)
    is_rid = may_decide_items(by) or _is_as_sent(joined, locked)
    decide_after_kill(locked, article, by=by, reason=reason, is_rid=is_rid)
    return article


@transaction.atomic
def leave_update(item: WireItem, *, by: User, seen: str) -> WireItem:
    """The draft stays as it is; the next version of the agency is offered again.

    Raises:
        NotAllowed: they may not edit the story; or it was killed before, which is for editors.
        GuardFailed: nothing is offered any more, or another version came meanwhile.
    """
    locked, article = _offered(item, by=by, seen=seen)
    if article.hold_reason and not may_decide_items(by):
        raise NotAllowed(f"“{article}” has words that were killed: take the new version, or ask an editor to decide.")
    locked.offered_at = None
    _decided(locked, by)
    reason = f"The new version of {locked.source.credit} was left."
    decide_after_kill(locked, article, by=by, reason=reason, is_rid=True)
    return locked


@transaction.atomic
def settle_kill(item: WireItem, *, by: User) -> WireItem:
    """Somebody has looked after a story whose agency killed it; the notice goes from the board, and nothing holds the
    story back any more.

    Raises:
        NotAllowed: for editors.
        GuardFailed: there is no open kill, or the story is live as it was when the kill came.
    """
    locked = _locked(item)
    _require_editor(by)
    if not locked.is_kill_open:
        raise GuardFailed(f"No kill of “{locked}” is open: somebody has dealt with it.")
    article = lock(locked.article) if locked.article is not None else None
    if article is not None and article.is_live and not has_new_edition(locked, article):
        raise GuardFailed(
            f"“{article}” is still live. Kill or withdraw it first; or publish it without the agency’s words, "
            "and name another source."
        )
    locked.settled_at, locked.settled_by = timezone.now(), by
    _decided(locked, by)
    if article is not None:
        free_from_kill(locked, article, by=by, reason=f"The kill of {locked.source.credit} is dealt with.")
    return locked


@transaction.atomic
def mean_another(item: WireItem, *, by: User) -> WireItem:
    """A kill in words means another story than we guessed: ours is let go, and the kill stays open until somebody has
    found the right one.

    Raises:
        NotAllowed: for editors.
        GuardFailed: the kill is not open; or the agency itself says which story it means.
    """
    locked = _locked(item)
    _require_editor(by)
    if not locked.has_standing_kill or not locked.is_guess or locked.article is None:
        raise GuardFailed(f"No story was guessed for “{locked}”, or somebody has dealt with it.")
    article = lock(locked.article)
    locked.article, locked.is_guess, locked.offered_at = None, False, None
    locked.kill_note = f"It sent “{locked.headline[:200]}”, and does not mean “{str(article)[:120]}”."
    _decided(locked, by)
    free_from_kill(locked, article, by=by, reason=f"The kill of {locked.source.credit} means another story.")
    return locked


def joined_with(item: WireItem, article: Article) -> Joined:
    """What the draft would be with the update: paragraphs that only the desk changed stay, those that only the agency
    changed are the agency's."""
    if not item.used_body:
        # The story was here before the wire knew of it: there is nothing in common to join by.
        return Joined(item.headline, item.standfirst, item.body, 0, keeps_headline=False)
    keeps_headline = article.headline != item.used_headline
    headline = article.headline if keeps_headline else item.headline
    standfirst = item.standfirst if article.standfirst == item.used_standfirst else article.standfirst
    merged = merge(item.used_body, item.body, article.body)
    return Joined(headline, standfirst, merged.html, merged.doubled, keeps_headline)


def _is_as_sent(joined: Joined, item: WireItem) -> bool:
    """Whether nothing of what the desk wrote stands beside the agency's version."""
    return (joined.headline, joined.standfirst, joined.body) == (item.headline, item.standfirst, item.body)


def may_decide_items(user: User) -> bool:
    return bool(user.is_active and user.has_perm(DECIDES))


def _locked(item: WireItem) -> WireItem:
    rows = WireItem.objects.select_related("source__author", "source__section", "article", "duplicate_of__source")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=item.pk)


def _is_killed_elsewhere(item: WireItem) -> bool:
    """Whether the agency sent the same under another id, and killed that after this version came."""
    same = Q(pk=item.duplicate_of_id) | Q(duplicate_of=item)
    kills = WireItem.objects.filter(same, source=item.source, state=WireItem.State.KILLED)
    return kills.filter(killed_at__gt=item.changed_at).exists()


def _require_editor(by: User) -> None:
    if not may_decide_items(by):
        raise NotAllowed("You may not decide this at the wire desk: ask an editor.")


def _decided(item: WireItem, by: User) -> None:
    item.decided_by, item.decided_at = by, timezone.now()
    item.save()


def _offered(item: WireItem, *, by: User, seen: str) -> tuple[WireItem, Article]:
    locked = _locked(item)
    if locked.offered_at is None or locked.article is None:
        raise GuardFailed(f"No update of “{locked}” is open: somebody has decided on it.")
    if locked.content_hash != seen:
        raise GuardFailed(f"{locked.source.credit} has sent yet another version meanwhile: look at that one.")
    article = lock(locked.article)
    if not may_edit(article, by):
        raise NotAllowed(f"“{article}” is neither yours nor assigned to you: ask an editor to decide.")
    return locked, article


def _hand_over(item: WireItem, article: Article, *, by: User) -> Article:
    """The wire hands out its own drafts: that needs no editor, as long as nobody else has them."""
    own = lock(article)
    if own.assigned_to_id == by.pk or (own.assigned_to_id is None and own.created_by_id == by.pk):
        return own
    if own.assigned_to_id is not None or own.created_by_id is not None or own.is_closed:
        holder = own.assigned_to or own.created_by
        state = "is spiked" if own.is_closed else f"is with {holder}"
        raise GuardFailed(f"“{own}” {state}: talk to an editor if you want it.")
    own.assigned_to = by
    finish(own, "assign", state_of(own), by=wire_account(), fields=("assigned_to",), reason=f"To {by}, from the wire")
    _decided(item, by)
    return own
