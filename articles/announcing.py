"""How a public change is made and told: the edition, what is shown of it, and the Change as the last row.

The verbs of the public's axis share this: `articles.publishing`, `articles.correcting`, `articles.taking_down`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from articles import workflow
from articles.documents import changed_parts, document_of, facts_of, related_documents
from articles.edition_rows import EditionRows
from articles.editions import make_edition
from articles.models import Article, Byline, Change, Edition, Quote, Representation
from articles.neighbours import lock_with_neighbours
from articles.purging import purge_on_commit
from articles.representations import represent, stored_document
from articles.schedule import SCHEDULE_COLUMNS, clear_update, take_off_schedule
from articles.states import PubState
from articles.transitions import State, finish, lock, require_approved
from articles.waking import wake_on_commit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.models import User

PUBLIC_COLUMNS = (*SCHEDULE_COLUMNS, "version", "edition", "published_at", "updated_at")
KIND_OF_CHANGE = {
    Edition.Kind.FIRST: Change.Kind.PUBLISH,
    Edition.Kind.MINOR: Change.Kind.UPDATE,
    Edition.Kind.UPDATE: Change.Kind.UPDATE,
    Edition.Kind.CORRECTION: Change.Kind.CORRECT,
}


@transaction.atomic
def refresh(article: Article) -> Change | None:
    """Build what the public has of an article anew; a change is announced only where partners would see one.

    For the newsroom's clock and the operator: an entity was renamed or merged, or the form itself was changed.
    """
    dependants = lock_with_neighbours(article)
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
    refreshed = _refresh_dependants(dependants)
    change = _refresh_of(locked, shown_before, shown)
    change.save()
    Change.objects.bulk_create(refreshed)
    purge_on_commit()
    wake_on_commit()
    return change


def make_public(
    article: Article, *, kind: str, by: User | None, at: datetime | None = None
) -> tuple[Edition, EditionRows]:
    """Check once more, and write the edition that the article then points to, with its rows."""
    require_approved(article)
    # Asked by the checks, and printed.
    quotes = Quote.objects.select_related("speaker_entity__merged_into", "speaker_country")
    bylines = Byline.objects.select_related("author")
    prefetch_related_objects([article], Prefetch("quotes", quotes), Prefetch("bylines", bylines))
    workflow.require_no_blocker(article)
    if kind != Edition.Kind.MINOR or article.updated_at is None:
        article.updated_at = at or timezone.now()
    clear_update(article)
    article.version += 1
    article.edition, rows = make_edition(article, kind=kind, version=article.version, by=by)
    return article.edition, rows


def announce(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    edition: Edition,
    dependants: Iterable[int],
    rows: EditionRows | None = None,
    reason: str = "",
    public_note: str = "",
) -> Change:
    """Tell of an edition; `dependants` are of `lock_with_neighbours`, `rows` its rows where they are at hand."""
    # Before its first version nothing was shown.
    shown_before = stored_document(article) if article.version > 1 else None
    finish(article, verb, before, by=by, fields=PUBLIC_COLUMNS, reason=reason, edition=edition)
    shown = represent(article, rows=rows)
    refreshed = _refresh_dependants(dependants)
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
    purge_on_commit()
    wake_on_commit()
    return change


def take_down(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    reason: str,
    dependants: Iterable[int],
    public_note: str = "",
) -> Change:
    """Leave a tombstone, and take the story out of those that show it, its `dependants` of `lock_with_neighbours`."""
    is_kill = verb == "kill"
    shown_before = stored_document(article)
    article.pub_state = PubState.KILLED if is_kill else PubState.WITHDRAWN
    article.version += 1
    article.unpublish_at = None
    take_off_schedule(article, by=by, because="it was taken down.")
    finish(article, verb, before, by=by, fields=PUBLIC_COLUMNS, reason=reason, edition=article.edition)
    represent(article, public_note=public_note)
    refreshed = _refresh_dependants(dependants)
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
    purge_on_commit()
    wake_on_commit()
    return change


def _refresh_dependants(dependants: Iterable[int]) -> list[Change]:
    """Rebuild the live stories that show another, and say so where anything differs. Their rows are locked."""
    changes = []
    for pk in dependants:
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
