"""The facts of an edition of an exercise as the desk sees them: each with why readers do not see it, and whether its
words have left the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.fact_words import lost, written
from articles.models import Edition, ReportedFact, Representation
from articles.page_marks import spoken_words

TITLES = {"dates": "Dates", "host": "Hosts", "participant": "Participants", "figure": "Figures"}


@dataclass(frozen=True, slots=True)
class KnownFact:
    """`words` are those of its quotation; `hidden` says why no reader sees it, and is empty where readers do.
    `is_lost` where the story no longer has its number or its days."""

    fact: ReportedFact
    words: str
    hidden: str
    is_lost: bool
    is_sealed: bool


def facts_of(pk: int) -> list[tuple[str, str, list[KnownFact]]]:
    """Kind, heading and facts; three statements, and two more at most where words are missing."""
    facts = ReportedFact.objects.filter(edition=pk).with_reasons()
    rows = list(
        facts.select_related("entity", "article", "quote", "added_by").order_by("label", "entity__sort_name", "id")
    )
    shown = set(ReportedFact.objects.told().filter(edition=pk).values_list("pk", flat=True))
    gone = _lost(rows)
    known = [
        KnownFact(
            fact=fact,
            words=spoken_words(fact.quote.text) if fact.quote else "",
            hidden="" if fact.pk in shown else _why(fact),
            is_lost=fact.pk in gone,
            is_sealed=fact.is_sealed and fact.article.is_live,
        )
        for fact in rows
    ]
    return [(kind, TITLES[kind], [one for one in known if one.fact.kind == kind]) for kind in TITLES]


def _why(fact: Any) -> str:
    if not fact.article.is_live:
        return f"the story is {fact.article.get_pub_state_display()}"
    if fact.is_sealed:
        return "a correction sealed the version in which it was read; confirm it, or take it back"
    if fact.is_ahead:
        return "it stands in a version that is not published yet"
    return "the quotation does not stand there any more"


def _lost(facts: Sequence[Any]) -> set[int]:
    """Their numbers, for what readers have now."""
    live = Edition.objects.filter(
        current_for__status=Representation.Status.LIVE, article__in={fact.article_id for fact in facts}
    )
    texts = {one.article_id: written(one) for one in live.only("article", "headline", "standfirst", "text")}
    # What was read in a version to come is not missing from the one that readers have.
    return {fact.pk for fact in lost((fact for fact in facts if not fact.is_ahead), now=texts)}
