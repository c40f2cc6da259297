"""The stored document of one article, for who may have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BinaryField, Case, F, Func, IntegerField, QuerySet, TextField, Value, When
from django.db.models.lookups import IsNull
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from articles.api.formats import NINJS
from articles.api.ninjs import ninjs_of_tombstone
from articles.api.products import selection_of
from articles.api.refusals import Gone
from articles.documents import SCHEMA_VERSION
from articles.models import Representation
from articles.planned_query import PlannedQuery
from entities.api.base import GenericApiView

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


class StoredDocumentView(GenericApiView):
    """A resource made of an article's stored document and nothing else, in one query.

    Subclasses say in `render` what they make of the bytes, and in `variant` what tells it from others.
    """

    queryset = Representation.objects.all()
    pagination_class = None
    lookup_url_kwarg = "uuid"

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """Subclasses give this its description."""
        selected = self.filter_queryset(self.get_queryset())
        variant = self.variant(request)
        prefix, suffix = f"{SCHEMA_VERSION}-", f"-{variant}"
        known = _tags(request)
        held = [tag.removeprefix(prefix).removesuffix(suffix) for tag in known if tag.endswith(suffix)]
        document = read_document(request, selected, uuid, held=held, is_ninjs=variant == NINJS)
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
    request: Request,
    selected: QuerySet[Representation],
    uuid: UUID,
    *,
    held: Iterable[str] = (),
    is_ninjs: bool = False,
) -> StoredDocument:
    """Read the document of a live article; its bytes only where `held`, what the reader has, lacks its tag.

    `selected` are the rows that the asker may have. Where those are all, the statement is one that is planned already.

    Raises:
        NotFound: it was never public, or partners may not have it.
        Gone: it was withdrawn or killed; with the ninjs item of that where ninjs is asked for.
    """
    tags = ",".join(tag for tag in held if "," not in tag)
    is_held_to_some = selection_of(request) is not None
    found = _of(selected, uuid, tags).first() if is_held_to_some else _OF_ALL.first(uuid=uuid, held=tags)
    row = None if found is None else _Row(*found)
    if row is None or row.may_syndicate is False:
        raise NotFound("There is no article with this id that you may have.")
    if row.status != Representation.Status.LIVE:
        raise Gone(REASONS[row.status], **_tombstone(uuid, row, is_ninjs=is_ninjs))
    return StoredDocument(
        json=None if row.unheld is None else bytes(row.unheld),
        etag=row.etag,
        built_at=row.built_at,
    )


class _Row(NamedTuple):
    """`unheld` is None where the reader holds the bytes."""

    status: str
    version: int
    public_note: str
    etag: str
    built_at: datetime
    unheld: bytes | memoryview | None
    may_syndicate: bool | None


def _of(rows: QuerySet[Representation], uuid: UUID, held: str) -> QuerySet[Representation, tuple[Any, ...]]:
    """The rows of one article, by the tags that its reader holds, with commas between them."""
    tags = Func(Value(held), Value(","), function="string_to_array", output_field=ArrayField(TextField()))
    place = Func(tags, F("etag"), function="array_position", output_field=IntegerField())
    body = Case(When(IsNull(place, True), then=F("json")), output_field=BinaryField())
    return (
        rows.filter(uuid=uuid)
        .annotate(unheld=body)
        .order_by()
        .values_list("status", "version", "public_note", "etag", "built_at", "unheld", "edition__may_syndicate")
    )


_OF_ALL = PlannedQuery(
    lambda uuid, held: _of(Representation.objects.all(), uuid, held), {"uuid": "uuid", "held": "text"}, is_binary=True
)


def _tombstone(uuid: UUID, row: _Row, *, is_ninjs: bool) -> dict[str, Any]:
    members = {
        "id": str(uuid),
        "version": row.version,
        "reason": row.status,
        "public_note": row.public_note,
        "must_purge": row.status == Representation.Status.KILLED,
    }
    return members | {"ninjs": ninjs_of_tombstone(members)} if is_ninjs else members


def _tags(request: Request) -> list[str]:
    return [tag.removeprefix("W/").strip('"') for tag in parse_etags(request.headers.get("If-None-Match", ""))]
