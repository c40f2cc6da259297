"""Search: the best matches among the newest, with the words in their context and what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Count, QuerySet
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
from articles.newest_matches import by_any_index, newest_matches, one_state
from articles.search import ranked, read_passages, words

FACETS = 10


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
        # Found, ranked and counted in several statements, which must not tell of several states.
        with one_state():
            matching = self.filter_queryset(self.get_queryset())
            unchanged = self.paginator.unchanged(request)  # type: ignore[union-attr]
            return unchanged or self._answer(request, matching)

    def _answer(self, request: Request, matching: QuerySet[Representation]) -> HttpResponseBase:
        matches = newest_matches(matching)
        by_any_index()
        among = [number for _, number in matches.newest]
        rows = self.paginate_queryset(_ranked(among, request.query_params.get("q", ""))) or []
        return self.paginator.get_paginated_response(  # type: ignore[call-arg,union-attr]
            [_hit(row) for row in rows],
            total={"count": matches.found, "is_capped": matches.is_capped, "ranked": len(among)},
            facets=_tagged(among) | {"sections": _sections(among)},
        )


def _ranked(among: Sequence[int], text: str) -> QuerySet[Representation]:
    return ranked(Representation.objects.filter(article_id__in=among), words(text))


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
        "passages": [asdict(passage) for passage in read_passages(row["passages"])],
    }


def _sections(among: Sequence[int]) -> list[dict[str, Any]]:
    rows = Representation.objects.filter(article_id__in=among).values_list("section__slug", "section__name")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "section__name")
    return [{"slug": slug, "name": name, "count": count} for slug, name, count in counted]


def _tagged(among: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    """The countries and the other entities that most of the articles name."""
    public = Listing.objects.filter(article_id__in=among, entity__is_hidden=False, entity__merged_into=None)
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
