"""Search: the best matches among the newest, with the words in their context and what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import CombinedSearchQuery, SearchHeadline, SearchQuery, SearchRank
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Left
from django.http.response import HttpResponseBase
from django_filters.filters import CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from articles.api.filters import ArticleFilter
from articles.api.serializers import SearchResultSerializer
from articles.api.shared import shared_articles
from articles.documents import absolute, instant
from articles.models import Listing, Representation

# Ranking every match of a common word takes a third of a second at 100,000 stories; the newest are enough.
RANKED = 500
FACETS = 10
# A headline of 60 words is sought in so much of the text.
SEARCHED_FOR_PASSAGES = 20_000
# Private-use characters: no text that passed the desk's sanitiser is marked up by mistake.
START, STOP = "\ue000", "\ue001"
BETWEEN = "\ue002"
_MARK = re.compile(f"{START}(.*?){STOP}", re.DOTALL)


def words(text: str) -> SearchQuery | CombinedSearchQuery:
    """The query as English and as written: names are indexed as they stand."""
    return SearchQuery(text, config="english", search_type="websearch") | SearchQuery(
        text, config="simple", search_type="websearch"
    )


class SearchFilter(ArticleFilter):
    q = CharFilter(method="by_words", required=True, help_text="Words; “…” for a phrase, or, - to exclude.")

    def by_words(self, queryset: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        return queryset.filter(lexemes=words(text))


class Search(GenericAPIView):
    """Articles that hold the words, best first, among the newest that match."""

    queryset = shared_articles()
    filterset_class = SearchFilter
    columns = (
        *("uuid", "version", "type", "headline", "standfirst", "path", "published_at"),
        *("section__slug", "section__name", "score", "passages"),
    )
    orders = {"-score": ("-score", "-article_id"), "-published_at": ("-published_at", "-article_id")}

    @extend_schema(operation_id="search_articles", responses=SearchResultSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        matching = self.filter_queryset(self.get_queryset())
        newest = matching.order_by("-published_at", "-article_id").values("article_id")[:RANKED]
        rows = self.paginate_queryset(_ranked(newest, request.query_params.get("q", ""))) or []
        sections = _sections(newest)
        found = sum(section["count"] for section in sections)
        return self.paginator.get_paginated_response(  # type: ignore[call-arg,union-attr]
            [_hit(row) for row in rows],
            total={"count": found, "is_capped": found == RANKED},
            facets=_tagged(newest) | {"sections": sections},
        )


def _ranked(articles: QuerySet[Any], text: str) -> QuerySet[Representation]:
    query = words(text)
    passages = SearchHeadline(
        Left("edition__text", SEARCHED_FOR_PASSAGES),
        query,
        config="english",
        start_sel=START,
        stop_sel=STOP,
        max_fragments=2,
        max_words=30,
        min_words=10,
        fragment_delimiter=BETWEEN,
    )
    ranked = Representation.objects.filter(article_id__in=articles)
    return ranked.annotate(score=SearchRank(F("lexemes"), query), passages=passages)


def _hit(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["uuid"]),
        "version": row["version"],
        "type": row["type"],
        "headline": row["headline"],
        "standfirst": row["standfirst"],
        "url": absolute(f"/news/{row['path']}/"),
        "api_url": absolute(f"/api/v1/articles/{row['uuid']}"),
        "published_at": instant(row["published_at"]),
        "section": {"slug": row["section__slug"], "name": row["section__name"]},
        "score": round(row["score"], 4),
        "passages": [_passage(marked) for marked in row["passages"].split(BETWEEN)],
    }


def _passage(marked: str) -> dict[str, Any]:
    """Plain text with the places of the marks: `text[start:end]` is a word that was sought."""
    text, highlights, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        highlights.append([len(text), len(text) + len(match[1])])
        text += match[1]
        end = match.end()
    return {"text": text + marked[end:], "highlights": highlights}


def _sections(articles: QuerySet[Any]) -> list[dict[str, Any]]:
    rows = Representation.objects.filter(article_id__in=articles).values_list("section__slug", "section__name")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "section__name")
    return [{"slug": slug, "name": name, "count": count} for slug, name, count in counted]


def _tagged(articles: QuerySet[Any]) -> dict[str, list[dict[str, Any]]]:
    """The countries and the other entities that most of the articles name."""
    public = Listing.objects.filter(article__in=articles, entity__is_hidden=False, entity__merged_into=None)
    rows = public.values("entity__uuid", "entity__kind", "entity__name", "entity__country_facts__alpha2")
    counted = list(rows.annotate(count=Count("pk")).order_by("-count", "entity__name"))
    countries = (
        {"code": row["entity__country_facts__alpha2"], "name": row["entity__name"], "count": row["count"]}
        for row in counted
        if row["entity__kind"] == "country"
    )
    entities = (
        {
            "id": str(row["entity__uuid"]),
            "kind": row["entity__kind"],
            "name": row["entity__name"],
            "count": row["count"],
        }
        for row in counted
        if row["entity__kind"] != "country"
    )
    return {"countries": _first(countries), "entities": _first(entities)}


def _first(facet: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(facet)[:FACETS]
