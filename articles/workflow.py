"""Verbs of the desk's own axis: submit, recall, request changes, approve, spike and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import Article, Notification, Transition
from articles.notifications import called, notify, people_of
from articles.publish_checks import blockers, is_tagging_open
from articles.roles import has_permission, is_sole_author
from articles.schedule import SCHEDULE_COLUMNS, take_off_schedule
from articles.states import GuardFailed, NotAllowed, PubState, Unconfirmed, WorkState
from articles.transitions import State, begin, finish, is_permitted

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def submit(article: Article, *, by: User, comment: str = "") -> Transition:
    """Hand a draft to the editors. It needs a headline and a body."""
    locked, before = begin(article, "submit", by=by)
    missing = [name for name, value in (("a headline", locked.headline), ("a body", locked.body)) if not value]
    if missing:
        raise GuardFailed(f"“{locked}” cannot be submitted yet: it lacks {' and '.join(missing)}.", tuple(missing))
    locked.work_state = WorkState.IN_REVIEW
    return finish(locked, "submit", before, by=by, fields=(), reason=comment)


@transaction.atomic
def recall(article: Article, *, by: User) -> Transition:
    """Take a story back from review, to go on writing."""
    locked, before = begin(article, "recall", by=by)
    locked.work_state = WorkState.DRAFT
    return finish(locked, "recall", before, by=by, fields=())


@transaction.atomic
def request_changes(article: Article, *, by: User, comment: str) -> Transition:
    """Send a story back to its author with a comment; a scheduled one comes off the schedule."""
    locked, before = begin(article, "request_changes", by=by)
    if not comment.strip():
        raise GuardFailed("Say what should be changed: the author gets your comment.")
    scheduled_by = locked.scheduled_by or locked.update_by
    locked.work_state = WorkState.CHANGES_REQUESTED
    take_off_schedule(locked, by=by, because=f"{called(by)} asks for changes: {comment}")
    transition = finish(locked, "request_changes", before, by=by, fields=SCHEDULE_COLUMNS, reason=comment)
    message = f"{called(by)} asks for changes to “{locked}”: {comment}"
    notify(people_of(locked) - {scheduled_by}, locked, message, kind=Notification.Kind.CHANGES_REQUESTED, by=by)
    return transition


@transaction.atomic
def approve(article: Article, *, by: User, reason: str = "", is_confirmed: bool = True) -> Transition:
    """Approve the newest revision, and only that one. Nobody approves what only they have written,
    but the chief may, with a reason.

    Raises:
        GuardFailed: a publish check blocks; its `reasons` name what.
        Unconfirmed: the tagger has not finished, and the person has not been asked yet (`is_confirmed` False).
    """
    locked, before = begin(article, "approve", by=by)
    _refuse_self_approval(locked, by=by, reason=reason)
    require_no_blocker(locked)
    if not is_confirmed:
        _ask_about_tagging(locked)
    return _approve(locked, before, by=by, reason=reason)


@transaction.atomic
def approve_slip(article: Article, *, by: User) -> Transition:
    """Approve the repair of a slip in a live story, for who may publish: no second person is asked.

    Raises:
        GuardFailed: the story is not live, or a publish check blocks.
    """
    locked, before = begin(article, "approve", by=by)
    if not locked.is_live:
        raise GuardFailed(f"“{locked}” is not live: have it reviewed by a colleague.")
    if not is_permitted(locked, "publish_update", by=by):
        raise NotAllowed(f"You may not publish a new version of “{locked}”: ask an editor.")
    require_no_blocker(locked)
    return _approve(locked, before, by=by, reason="A minor change, published in one press.")


@transaction.atomic
def spike(article: Article, *, by: User, reason: str) -> Transition:
    """Put a story that was never published aside."""
    locked, before = begin(article, "spike", by=by)
    if not reason.strip():
        raise GuardFailed("Say why the story is spiked: colleagues will look for it.")
    if locked.edition_id is not None:
        raise GuardFailed(f"“{locked}” was public once and cannot be spiked: take it off the schedule instead.")
    take_off_schedule(locked, by=by, because=f"{called(by)} spiked it: {reason}")
    locked.pub_state = PubState.SPIKED
    return finish(locked, "spike", before, by=by, fields=SCHEDULE_COLUMNS, reason=reason)


@transaction.atomic
def unspike(article: Article, *, by: User) -> Transition:
    """Bring a spiked story back as a draft."""
    locked, before = begin(article, "unspike", by=by)
    locked.pub_state, locked.work_state = PubState.NEVER, WorkState.DRAFT
    return finish(locked, "unspike", before, by=by, fields=())


def _approve(article: Article, before: State, *, by: User, reason: str) -> Transition:
    article.work_state = WorkState.APPROVED
    article.approved_revision_id = article.revision_id
    return finish(article, "approve", before, by=by, fields=("approved_revision",), reason=reason)


def require_no_blocker(article: Article) -> None:
    """Raises GuardFailed with every blocker of the publish checks."""
    reasons = blockers(article)
    if reasons:
        raise GuardFailed(f"“{article}” is not ready: {' '.join(reasons)}", reasons)


def _refuse_self_approval(article: Article, *, by: User, reason: str) -> None:
    if not is_sole_author(article, by):
        return
    if not has_permission(by, "approve_own_article"):
        raise NotAllowed(f"Nobody else has worked on “{article}”: a colleague must approve it.")
    if not reason.strip():
        raise GuardFailed("You are approving your own story: say why nobody else could.")


def _ask_about_tagging(article: Article) -> None:
    """The one question before an approval; the publication of an approved version asks no more."""
    if is_tagging_open(article):
        raise Unconfirmed(
            f"The tagger is still reading this version of “{article}”. Approved now, it goes out without what is "
            "found from here on. Wait a few seconds, or approve it as it is?"
        )
