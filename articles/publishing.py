"""Verbs of the public's axis: publish, schedule, update, correct, withdraw, kill.

Each is one transaction: it locks the article with its neighbours, checks, writes edition and
representation, appends the Transition, and inserts its Change last, so that the number is given at commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from articles import embargoes, workflow
from articles.documents import changed_parts, document_of, facts_of, related_documents
from articles.editions import make_edition
from articles.models import Article, Change, Correction, Edition, Quote, Representation, Transition
from articles.neighbours import dependant_ids, lock_with_neighbours
from articles.representations import represent, stored_document
from articles.schedule import SCHEDULE_COLUMNS, clear_schedule, clear_update, take_off_schedule
from articles.states import GuardFailed, PubState, WorkState
from articles.transitions import State, begin, finish, lock, require_approved

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PUBLIC_COLUMNS = (*SCHEDULE_COLUMNS, "version", "edition", "published_at", "updated_at")
KIND_OF_CHANGE = {
    Edition.Kind.FIRST: Change.Kind.PUBLISH,
    Edition.Kind.MINOR: Change.Kind.UPDATE,
    Edition.Kind.UPDATE: Change.Kind.UPDATE,
    Edition.Kind.CORRECTION: Change.Kind.CORRECT,
}


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
        GuardFailed: embargo, a blocking publish check, an approval of another revision, or a time in the future.
    """
    lock_with_neighbours(article)
    locked, before = begin(article, "publish", by=by)
    if locked.is_under_embargo:
        embargoes.lift(locked, by=by, reason=reason)
    if unpublish_at is not None and unpublish_at <= timezone.now():
        raise GuardFailed("The story would be withdrawn before it is published: choose a later end, or none.")
    if published_at is not None:
        _refuse_bad_date(locked, published_at)
    locked.unpublish_at = unpublish_at
    return _go_live(locked, "publish", before, by=by, reason=reason, at=published_at or timezone.now())


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
    take_off_schedule(locked, by=by, because=f"{by} took it off.")
    return finish(locked, "deschedule", before, by=by, fields=SCHEDULE_COLUMNS)


@transaction.atomic
def publish_due(article: Article) -> Edition:
    """Publish a scheduled story whose time has come. For the newsroom's clock.

    Raises:
        GuardFailed: the time has not come, or something blocks since; the story stays on the schedule.
    """
    lock_with_neighbours(article)
    locked, before = begin(article, "publish_due", by=None)
    if locked.publish_at is None or locked.publish_at > timezone.now():
        raise GuardFailed(f"“{locked}” is not due yet.")
    if locked.is_under_embargo:
        raise GuardFailed(f"“{locked}” is under embargo{embargoes.end_of_embargo(locked)} and was not published.")
    ends_at = locked.unpublish_at
    clear_schedule(locked)
    locked.unpublish_at = ends_at
    return _go_live(locked, "publish_due", before, by=None, reason="", at=timezone.now())


@transaction.atomic
def unpublish_due(article: Article) -> Change:
    """Withdraw a story whose time has ended. For the newsroom's clock."""
    lock_with_neighbours(article)
    locked, before = begin(article, "unpublish_due", by=None)
    if locked.unpublish_at is None or locked.unpublish_at > timezone.now():
        raise GuardFailed(f"The time of “{locked}” has not ended yet.")
    return _take_down(locked, "unpublish_due", before, by=None, reason="Its time of publication has ended.")


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
    lock_with_neighbours(article)
    locked, before = begin(article, "publish_update", by=by)
    return _new_edition(locked, "publish_update", before, by=by, kind=kind, reason=reason)


