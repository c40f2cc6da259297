"""Pages of stored documents, joined without being read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from articles.api.products import revision_of
from articles.api.snapshot import take_snapshot
from articles.public_notation import encode
from entities.models import Country
from newsroom.api.cursors import BadCursor, open_values, read_cursor, rows_after, write_cursor
from newsroom.api.parameters import digest_of

if TYPE_CHECKING:
    from rest_framework.generics import GenericAPIView

PAGE_SIZE = 20
LARGEST_PAGE = 100
# What may differ between the pages of one walk through a list.
NOT_THE_QUERY = ("cursor", "page_size", "fields", "format")
# Without any other parameter the rows depend on the view, the size, the order, and where a further page begins.
SHAPES_NO_ROWS = {"cursor", "page_size", "order", "fields", "format"}


class KeysetPagination(BasePagination):
    """A page by keyset, with the place in the change log that it shows, in one statement.

    The view names the `columns` it needs and its `orders`: what `order=` takes, each with its keys, the last
    of which is unique. The first is the default. Where its address names a country or an entity, `place()`
    gives the rows of which one must exist. One whose rows differ without a change in the log says so by
    `is_of_public_state`.
    """

    next_cursor: str | None

    def __init__(self) -> None:
        self.parameters: tuple[str, ...] = ("cursor", "page_size", "order")

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: GenericAPIView | None = None
    ) -> list[dict[str, Any]]:
        """The page's rows as dictionaries of the view's columns; none where the client holds this very page."""
        assert view is not None
        size, keys = _page_size(request), _order(request, view.orders)
        revision = revision_of(request)
        self._know(request, revision)
        place, references = getattr(view, "place", None), getattr(request, "references", [])
        # What a view has marked in its queryset, by the marks: all that differs between two requests for it.
        marks = getattr(view, "marks", None)
        name = _name_of(request, view, size, keys, has_marks=marks is not None) if not revision else None
        after = _cursor_of(request, keys, query=self.query)
        # A statement that has a name is written once, with marks in the places of the cursor's values.
        marked = open_values(queryset.model, keys, after) if name and after else {}
        if after:
            queryset = queryset.filter(rows_after(keys, [*marked] or after))
            name = name if marked else None
        self.snapshot = take_snapshot(
            queryset.order_by(*keys)[: size + 1],
            list(dict.fromkeys([*view.columns, *(key.removeprefix("-") for key in keys)])),
            order=keys,
            known_tags=self.known_tags,
            references=[*([place()] if place else []), *(rows for _, _, rows in references)],
            revision=revision,
            written_as=name,
            marked=marked | (marks or {}),
            is_of_public_state=getattr(view, "is_of_public_state", False),
        )
        found = list(self.snapshot.found)
        if place and not found.pop(0):
            raise NotFound("The address names nothing that we know.")
        _refuse_unknown_values(references, found)
        rows = self.snapshot.rows[:size]
        if len(self.snapshot.rows) > size:
            self.next_cursor = write_cursor([rows[-1][key.removeprefix("-")] for key in keys], query=self.query)
        return rows

    def first_rows(self, request: Request, view: GenericAPIView, order: tuple[str, ...]) -> int | None:
        """How many of rows that stand in an order already the first page takes; None where it is a further page, or
        another order is asked for."""
        if "cursor" in request.query_params or _order(request, view.orders) != order:  # type: ignore[attr-defined]
            return None
        return _page_size(request) + 1

    def unchanged(self, request: Request) -> HttpResponseBase | None:
        """A 304 where the client holds this very page, for a view that has much to do before it can ask for rows."""
        self._know(request, revision_of(request))
        if not self.known_tags:
            return None
        self.snapshot = take_snapshot(Country.objects.none(), ["pk"])
        return self._headed(HttpResponseNotModified()) if self.snapshot.tag in self.known_tags else None

    def _know(self, request: Request, revision: int) -> None:
        """What is asked for, and what the client has of it."""
        if getattr(self, "request", None) is request:
            return
        self.request = request
        self.next_cursor = None
        self.query = digest_of(request, revision, but=NOT_THE_QUERY)
        self.digest = digest_of(request, revision)
        self.known_tags = self._tags_of_client()

    def get_paginated_response(self, items: Iterable[bytes | dict[str, Any]], **more: Any) -> HttpResponseBase:  # type: ignore[override]
        """The envelope around items that are JSON already, or dictionaries."""
        if self.snapshot.tag in self.known_tags:
            return self._headed(HttpResponseNotModified())
        envelope = {
            "next_cursor": self.next_cursor,
            "has_more": self.next_cursor is not None,
            "sequence": self.snapshot.position.sequence,
            "after": str(self.snapshot.position),
            **more,
        }
        joined = b",".join(item if isinstance(item, bytes) else encode(item) for item in items)
        body = b'{"items":[' + joined + b"]," + encode(envelope)[1:]
        return self._headed(HttpResponse(body, content_type="application/json"))

    def _tags_of_client(self) -> list[str]:
        """States of which the client holds this page, by what its If-None-Match says."""
        given = [
            tag.removeprefix("W/").strip('"') for tag in parse_etags(self.request.headers.get("If-None-Match", ""))
        ]
        return [tag.removesuffix(f".{self.digest}") for tag in given if tag.endswith(f".{self.digest}")]

    def _headed(self, response: HttpResponse) -> HttpResponse:
        response["ETag"] = f'"{self.snapshot.tag}.{self.digest}"'
        if self.next_cursor is not None:
            response["Link"] = f'<{self._next_url()}>; rel="next"'
        return response

    def _next_url(self) -> str:
        given = [(name, value) for name, values in self.request.query_params.lists() for value in values]
        pairs = [(name, value) for name, value in given if name != "cursor"]
        return f"{settings.SITE_URL}{self.request.path}?{urlencode([*pairs, ('cursor', self.next_cursor)])}"

    def get_schema_operation_parameters(self, view: GenericAPIView) -> list[dict[str, Any]]:
        return [
            _parameter("cursor", "`next_cursor` of the page before, unchanged.", {"type": "string"}),
            _parameter(
                "page_size",
                "Items a page.",
                {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
            ),
            _parameter(
                "order",
                "In which order; “-” means descending.",
                {"type": "string", "enum": list(view.orders), "default": next(iter(view.orders))},
            ),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What every list has; a view with more in its envelope describes that itself."""
        return {
            "type": "object",
            "required": ["items", "next_cursor", "has_more", "sequence", "after"],
            "properties": {
                "items": schema,
                "next_cursor": {
                    "type": ["string", "null"],
                    "description": "Give it as `cursor` for the next page.",
                },
                "has_more": {"type": "boolean"},
                "sequence": {
                    "type": "integer",
                    "description": "Number of the last change that the page shows.",
                },
                "after": {
                    "type": "string",
                    "description": "Where /changes goes on from the state of this page.",
                },
            },
        }


