"""Verbs of who judges what the machine proposes (`articles.proposing`): confirm, reject, add.

Verdicts make no revision, bump no lock and reopen nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import judging, quote_anchors
from articles.models import Article, Quote, RelatedLink, Revision, Tag
from articles.models.verdict import Origin, Verdict
from articles.roles import require_decide
from articles.states import GuardFailed, PubState
from articles.transitions import lock
from entities.models import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from entities.models import Entity

Judgeable = TypeVar("Judgeable", Tag, Quote, RelatedLink)


def confirm_tag(tag: Tag, *, by: User, role: str = "") -> Tag:
    """Say that the story is tagged with this entity; `role` sets about or mention."""
    columns = {"role_by_person": role} if role else {}
    return _judge(tag, Verdict.CONFIRMED, by=by, **columns)


@transaction.atomic
def choose_primary(tag: Tag, *, by: User) -> Tag:
    """Say that the story is most about this country, and about no other as much. Later readings keep to it.

    Raises:
        GuardFailed: the tag is not of a country.
    """
    locked = lock(tag.article)
    require_decide(locked, by)
    if tag.entity.kind != Kind.COUNTRY:
        raise GuardFailed(f"“{tag.entity}” is no country: only a country can be the primary one.")
    locked.tags.exclude(pk=tag.pk).update(is_primary=False, is_primary_by_person=False)
    return _judge(tag, Verdict.CONFIRMED, by=by, is_primary=True, is_primary_by_person=True, role_by_person="")


def confirm_quote(quote: Quote, *, by: User, **corrections: Any) -> Quote:
    """Say that words and speaker are right, with corrections of the speaker or the circumstances.

    Raises:
        GuardFailed: the words no longer stand in the text, or a correction is not one that can be written.
    """
    unknown = set(corrections) - CORRECTABLE
    if unknown:
        raise GuardFailed(f"These parts of a quotation cannot be set: {', '.join(sorted(unknown))}.")
    return _judge(quote, Verdict.CONFIRMED, by=by, **corrections)


def confirm_related(link: RelatedLink, *, by: User) -> RelatedLink:
    return _judge(link, Verdict.CONFIRMED, by=by)


def reject(proposal: Judgeable, *, by: User) -> Judgeable:
    """Say that the machine is wrong here. It does not propose this again for this article."""
    return _judge(proposal, Verdict.REJECTED, by=by, **_without_choice(proposal))


def reconsider(proposal: Judgeable, *, by: User) -> Judgeable:
    """Take a verdict back: the row is a proposal again."""
    return _judge(proposal, Verdict.PROPOSED, by=by, **_without_choice(proposal))


def _without_choice(proposal: Tag | Quote | RelatedLink) -> dict[str, Any]:
    """What is not confirmed is not the primary country by a person's choice."""
    return {"is_primary_by_person": False} if isinstance(proposal, Tag) else {}


@dataclass(frozen=True, slots=True)
class Batch:
    """What one `confirm_all` has confirmed: how many, and the time that names it to `take_back`."""

    decided_at: datetime
    count: int


@transaction.atomic
def confirm_all(
    article: Article,
    *,
    by: User,
    tags: Collection[int] = (),
    quotes: Collection[int] = (),
    related: Collection[int] = (),
) -> Batch:
    """Confirm these proposals of a story together, given by their keys. What somebody has decided in the
    meantime stays as it was decided.

    Raises:
        NotAllowed: the person may not decide proposals of the story.
        GuardFailed: it was killed, or a quotation among them has no speaker or is not in the text as it was.
    """
    locked = _open_for(article, by)
    spoken = ~Q(speaker_name="", speaker_as_written="") & Q(anchor=Quote.Anchor.KEPT)
    if locked.quotes.filter(pk__in=quotes, verdict=Verdict.PROPOSED).exclude(spoken).exists():
        raise GuardFailed("A quotation among these has no speaker, or its words have changed: decide it by itself.")
    now = timezone.now()
    verdict = {"verdict": Verdict.CONFIRMED, "verdict_by": by, "verdict_at": now}
    chosen = (
        locked.tags.filter(pk__in=tags),
        locked.quotes.filter(pk__in=quotes),
        locked.related_links.filter(pk__in=related, origin=Origin.MACHINE),
    )
    count = 0
    for rows in chosen:
        count += rows.filter(verdict=Verdict.PROPOSED).update(**verdict, **judging.proposal_of(rows.model))
    return Batch(now, count)


