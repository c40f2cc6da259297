"""Verb: correct a live story, with a public notice of what was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from articles.announcing import announce, make_public
from articles.editions import seal_editions
from articles.models import Article, Correction, Edition, Quote
from articles.neighbours import lock_with_neighbours
from articles.states import GuardFailed
from articles.transitions import begin

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def correct(
    article: Article,
    *,
    by: User | None,
    notice: str,
    kind: str = Correction.Kind.CORRECTION,
    position: str = Correction.Position.TOP,
    seal: bool = False,
    retracts: Iterable[Quote] = (),
) -> Edition:
    """Publish the approved version of a live story with a public notice of what was wrong. `by` None: the
    newsroom's clock, once a scheduled correction is due.

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
    edition = make_public(locked, kind=Edition.Kind.CORRECTION, by=by)
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
    announce(locked, "correct", before, by=by, edition=edition, reason=notice.strip(), public_note=notice.strip())
    return edition