@transaction.atomic
def correct(
    article: Article,
    *,
    by: User | None,
    notice: str = "",
    kind: str = Correction.Kind.CORRECTION,
    position: str = Correction.Position.TOP,
    seal: bool = False,
    retracts: Iterable[Quote] = (),
) -> Edition:
    """Publish the approved version of a live story with a public notice of what was wrong.

    With `seal`, earlier editions are kept but shown nowhere again.
    """
    lock_with_neighbours(article)
    locked, before = begin(article, "correct", by=by)
    if not notice.strip():
        raise GuardFailed("A correction needs its public notice: say what was wrong and what is right.")
    retracted = list(retracts)
    if any(quote.article_id != locked.pk for quote in retracted):
        raise GuardFailed("A correction can retract quotations of its own story only.")
    assert locked.edition is not None
    revision_before = locked.edition.revision
    edition = _make(locked, kind=Edition.Kind.CORRECTION, by=by)
    correction = Correction.objects.create(
        article=locked,
        edition=edition,
        kind=kind,
        notice=notice.strip(),
        position=position,
        revision_before=revision_before,
        revision_after=locked.newest_revision,
        sealed_earlier=seal,
        by=by,
    )
    correction.retracts.set(retracted)
    if seal:
        seal_editions(locked, before_version=edition.version)
    _announce(locked, "correct", before, by=by, edition=edition, reason=notice.strip(), public_note=notice.strip())
    return edition


@transaction.atomic
def withdraw(article: Article, *, by: User, reason: str, public_note: str = "") -> Change:
    """Take a live story from the public; it may be published again."""
    lock_with_neighbours(article)
    locked, before = begin(article, "withdraw", by=by)
    if not reason.strip():
        raise GuardFailed("Say why the story is withdrawn: partners and colleagues will ask.")
    return _take_down(locked, "withdraw", before, by=by, reason=reason.strip(), public_note=public_note.strip())


@transaction.atomic
def kill(article: Article, *, by: User, reason: str, public_note: str, confirmation: str) -> Change:
    """Kill a story for good: every edition is sealed and partners are told to purge it.

    `confirmation` is the headline or slug typed out, so that no slip of the hand kills.
    """
    lock_with_neighbours(article)
    locked, before = begin(article, "kill", by=by)
    if not reason.strip() or not public_note.strip():
        raise GuardFailed("A kill needs a reason for the desk and a public notice for readers and partners.")
    assert locked.edition is not None
    if confirmation.strip() not in (locked.edition.slug, locked.edition.headline):
        raise GuardFailed(f"To kill the story, type its address exactly: {locked.edition.slug}")
    seal_editions(locked, before_version=locked.version + 1)
    return _take_down(locked, "kill", before, by=by, reason=reason.strip(), public_note=public_note.strip())


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


@transaction.atomic
def refresh(article: Article) -> Change | None:
    """Build what the public has of an article anew; a change is announced only where partners would see one.

    For the newsroom's clock and the operator: an entity was renamed or merged, or the form itself was changed.
    """
    lock_with_neighbours(article)
    locked = lock(article)
    public_note = Representation.objects.filter(article=locked).values_list("public_note", flat=True).first()
    if public_note is None:
        return None
    shown_before = stored_document(locked)
    if not locked.is_live or shown_before == document_of(locked):
        represent(locked, public_note=public_note)
        return None
    locked.version += 1
    locked.save(update_fields=["version"])
    shown = represent(locked)
    refreshed = _refresh_dependants(locked)
    change = _refresh_of(locked, shown_before, shown)
    change.save()
    Change.objects.bulk_create(refreshed)
    return change


def seal_editions(article: Article, *, before_version: int) -> None:
    """Seal the editions of an article below a version; the database lets each be sealed once."""
    article.editions.filter(version__lt=before_version, sealed_at=None).update(sealed_at=timezone.now())


def _go_live(article: Article, verb: str, before: State, *, by: User | None, reason: str, at: datetime) -> Edition:
    article.pub_state = PubState.LIVE
    article.published_at = article.published_at or at
    kind = Edition.Kind.UPDATE if article.version else Edition.Kind.FIRST
    return _new_edition(article, verb, before, by=by, kind=kind, reason=reason, at=at)