@transaction.atomic
def take_back(article: Article, *, by: User, decided_at: datetime) -> int:
    """Make proposals again of what a person's `confirm_all` of that time confirmed; returns how many.

    What somebody has decided otherwise since then stays.

    Raises:
        NotAllowed, GuardFailed: as `confirm_all`, or nothing of it is left.
    """
    locked = _open_for(article, by)
    batch = {"verdict": Verdict.CONFIRMED, "verdict_by": by, "verdict_at": decided_at}
    proposed = {"verdict": Verdict.PROPOSED, "verdict_by": None, "verdict_at": None}
    rows = (locked.tags.filter(**batch), locked.quotes.filter(**batch), locked.related_links.filter(**batch))
    count = sum(some.update(**proposed, **judging.nothing_of(some.model)) for some in rows)
    if not count:
        raise GuardFailed("Nothing is left to take back: these have been decided again since.")
    return count


def _open_for(article: Article, by: User) -> Article:
    """The article's row, locked, if the person may decide its proposals now."""
    locked = lock(article)
    require_decide(locked, by)
    if locked.pub_state == PubState.KILLED:
        raise GuardFailed(f"“{locked}” was killed; nothing of it can be decided any more.")
    return locked


@transaction.atomic
def add_tag(article: Article, entity: Entity, *, by: User, role: str = "") -> Tag:
    """Tag a story with an entity that the machine did not find."""
    locked = lock(article)
    require_decide(locked, by)
    tag, _ = Tag.objects.get_or_create(
        article=locked, entity=entity.canonical, defaults={"origin": Origin.PERSON, "is_found": False}
    )
    return confirm_tag(tag, by=by, role=role)


@transaction.atomic
def add_quote(article: Article, *, start: int, end: int, by: User, **details: Any) -> Quote:
    """Mark words of the newest revision as a quotation that the machine did not find, confirmed by who marks it.

    Raises:
        GuardFailed: the span is empty or outside the text, or a part is not one that can be set.
    """
    locked = lock(article)
    require_decide(locked, by)
    revision = locked.newest_revision
    if not 0 <= start < end <= len(revision.text):
        raise GuardFailed("These words are not in the saved text: save first, then mark them again.")
    quote = locked.quotes.filter(text=revision.text[start:end], start=start).first() or Quote(
        article=locked, origin=Origin.PERSON, text=revision.text[start:end]
    )
    quote_anchors.put(quote, revision, start, end)
    quote.save()
    return confirm_quote(quote, by=by, **details)


@transaction.atomic
def accept_new_words(quote: Quote, *, by: User) -> Quote:
    """Take the words that now stand in the quote's place as the quotation."""
    locked = lock(quote.article)
    require_decide(locked, by)
    fresh = Quote.objects.get(pk=quote.pk)
    if fresh.anchor != Quote.Anchor.CHANGED or fresh.start is None or fresh.end is None:
        raise GuardFailed("The words of this quotation have not changed in the text.")
    revision = Revision.objects.get(pk=fresh.revision_id)
    fresh.text = revision.text[fresh.start : fresh.end]
    quote_anchors.put(fresh, revision, fresh.start, fresh.end)
    fresh.save()
    return confirm_quote(fresh, by=by)


CORRECTABLE = frozenset(
    {
        *("kind", "cue", "speaker_as_written", "speaker_name", "speaker_kind", "speaker_role"),
        *(
            "speaker_entity",
            "speaker_country",
            "said_on",
            "said_at_place",
            "medium",
            "source_url",
            "is_pull_quote",
        ),
    }
)


@transaction.atomic
def _judge(proposal: Judgeable, verdict: Verdict, *, by: User, **columns: Any) -> Judgeable:
    """Lock the article, then write the verdict with its person, its time and what was judged."""
    _open_for(proposal.article, by)
    fresh = judging.with_proposal(type(proposal)).get(pk=proposal.pk)
    if verdict == Verdict.CONFIRMED and isinstance(fresh, Quote) and fresh.anchor == Quote.Anchor.GONE:
        raise GuardFailed("These words are no longer in the text: reject the quotation, or put the words back.")
    for name, value in columns.items():
        setattr(fresh, name, value)
    fresh.verdict = verdict
    decided = verdict != Verdict.PROPOSED
    fresh.verdict_by = by if decided else None
    fresh.verdict_at = timezone.now() if decided else None
    judging.write_proposal(fresh, is_decided=decided)
    try:
        fresh.full_clean(exclude=["article", "revision"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise GuardFailed(" ".join(error.messages)) from error
    fresh.save()
    return fresh
