"""Verbs of the desk's own axis: submit, recall, request changes, approve, spike and back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import Article, Notification, Transition
from articles.notifications import called, notify, people_of
from articles.publish_checks import blockers
from articles.revisions import SCHEDULE_COLUMNS, take_off_schedule
from articles.roles import has_permission, is_sole_author, require_edit
from articles.states import GuardFailed, NotAllowed, PubState, WorkState
from articles.transitions import State, begin, finish, is_permitted, lock, state_of

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
    scheduled_by = locked.scheduled_by
    locked.work_state = WorkState.CHANGES_REQUESTED
    take_off_schedule(locked)
    transition = finish(locked, "request_changes", before, by=by, fields=SCHEDULE_COLUMNS, reason=comment)
    message = f"{called(by)} asks for changes to “{locked}”: {comment}"
    told = {*people_of(locked), scheduled_by}
    notify(told, locked, message, kind=Notification.Kind.CHANGES_REQUESTED, by=by)
    return transition


@transaction.atomic
def approve(article: Article, *, by: User, reason: str = "") -> Transition:
    """Approve the newest revision, and only that one. Nobody approves what only they have written,
    but the chief may, with a reason.

    Raises:
        GuardFailed: a publish check blocks; its `reasons` name what.
    """
    locked, before = begin(article, "approve", by=by)
    _refuse_self_approval(locked, by=by, reason=reason)
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
    return _approve(locked, before, by=by, reason="A minor change, published in one press.")


@transaction.atomic
def spike(article: Article, *, by: User, reason: str) -> Transition:
    """Put a story that was never published aside."""
    locked, before = begin(article, "spike", by=by)
    if not reason.strip():
        raise GuardFailed("Say why the story is spiked: colleagues will look for it.")
    if locked.edition_id is not None:
        raise GuardFailed(f"“{locked}” was public once and cannot be spiked: take it off the schedule instead.")
    if locked.work_state != WorkState.DRAFT and not (by.is_superuser or has_permission(by, "spike_any_article")):
        raise NotAllowed(f"“{locked}” is {locked.get_work_state_display()}: ask an editor to spike it.")
    take_off_schedule(locked)
    locked.pub_state = PubState.SPIKED
    return finish(locked, "spike", before, by=by, fields=SCHEDULE_COLUMNS, reason=reason)


@transaction.atomic
def unspike(article: Article, *, by: User) -> Transition:
    """Bring a spiked story back as a draft."""
    locked, before = begin(article, "unspike", by=by)
    locked.pub_state, locked.work_state = PubState.NEVER, WorkState.DRAFT
    return finish(locked, "unspike", before, by=by, fields=())


@transaction.atomic
def set_embargo(
    article: Article, *, by: User, until: datetime | None, is_indefinite: bool = False, note: str = ""
) -> Transition | None:
    """Forbid publication until a time, or until further notice. Makes no revision and reopens nothing.

    None where nothing changed.

    Raises:
        NotAllowed: an embargo in force would end or end earlier, and the person may not lift it.
    """
    locked = lock(article)
    require_edit(locked, by)
    wanted = (until, is_indefinite, note.strip())
    if wanted == (locked.embargo_until, locked.is_embargoed_indefinitely, locked.embargo_note):
        return None
    if locked.is_under_embargo and not has_permission(by, "lift_embargo") and _ends_earlier(locked, *wanted[:2]):
        raise NotAllowed(f"“{locked}” is under embargo: only the chief may end it or shorten it.")
    locked.embargo_until, locked.is_embargoed_indefinitely, locked.embargo_note = wanted
    return finish(locked, "embargo", state_of(locked), by=by, fields=EMBARGO_COLUMNS, reason=note.strip())


EMBARGO_COLUMNS = ("embargo_until", "is_embargoed_indefinitely", "embargo_note")


def _ends_earlier(article: Article, until: datetime | None, is_indefinite: bool) -> bool:
    """Whether these terms would free an article under embargo sooner than its own do."""
    if is_indefinite:
        return False
    if article.is_embargoed_indefinitely or article.embargo_until is None:
        return True
    return until is None or until < article.embargo_until


def _approve(article: Article, before: State, *, by: User, reason: str) -> Transition:
    require_no_blocker(article)
    article.work_state = WorkState.APPROVED
    article.approved_revision_id = article.revision_id
    return finish(article, "approve", before, by=by, fields=("approved_revision",), reason=reason)


def require_no_blocker(article: Article) -> None:
    """Raises GuardFailed with every blocker of the publish checks."""
    reasons = blockers(article)
    if reasons:
        raise GuardFailed(f"“{article}” is not ready: {' '.join(reasons)}", reasons)


def _refuse_self_approval(article: Article, *, by: User, reason: str) -> None:
    if by.is_superuser or not is_sole_author(article, by):
        return
    if not has_permission(by, "approve_own_article"):
        raise NotAllowed(f"Nobody else has worked on “{article}”: a colleague must approve it.")
    if not reason.strip():
        raise GuardFailed("You are approving your own story: say why nobody else could.")