def _new_edition(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    kind: str,
    reason: str,
    at: datetime | None = None,
) -> Edition:
    edition = _make(article, kind=kind, by=by, at=at)
    _announce(article, verb, before, by=by, edition=edition, reason=reason)
    return edition


def _make(article: Article, *, kind: str, by: User | None, at: datetime | None = None) -> Edition:
    """Check once more, and write the edition that the article then points to."""
    require_approved(article)
    workflow.require_no_blocker(article)
    if kind != Edition.Kind.MINOR or article.updated_at is None:
        article.updated_at = at or timezone.now()
    clear_update(article)
    article.version += 1
    article.edition = make_edition(article, kind=kind, version=article.version, by=by)
    return article.edition


def _announce(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    edition: Edition,
    reason: str = "",
    public_note: str = "",
) -> Change:
    shown_before = stored_document(article)
    finish(article, verb, before, by=by, fields=PUBLIC_COLUMNS, reason=reason, edition=edition)
    shown = represent(article)
    refreshed = _refresh_dependants(article)
    change = Change.objects.create(
        article=article,
        kind=KIND_OF_CHANGE[Edition.Kind(edition.kind)] if before.pub == PubState.LIVE else Change.Kind.PUBLISH,
        action=Change.Action.UPSERT,
        version=article.version,
        public_note=public_note,
        changed=changed_parts(shown_before, shown),
        facts_before=facts_of(shown_before) if shown_before else None,
        facts_after=facts_of(shown),
        url=edition.get_absolute_url(),
        by=by,
    )
    Change.objects.bulk_create(refreshed)
    return change


def _take_down(
    article: Article, verb: str, before: State, *, by: User | None, reason: str, public_note: str = ""
) -> Change:
    is_kill = verb == "kill"
    shown_before = stored_document(article)
    article.pub_state = PubState.KILLED if is_kill else PubState.WITHDRAWN
    article.version += 1
    article.unpublish_at = None
    take_off_schedule(article, by=by, because=f"it was taken down by {by or 'the newsroom’s clock'}.")
    finish(article, verb, before, by=by, fields=PUBLIC_COLUMNS, reason=reason, edition=article.edition)
    represent(article, public_note=public_note)
    refreshed = _refresh_dependants(article)
    change = Change.objects.create(
        article=article,
        kind=Change.Kind.KILL if is_kill else Change.Kind.WITHDRAW,
        action=Change.Action.REMOVE,
        version=article.version,
        public_note=public_note,
        must_purge=is_kill,
        facts_before=facts_of(shown_before) if shown_before else None,
        by=by,
    )
    Change.objects.bulk_create(refreshed)
    return change


def _refresh_dependants(article: Article) -> list[Change]:
    """Rebuild the live stories that show this one, and say so where anything differs. Their rows are locked."""
    changes = []
    for pk in dependant_ids(article):
        dependant = Article.objects.select_related("edition__section", "edition__image").get(pk=pk)
        shown_before = stored_document(dependant)
        assert dependant.edition is not None
        if shown_before is not None and shown_before["related"] == related_documents(dependant.edition):
            continue
        dependant.version += 1
        dependant.save(update_fields=["version"])
        changes.append(_refresh_of(dependant, shown_before, represent(dependant)))
    return changes


def _refresh_of(article: Article, before: dict[str, Any] | None, after: dict[str, Any]) -> Change:
    """The change, not yet saved, of an article that shows something else without a new edition."""
    assert article.edition is not None
    return Change(
        article=article,
        kind=Change.Kind.REFRESH,
        action=Change.Action.UPSERT,
        version=article.version,
        changed=changed_parts(before, after),
        facts_before=facts_of(before) if before else None,
        facts_after=facts_of(after),
        url=article.edition.get_absolute_url(),
    )


def _refuse_bad_date(article: Article, published_at: datetime) -> None:
    if published_at > timezone.now():
        raise GuardFailed("The first publication cannot lie in the future: schedule the story instead.")
    if article.published_at is not None:
        raise GuardFailed(f"“{article}” has been published before; its first date stays.")
