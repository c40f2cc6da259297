"""Verb: destroy sealed text on an order. The rows, their numbers and their digests stay; the words do not.

The append-only tables let this through, and only this: sealed editions and the revisions behind them, in the
transaction that writes the Erasure of their article (docs/decisions/0018-erasure.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from articles.erased_copies import destroy_copies, destroy_facts, facts_read_in
from articles.models import Article, Edition, Erasure, Revision
from articles.states import GuardFailed, PubState
from articles.transitions import lock

ERASED = Edition.ERASED


@transaction.atomic
def erase(article: Article, *, reference: str, operator: str, versions: Sequence[int] = ()) -> Erasure | None:
    """Destroy the text of sealed editions, all of them or those named, with every copy of it that we hold.

    With them go the revisions that led to them, and of a killed story the working copy too. None where nothing is
    left to destroy.

    Raises:
        GuardFailed: no reference or operator, or a version that is none or is not sealed.
    """
    if not reference.strip() or not operator.strip():
        raise GuardFailed("Name the order (court, file number, date) and who carries it out: both are kept.")
    locked = lock(article)
    editions = sealed_editions(locked, versions)
    revisions = revisions_behind(locked, editions)
    left = [edition for edition in editions if not edition.is_erased]
    left_revisions = [revision for revision in revisions if not revision.is_erased]
    sealed_at = _last_seal(editions)
    if not left and not left_revisions and not facts_read_in(locked, revisions, sealed_at=sealed_at).exists():
        return None
    erasure = Erasure.objects.create(
        article=locked, reference=reference.strip(), operator=operator.strip(), erased=_digests(left, left_revisions)
    )
    _destroy_editions(left)
    for revision in left_revisions:
        _destroy_revision(revision)
    destroy_facts(locked, revisions, sealed_at=sealed_at)
    destroy_copies(locked, left_revisions, kept=_kept_texts(locked), sealed_at=sealed_at)
    return erasure


def sealed_editions(article: Article, versions: Sequence[int] = ()) -> list[Edition]:
    """The sealed editions of an article, or the named ones.

    Raises:
        GuardFailed: a named version is none, or is not sealed; or none is sealed at all.
    """
    editions = {edition.version: edition for edition in article.editions.select_related("revision").order_by("version")}
    unknown = [number for number in versions if number not in editions]
    if unknown:
        raise GuardFailed(f"“{article}” has no version {unknown[0]}; it has {', '.join(map(str, editions)) or 'none'}.")
    public = [number for number in versions if editions[number].sealed_at is None]
    if public:
        raise GuardFailed(f"Version {public[0]} is not sealed: correct the story with a seal, or kill it, first.")
    chosen = [editions[number] for number in dict.fromkeys(versions)] or list(editions.values())
    sealed = [edition for edition in chosen if edition.sealed_at is not None]
    if not sealed:
        raise GuardFailed(f"No version of “{article}” is sealed: correct it with a seal, or kill it, first.")
    return sealed


def revisions_behind(article: Article, editions: Sequence[Edition]) -> list[Revision]:
    """The saves that hold the text of these editions: all before the first public text that stays, but for those
    that a version which stays was made of. Of a killed story none stays."""
    if article.pub_state == PubState.KILLED and not article.editions.exclude(
        pk__in=[edition.pk for edition in editions]
    ):
        return list(article.revisions.order_by("number"))
    staying = article.editions.exclude(pk__in=[edition.pk for edition in editions])
    last = max(edition.version for edition in editions)
    first_after = (
        staying.filter(version__gt=last).order_by("version").values_list("revision__number", flat=True).first()
    )
    behind = article.revisions.exclude(pk__in=staying.values("revision")).exclude(pk=article.newest_revision.pk)
    return list(behind.filter(number__lt=first_after or 0).order_by("number"))


def _digests(editions: Iterable[Edition], revisions: Iterable[Revision]) -> dict[str, Any]:
    return {
        "versions": [
            {"version": edition.version, "sha256": hashlib.sha256(edition.text.encode()).hexdigest()}
            for edition in editions
        ],
        "revisions": [{"number": revision.number, "sha256": revision.text_sha256} for revision in revisions],
    }


def _destroy_editions(editions: Sequence[Edition]) -> None:
    for edition in editions:
        for rows in (edition.tags, edition.quotes, edition.related, edition.pictures):
            rows.all().delete()
    Edition.objects.filter(pk__in=[edition.pk for edition in editions]).update(
        headline=ERASED,
        slug="erased",
        standfirst="",
        html="",
        text="",
        blocks=[],
        dateline="",
        bylines=[],
        image=None,
        source_name="",
    )


def _destroy_revision(revision: Revision) -> None:
    snapshot = {name: _blank(value) for name, value in revision.snapshot.items()} | {"erased": True}
    Revision.objects.filter(pk=revision.pk).update(snapshot=snapshot, text="", blocks=[], note="")


def _blank(value: Any) -> Any:
    """Nothing of the same sort, so that whoever reads an erased snapshot finds every part."""
    if isinstance(value, str):
        return ""
    return [] if isinstance(value, list) else value if isinstance(value, bool) else None


def _last_seal(editions: Iterable[Edition]) -> datetime:
    return max(edition.sealed_at for edition in editions if edition.sealed_at is not None)


def _kept_texts(article: Article) -> list[str]:
    """The texts that stay: whatever stands in one of them is no secret."""
    kept = list(article.editions.filter(sealed_at=None).values_list("text", flat=True))
    return kept if article.pub_state == PubState.KILLED else [*kept, article.newest_revision.text]