def _name_of(request: Request, view: GenericAPIView, size: int, keys: tuple[str, ...], *, has_marks: bool) -> Hashable:
    """What the whole of a resource is asked under, its first page or a further one; None where anything else shapes
    its rows, and for odd sizes, so that the names stay few. With marks, nothing but they and the columns shape them."""
    if view.kwargs or size not in (PAGE_SIZE, LARGEST_PAGE) or getattr(request, "references", None):
        return None
    if not has_marks and set(request.query_params) - SHAPES_NO_ROWS:
        return None
    return type(view), size, keys, "cursor" in request.query_params, tuple(view.columns) if has_marks else ()


def _page_size(request: Request) -> int:
    given = request.query_params.get("page_size", str(PAGE_SIZE))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= LARGEST_PAGE):
        raise ValidationError({"page_size": [ErrorDetail(f"A number from 1 to {LARGEST_PAGE}.", code="out_of_range")]})
    return int(given)


def _order(request: Request, orders: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    given = request.query_params.get("order", next(iter(orders)))
    if given not in orders:
        raise ValidationError({"order": [ErrorDetail(f"One of {', '.join(orders)}.", code="invalid_choice")]})
    return orders[given]


def _cursor_of(request: Request, keys: tuple[str, ...], *, query: str) -> list[Any]:
    """The values after which a further page begins; none of a first page."""
    given = request.query_params.get("cursor")
    if given is None:
        return []
    try:
        return read_cursor(given, keys, query=query)
    except BadCursor as error:
        raise ValidationError({"cursor": [ErrorDetail(str(error), code="bad_cursor")]}) from None


def _refuse_unknown_values(references: Iterable[tuple[str, str, Any]], found: Iterable[bool]) -> None:
    """Raises ValidationError for each value that names nothing we know."""
    wrong: dict[str, list[ErrorDetail]] = {}
    for (name, value, _), exists in zip(references, found, strict=True):
        if not exists:
            wrong.setdefault(name, []).append(ErrorDetail(f"There is no “{value}”.", code="unknown_value"))
    if wrong:
        raise ValidationError(wrong)


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
