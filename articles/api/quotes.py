"""The archive of who said what: confirmed quotes of live articles."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import F
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from articles.api.filters import QuoteFilter
from articles.api.serializers import QuoteOfArticleSerializer
from articles.api.shared import OF_QUOTE, shared_quotes
from entities.api.base import GenericApiView


class QuoteList(GenericApiView):
    """Quotes that a person has confirmed, of the current versions of published articles, newest article first."""

    queryset = shared_quotes().annotate(
        document=F(f"{OF_QUOTE}__json"),
        published_at=F(f"{OF_QUOTE}__published_at"),
        article_key=F(f"{OF_QUOTE}__article_id"),
    )
    filterset_class = QuoteFilter
    columns = ("quote__uuid", "document")
    orders = {
        "-published_at": ("-published_at", "-article_key", "ordinal"),
        "published_at": ("published_at", "article_key", "ordinal"),
    }

    @extend_schema(operation_id="list_quotes", responses=QuoteOfArticleSerializer(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.paginator.get_paginated_response(_quotes_of(rows))


def _quotes_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each quote as the stored document of its article has it, so that both always say the same."""
    documents: dict[int, dict[str, Any]] = {}
    items = []
    for row in rows:
        article = documents.get(row["article_key"]) or json.loads(row["document"])
        documents[row["article_key"]] = article
        identifier = str(row["quote__uuid"])
        quote = next(quote for quote in article["quotes"] if quote["id"] == identifier)
        items.append(quote | {"article": reference_to(article)})
    return items


def reference_to(article: dict[str, Any]) -> dict[str, Any]:
    """What names an article beside something of it."""
    return {name: article[name] for name in ("id", "version", "headline", "url", "api_url", "published_at")}
