"""What belongs to one article: its quotes, its related news, its versions."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from articles.api.fields import FIELDS, chosen_fields
from articles.api.formats import ARTICLE_IN_ANY_FORMAT, FORMAT, asks_for_ninjs, rendered
from articles.api.refusals import Gone
from articles.api.serializers import (
    QuotesOfArticleSerializer,
    RelatedOfArticleSerializer,
    VersionsSerializer,
)
from articles.api.stored import StoredDocumentView, read_document
from articles.documents import edition_document
from articles.models import Edition, Representation
from articles.public_notation import absolute, encode, instant
from articles.public_versions import sealing_notices
from entities.api.base import GenericApiView


class ArticleQuotes(StoredDocumentView):
    """The confirmed quotes of one article, in the order of its text."""

    @extend_schema(operation_id="list_quotes_of_article", responses=QuotesOfArticleSerializer)
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        return super().get(request, uuid)

    def variant(self, request: Request) -> str:
        return "quotes"

    def render(self, document: bytes) -> bytes:
        return encode({"items": json.loads(document)["quotes"]})


class ArticleRelated(StoredDocumentView):
    """Related News of one article, as it is printed now."""

    @extend_schema(operation_id="list_related_of_article", responses=RelatedOfArticleSerializer)
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        return super().get(request, uuid)

    def variant(self, request: Request) -> str:
        return "related"

    def render(self, document: bytes) -> bytes:
        return encode({"items": json.loads(document)["related"]})


class ArticleVersions(GenericApiView):
    """The published versions of one article, newest first. Sealed ones are not shown."""

    queryset = Representation.objects.all()
    pagination_class = None

    @extend_schema(operation_id="list_versions_of_article", responses=VersionsSerializer)
    def get(self, request: Request, uuid: UUID) -> JsonResponse:
        read_document(request, self.filter_queryset(self.get_queryset()), uuid)
        editions = Edition.objects.filter(article__uuid=uuid, sealed_at=None, may_syndicate=True)
        rows = editions.order_by("-version").values("version", "kind", "headline", "created_at")
        return JsonResponse({"items": [self._item(uuid, row, is_current=not place) for place, row in enumerate(rows)]})

    def _item(self, uuid: UUID, row: dict[str, Any], *, is_current: bool) -> dict[str, Any]:
        return {
            "version": row["version"],
            "kind": row["kind"],
            "headline": row["headline"],
            "published_at": instant(row["created_at"]),
            "is_current": is_current,
            "api_url": absolute(f"/api/v1/articles/{uuid}/versions/{row['version']}"),
        }


class ArticleVersion(GenericApiView):
    """One article as it was published in one version."""

    queryset = Representation.objects.all()
    pagination_class = None
    parameters = ("fields", "format")

    @extend_schema(operation_id="get_version_of_article", parameters=[FIELDS, FORMAT], responses=ARTICLE_IN_ANY_FORMAT)
    def get(self, request: Request, uuid: UUID, version: int) -> HttpResponse:
        rows = self.filter_queryset(self.get_queryset())
        fields, is_ninjs = chosen_fields(request), asks_for_ninjs(request)
        read_document(request, rows, uuid, is_ninjs=is_ninjs)
        edition = (
            Edition.objects.select_related("article", "section", "image")
            .filter(article__uuid=uuid, version=version, may_syndicate=True)
            .first()
        )
        if edition is None:
            raise NotFound("This article has no such version that you may have; /versions lists those it has.")
        if edition.sealed_at is not None:
            raise Gone(
                "This version is sealed and is shown nowhere.",
                id=str(uuid),
                version=version,
                reason="sealed",
                public_note="\n".join(sealing_notices(edition)),
            )
        status = "live" if edition.pk == edition.article.edition_id else "superseded"
        document = encode(edition_document(edition) | {"status": status})
        return HttpResponse(rendered(document, fields, is_ninjs=is_ninjs), content_type="application/json")
