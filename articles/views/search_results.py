"""What a search finds: a page of stories with their passages, and what the newest matches are about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F
from django.db.models.functions import ExtractYear, Left
from django.utils.text import capfirst

from articles.models import ArticleType, Listing, Representation
from articles.newest_matches import Matches, newest_matches, newest_numbers, newest_of
from articles.passages import SEARCHED, Passage, passages_of
from articles.search import RANKED, asked_by, exactly
from articles.views.positions import Position, older_than
from entities.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from articles.views.search_filters import SearchFilters

PAGE_SIZE = 20
FACET_SIZE = 8
COLUMNS = ("article_id", "path", "headline", "standfirst", "type", "card", "published_at", "text")


@dataclass(frozen=True, slots=True)
class Hit:
    """A story as a result of a search."""

    path: str
    headline: str
    standfirst: str
    type: str
    section: str
    country: str
    published_at: datetime
    passages: Sequence[Passage] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter with the number of stories that have it, and the query that asks for it."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    label: str
    values: Sequence[FacetValue]


@dataclass(frozen=True, slots=True)
class Results:
    """`found` stories or, when `is_capped`, more than that. `next` and `before` are the queries of other pages."""

    hits: Sequence[Hit]
    found: int
    is_capped: bool
    is_ranked_among_newest: bool
    facets: Sequence[Facet] = field(default_factory=list)
    next: str = ""
    first: str = ""


def results(filters: SearchFilters, *, page: int, before: Position | None) -> Results:
    """A page of what the filters let through, best or newest first."""
    matching, asked = filters.matching(), asked_by(_words(filters))
    matches = newest_matches(matching, asked, most=RANKED) if _words(filters) else newest_of(matching, most=RANKED)
    among = matches.newest
    if filters.is_newest_first:
        rows, following = _newest_page(filters, matching, matches, asked, before=before)
    else:
        rows, following = _best_page(filters, among, asked, page=page)
    passages = passages_of([row["text"] for row in rows], asked)
    return Results(
        hits=[_hit(row, own) for row, own in zip(rows, passages, strict=True)],
        found=matches.found,
        is_capped=matches.is_capped,
        is_ranked_among_newest=not filters.is_newest_first and matches.is_capped,
        facets=facets(filters, among),
        next=following,
        first=filters.query() if before or page > 1 else "",
    )


def _newest_page(
    filters: SearchFilters,
    matching: QuerySet[Representation],
    matches: Matches,
    asked: str,
    *,
    before: Position | None,
) -> tuple[list[dict[str, Any]], str]:
    numbers = matches.newest[: PAGE_SIZE + 1]
    if before:
        older = matching.filter(older_than(before, moment="published_at", number="article_id"))
        numbers = (
            newest_numbers(older, asked, PAGE_SIZE + 1, before=before.moment)
            if _words(filters)
            else newest_of(older, most=PAGE_SIZE + 1).newest
        )
    rows = list(_shown(numbers[:PAGE_SIZE]).order_by("-published_at", "-article_id").values(*COLUMNS))
    following = ""
    if len(numbers) > PAGE_SIZE:
        following = filters.query(before=str(Position(rows[-1]["published_at"], rows[-1]["article_id"])))
    return rows, following


def _best_page(filters: SearchFilters, among: list[int], asked: str, *, page: int) -> tuple[list[dict[str, Any]], str]:
    stories = _shown(among).annotate(score=SearchRank(F("lexemes"), exactly(asked)))
    start = (page - 1) * PAGE_SIZE
    rows = stories.order_by("-score", "-published_at", "-article_id").values(*COLUMNS, "score")
    following = filters.query(page=str(page + 1)) if len(among) > start + PAGE_SIZE else ""
    return list(rows[start : start + PAGE_SIZE]), following


def _shown(numbers: Sequence[int]) -> QuerySet[Any]:
    """With the text that passages are taken from."""
    return Representation.objects.filter(article_id__in=numbers).annotate(text=Left("edition__text", SEARCHED))


def _words(filters: SearchFilters) -> str:
    return str(filters.cleaned_data["q"])


def _hit(row: dict[str, Any], passages: Sequence[Passage]) -> Hit:
    card = row["card"]
    countries = card.get("countries") or [{"name": ""}]
    return Hit(
        path=row["path"],
        headline=row["headline"],
        standfirst=row["standfirst"],
        type="" if row["type"] in (ArticleType.NEWS, ArticleType.BRIEF) else ArticleType(row["type"]).label,
        section=card["section"]["name"],
        country=countries[0]["name"],
        published_at=row["published_at"],
        # Where the words stand in headline or names alone, a passage of the text would show none of them.
        passages=[passage for passage in passages if passage.highlights],
    )


def facets(filters: SearchFilters, among: Sequence[int]) -> list[Facet]:
    """What the stories are about, in two statements. Neither a filter that is set nor what all stories have in
    common would narrow anything."""
    listed = _listed(among)
    own = list(
        Representation.objects.filter(article_id__in=among).values_list(
            "section__slug", "section__name", "type", ExtractYear("published_at")
        )
    )
    types = dict(ArticleType.choices)
    counted: list[tuple[str, str, Iterable[tuple[str, str, int]]]] = [
        ("country", "Country", [row[1:] for row in listed if row[0] == Kind.COUNTRY]),
        ("entity", "People and things", [row[1:] for row in listed if row[0] != Kind.COUNTRY]),
        ("section", "Section", _tally((slug, name) for slug, name, _, _ in own)),
        ("type", "Type", _tally((kind, capfirst(str(types.get(kind, kind)))) for _, _, kind, _ in own)),
        ("year", "Year", sorted(_tally((str(year), str(year)) for *_, year in own), reverse=True)),
    ]
    return [
        Facet(str(label), [FacetValue(says, count, filters.query(**{name: value})) for value, says, count in values])
        for name, label, rows in counted
        if (values := [row for row in rows if row[2] < len(among)][:FACET_SIZE]) and name not in filters.given
    ]


def _listed(among: Sequence[int]) -> list[tuple[str, str, str, int]]:
    """Kind, value of the filter, name and count of entities, most stories first."""
    public = Listing.objects.filter(article_id__in=among, entity__is_hidden=False, entity__merged_into=None)
    rows = public.values_list("entity__kind", "entity__slug", "entity__name", "entity__country_facts__alpha2")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "entity__sort_name")
    return [(kind, code or f"{kind}/{slug}", name, count) for kind, slug, name, code, count in counted]


def _tally(values: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    return [(value, says, count) for (value, says), count in Counter(values).most_common()]
