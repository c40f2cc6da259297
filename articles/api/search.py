"""Search: the best matches among the newest, with the words in their context and what they are about."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from articles.api.fields import chosen_fields, fields_parameter, parts_of
from articles.api.filters import ArticleFilter
from articles.api.products import revision_of
from articles.api.search_facets import facets
from articles.api.search_serializers import SearchHitSerializer, SearchResultSerializer
from articles.api.shared import shared_articles
from articles.models import Representation
from articles.newest_matches import newest_matches, one_state
from articles.passages import SEARCHED, passages_of
from articles.planned_query import array_of
from articles.public_notation import absolute, instant
from articles.search import RANKED, asked_by, exactly
from entities.api.base import GenericApiView

WORDS = OpenApiParameter("q", str, required=True, description="Words; “…” for a phrase, or, - to exclude.")
FIELDS = fields_parameter(SearchHitSerializer, of=" of each result")
COUNTS = OpenApiParameter(
    "counts",
    str,
    enum=["true", "false"],
    description="“false” counts no further than the page reaches, and leaves `facets` empty.",
)
NARROWS_NOTHING = {"q", "fields", "counts", "order", "page_size", "cursor", "format"}
# In the places of the numbers of stories and of the query, while the statement is written.
NUMBERS, ASKED = "numbers of the stories", "what is asked for"


class Search(GenericApiView):
    """Articles that hold the words, best first, among the newest that match."""

    queryset = shared_articles()
    filterset_class = ArticleFilter
    parameters = ("q", "fields", "counts")
    # What parts of a result are taken from; of other columns there are none that cost anything.
    dear = {"section": ("section__slug", "section__name"), "score": ("score",), "passages": ("text",)}
    columns: tuple[str, ...] = ("uuid", "version", "type", "headline", "standfirst", "path", "published_at")
    newest_first = ("-published_at", "-article_id")
    orders = {"-score": ("-score", "-article_id"), "-published_at": newest_first}
    marks = {NUMBERS: "", ASKED: ""}

    @extend_schema(operation_id="search_articles", responses=SearchResultSerializer, parameters=[WORDS, FIELDS, COUNTS])
    def get(self, request: Request) -> HttpResponseBase:
        chosen = chosen_fields(request, SearchHitSerializer, noun="A result")
        self.fields, self.counts = chosen or parts_of(SearchHitSerializer), _wants_counts(request)
        # Found, ranked and counted in several statements, which must not tell of several states.
        with one_state():
            matching = self.filter_queryset(self.get_queryset())
            unchanged = self.paginator.unchanged(request)  # type: ignore[union-attr]
            return unchanged or self._answer(request, matching)

    def _answer(self, request: Request, matching: QuerySet[Representation]) -> HttpResponseBase:
        asked = asked_by(_words(request))
        # Each row that is asked for is ranked and quoted from. The places are those of the newest first.
        needed = self.paginator.first_rows(request, self, self.newest_first)  # type: ignore[union-attr]
        most = needed if needed and not self.counts else RANKED
        matches = newest_matches(matching, asked, most=most, written_as=_name_of(request))
        among = matches.newest
        self.marks = {NUMBERS: array_of(among[:needed]), ASKED: asked}
        self.columns += tuple(column for part, own in self.dear.items() if part in self.fields for column in own)
        rows = self.paginate_queryset(_ranked()) or []
        return self.paginator.get_paginated_response(  # type: ignore[call-arg,union-attr]
            self._hits(rows, asked),
            total={"count": matches.found, "is_capped": matches.is_capped, "ranked": len(among)},
            facets=facets(among if self.counts else ()),
        )

    def _hits(self, rows: Sequence[dict[str, Any]], asked: str) -> list[dict[str, Any]]:
        hits = [_hit(row) for row in rows]
        if "passages" in self.fields:
            for hit, passages in zip(hits, passages_of([row["text"] for row in rows], asked), strict=True):
                hit["passages"] = [asdict(passage) for passage in passages]
        return [{name: value for name, value in hit.items() if name in self.fields} for hit in hits]


def _words(request: Request) -> str:
    """
    Raises:
        ValidationError: there are none.
    """
    if "q" not in request.query_params:
        raise ValidationError({"q": [ErrorDetail("Give the words to look for.", code="required")]})
    return str(request.query_params["q"])


def _name_of(request: Request) -> Hashable:
    """What all shared articles are asked for under; None where something narrows them down."""
    return None if request.query_params.keys() - NARROWS_NOTHING or revision_of(request) else Search


def _wants_counts(request: Request) -> bool:
    given = request.query_params.get("counts", "true")
    if given not in ("true", "false"):
        raise ValidationError({"counts": [ErrorDetail("One of true, false.", code="invalid_choice")]})
    return given == "true"


@cache
def _ranked() -> QuerySet[Any]:
    """Written with marks in the places of what differs from search to search."""
    chosen = RawSQL("SELECT unnest(%s::bigint[])", [NUMBERS])
    return Representation.objects.filter(article_id__in=chosen).annotate(
        score=SearchRank(F("lexemes"), exactly(ASKED)), text=Left("edition__text", SEARCHED)
    )


def _hit(row: dict[str, Any]) -> dict[str, Any]:
    hit = {
        "id": str(row["uuid"]),
        "version": row["version"],
        "type": row["type"],
        "headline": row["headline"],
        "standfirst": row["standfirst"],
        "url": absolute(f"/news/{row['path']}/"),
        "api_url": absolute(f"/api/v1/articles/{row['uuid']}"),
        "published_at": instant(row["published_at"]),
    }
    if "section__slug" in row:
        hit["section"] = {"slug": row["section__slug"], "name": row["section__name"]}
    if "score" in row:
        hit["score"] = round(row["score"], 4)
    return hit
