"""Verbs: correct a live story, with a public notice of what was wrong; approve and correct in one press."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import exercise_facts, judging, workflow
from articles.announcing import announce, make_public
from articles.edition_rows import shown_tags
from articles.editions import seal_editions
from articles.models import Article, Correction, Edition, Quote, ReportedFact, Tag
from articles.models.verdict import Verdict
from articles.neighbours import lock_with_neighbours
from articles.states import GuardFailed, WorkState
from articles.transitions import begin

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from entities.models import Entity


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
    retracts_entities: Iterable[Entity] = (),
    retracts_facts: Iterable[ReportedFact] = (),
) -> Edition:
    """Publish the approved version of a live story with a public notice of what was wrong. `by` None: the
    newsroom's clock, once a scheduled correction is due.

    It can take back quotations that readers see, and tags: a quotation whose words have left the text and every
    tag taken back are rejected with it. Facts of exercises that it takes back stand under these no more. With `seal`,
    earlier editions are kept but shown nowhere again, and facts that were read in them not until they are confirmed.

    Raises:
        GuardFailed: no notice, an unknown kind or place, or something taken back that readers do not have.
    """
    dependants = lock_with_neighbours(article)
    locked, before = begin(article, "correct", by=by)
    words = _require_words(notice, kind=kind, position=position)
    quotes, entities, facts = list(retracts), list(retracts_entities), list(retracts_facts)
    _refuse_what_readers_lack(locked, quotes, entities)
    _refuse_facts_of_others(locked, facts)
    _take_back(locked, quotes, entities, facts, by=by)
    assert locked.edition is not None
    revision_before = locked.edition.revision
    edition, _ = make_public(locked, kind=Edition.Kind.CORRECTION, by=by)
    correction = Correction.objects.create(
        article=locked,
        edition=edition,
        kind=kind,
        notice=words,
        position=position,
        revision_before=revision_before,
        revision_after=locked.newest_revision,
        sealed_earlier=seal,
        by=by,
    )
    correction.retracts.set(quotes)
    correction.retracts_entities.set(entities)
    if seal:
        seal_editions(locked, before_version=edition.version)
    reason = " ".join([words, *(f"Taken back: {fact.says} ({fact.edition})." for fact in facts)])
    announce(locked, "correct", before, by=by, edition=edition, dependants=dependants, reason=reason, public_note=words)
    return edition


@transaction.atomic
def approve_and_correct(
    article: Article, *, by: User, notice: str, reason: str = "", is_confirmed: bool = True, **correction: Any
) -> Edition:
    """One press for one person who may do both; the rule on approving one's own work stands, `reason` answers it."""
    lock_with_neighbours(article)
    locked, _ = begin(article, "approve_and_correct", by=by)
    if locked.work_state in (WorkState.DRAFT, WorkState.CHANGES_REQUESTED):
        workflow.submit(locked, by=by)
    workflow.approve(locked, by=by, reason=reason, is_confirmed=is_confirmed)
    return correct(locked, by=by, notice=notice, **correction)


def _require_words(notice: str, *, kind: str, position: str) -> str:
    if not notice.strip():
        raise GuardFailed("A correction needs its public notice: say what was wrong and what is right.")
    if kind not in Correction.Kind.values or position not in Correction.Position.values:
        raise GuardFailed("Choose what kind of notice it is, and whether it stands above or below the story.")
    return notice.strip()


def _refuse_what_readers_lack(article: Article, quotes: Iterable[Quote], entities: Iterable[Entity]) -> None:
    if any(quote.article_id != article.pk for quote in quotes):
        raise GuardFailed("A correction can retract quotations of its own story only.")
    assert article.edition is not None
    shown = {tag.entity for tag in shown_tags(article.edition)}
    for entity in entities:
        if entity.canonical not in shown:
            raise GuardFailed(f"Readers do not see “{entity}” on this story: there is no tag to take back.")


def _refuse_facts_of_others(article: Article, facts: Iterable[ReportedFact]) -> None:
    if any(fact.article_id != article.pk for fact in facts):
        raise GuardFailed("A correction can take back facts that its own story reports only.")


def _take_back(
    article: Article, quotes: list[Quote], entities: list[Entity], facts: list[ReportedFact], *, by: User | None
) -> None:
    """A verdict needs its judge, and the clock is none."""
    if by is not None:
        _reject_lost(quotes, by=by)
        _reject_tags(article, entities, by=by)
        # Always in this order: two corrections that lock the same editions then wait for one another.
        for fact in sorted(facts, key=lambda fact: (fact.edition_id, fact.pk)):
            exercise_facts.take_back(fact, by=by, is_corrected=True)
    elif quotes or entities or facts:
        raise GuardFailed("Only a person can take quotations, tags or facts back: publish this correction by hand.")


def _reject_lost(quotes: Iterable[Quote], *, by: User) -> None:
    """A quotation taken back whose words have gone from the text stands in the way of no publication."""
    lost = [quote.pk for quote in quotes if quote.anchor != Quote.Anchor.KEPT]
    Quote.objects.filter(pk__in=lost, verdict=Verdict.CONFIRMED).update(**_rejected(by, Quote))


def _reject_tags(article: Article, entities: Iterable[Entity], *, by: User) -> None:
    keys = [entity.pk for entity in entities]
    tags = Tag.objects.filter(Q(entity__in=keys) | Q(entity__merged_into__in=keys), article=article)
    tags.exclude(verdict=Verdict.REJECTED).update(**_rejected(by, Tag))


def _rejected(by: User, model: type[Quote] | type[Tag]) -> dict[str, Any]:
    verdict = {"verdict": Verdict.REJECTED, "verdict_by": by, "verdict_at": timezone.now()}
    return verdict | judging.proposal_of(model)
