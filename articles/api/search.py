"""Search: the best matches among the newest, with the words in their context and what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django_filters.filters import CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from articles.api.filters import ArticleFilter
from articles.api.search_facets import facets
from articles.api.serializers import SearchResultSerializer
from articles.api.shared import shared_articles
from articles.models import Representation
from articles.newest_matches import by_any_index, newest_matches, one_state
from articles.public_notation import absolute, instant
from articles.search import ranked, read_passages, words


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
    newest_first = ("-published_at", "-article_id")
    orders = {"-score": ("-score", "-article_id"), "-published_at": newest_first}

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
        # Each row that is asked for is ranked and quoted from. The places are those of the newest first.
        needed = self.paginator.first_rows(request, self, self.newest_first)  # type: ignore[union-attr]
        rows = self.paginate_queryset(_ranked(among[:needed], request.query_params.get("q", ""))) or []
        return self.paginator.get_paginated_response(  # type: ignore[call-arg,union-attr]
            [_hit(row) for row in rows],
            total={"count": matches.found, "is_capped": matches.is_capped, "ranked": len(among)},
            facets=facets(among),
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
