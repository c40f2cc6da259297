"""The stored document of one article, for who may have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Case, F, QuerySet, When
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from articles.api.formats import NINJS
from articles.api.ninjs import ninjs_of_tombstone
from articles.api.refusals import Gone
from articles.documents import SCHEMA_VERSION
from articles.models import Representation

REASONS = {
    Representation.Status.WITHDRAWN.value: "The article was withdrawn. Take it off your pages; it may come back.",
    Representation.Status.KILLED.value: "The article was killed. Delete every copy of it.",
}


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """`json` is None where the reader holds these very bytes."""

    json: bytes | None
    etag: str
    built_at: datetime


class StoredDocumentView(GenericAPIView):
    """A resource made of an article's stored document and nothing else, in one query.

    Subclasses say in `render` what they make of the bytes, and in `variant` what tells it from others.
    """

    queryset = Representation.objects.all()
    pagination_class = None
    lookup_url_kwarg = "uuid"

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """Subclasses give this its description."""
        rows = self.filter_queryset(self.get_queryset())
        variant = self.variant(request)
        prefix, suffix = f"{SCHEMA_VERSION}-", f"-{variant}"
        known = _tags(request)
        held = [tag.removeprefix(prefix).removesuffix(suffix) for tag in known if tag.endswith(suffix)]
        document = read_document(rows, uuid, held=held, is_ninjs=variant == NINJS)
        if document.json is None or "*" in known:
            response: HttpResponse = HttpResponseNotModified()
        else:
            response = HttpResponse(self.render(document.json), content_type="application/json")
        response["ETag"] = f'"{prefix}{document.etag}{suffix}"'
        response["Last-Modified"] = http_date(document.built_at.timestamp())
        return response

    def variant(self, request: Request) -> str:
        raise NotImplementedError

    def render(self, document: bytes) -> bytes:
        raise NotImplementedError


def read_document(
    rows: QuerySet[Representation], uuid: UUID, *, held: list[str], is_ninjs: bool = False
) -> StoredDocument:
    """Read the document of a live article; its bytes only where `held`, what the reader has, lacks its tag.

    Raises:
        NotFound: it was never public, or partners may not have it.
        Gone: it was withdrawn or killed; with the ninjs item of that where ninjs is asked for.
    """
    body = Case(When(etag__in=held, then=None), default=F("json"), output_field=BinaryField())
    row = (
        rows.filter(uuid=uuid)
        .annotate(unheld=body)
        .values("status", "version", "public_note", "etag", "built_at", "unheld", "edition__may_syndicate")
        .first()
    )
    if row is None or row["edition__may_syndicate"] is False:
        raise NotFound("There is no article with this id that you may have.")
    if row["status"] != Representation.Status.LIVE:
        raise Gone(REASONS[row["status"]], **_tombstone(uuid, row, is_ninjs=is_ninjs))
    return StoredDocument(
        json=None if row["unheld"] is None else bytes(row["unheld"]),
        etag=row["etag"],
        built_at=row["built_at"],
    )


def _tombstone(uuid: UUID, row: dict[str, Any], *, is_ninjs: bool) -> dict[str, Any]:
    members = {
        "id": str(uuid),
        "version": row["version"],
        "reason": row["status"],
        "public_note": row["public_note"],
        "must_purge": row["status"] == Representation.Status.KILLED,
    }
    return members | {"ninjs": ninjs_of_tombstone(members)} if is_ninjs else members


def _tags(request: Request) -> list[str]:
    return [tag.removeprefix("W/").strip('"') for tag in parse_etags(request.headers.get("If-None-Match", ""))]
