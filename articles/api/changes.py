"""The feed of changes: every public change of every article, once, in the order of its commit.

An item tells what to do with what a partner holds. A change after which the partner may not have the article
is a removal, whatever happened at the desk: only the facts after the change decide, so that a partner who
missed none of them holds exactly what the lists show. A key with products gets the changes of what is in them,
what comes in, and what goes out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet, Subquery, Value
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from articles.api.positions import Position
from articles.api.products import is_in_after, revision_of, selection_of
from articles.api.refusals import ResyncRequired
from articles.api.serializers import ChangesSerializer
from articles.api.snapshot import Snapshot, take_snapshot
from articles.models import Change
from articles.public_notation import absolute, encode, instant
from entities.api.base import GenericApiView

LIMIT = 100
LARGEST_LIMIT = 1_000
# Seconds after which an up-to-date reader may ask again.
POLL_AFTER = 5
# The log is never cut, so that a tombstone reaches whoever comes back after years.
OLDEST_AVAILABLE = 1
NOT_SYNDICATED = "not_syndicated"
LEFT_SCOPE = "left_scope"
REASONS = {Change.Kind.WITHDRAW.value: "withdrawn", Change.Kind.KILL.value: "killed"}
COLUMNS = (
    *("sequence", "id", "kind", "action", "version", "at", "changed", "public_note", "must_purge"),
    *("article__uuid", "facts_after__may_syndicate"),
    *("article__representation__path", "article__representation__edition__may_syndicate"),
    *("is_in_after", "sequence_before"),
)


class ChangeList(GenericApiView):
    """What has changed since a position, oldest first. Without `after`: since the beginning."""

    queryset = Change.objects.filter(sequence__isnull=False)
    pagination_class = None
    parameters = ("after", "limit")
    scope = "changes"

    @extend_schema(
        operation_id="list_changes",
        parameters=[
            OpenApiParameter(
                "after",
                str,
                description="`next_after` of the last answer, or `after` of a list's first page.",
            ),
            OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": LIMIT}),
        ],
        responses=ChangesSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        changes = self.filter_queryset(self.get_queryset())
        limit, position = _limit(request), _position(request)
        sequence = position.sequence if position else 0
        page = changes.filter(sequence__gt=sequence).order_by("sequence")[: limit + 1]
        snapshot = take_snapshot(
            page.annotate(is_in_after=is_in_after(request), sequence_before=_before(changes, sequence, request)),
            COLUMNS,
            order=("sequence",),
            revision=revision_of(request),
            is_planned=selection_of(request) is None,
        )
        if position is not None and not position.leads_on_to(snapshot.position):
            raise ResyncRequired()
        return _answer(request, snapshot, sequence, limit)


def _before(changes: QuerySet[Change], sequence: int, request: Request) -> Any:
    """The last sequence of the key's own feed up to a position; of the whole feed it is known without asking."""
    if selection_of(request) is None:
        return Value(sequence)
    return Subquery(changes.filter(sequence__lte=sequence).order_by("-sequence").values("sequence")[:1])


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", str(LIMIT))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= LARGEST_LIMIT):
        raise ValidationError({"limit": [ErrorDetail(f"A number from 1 to {LARGEST_LIMIT}.", code="out_of_range")]})
    return int(given)


def _position(request: Request) -> Position | None:
    given = request.query_params.get("after")
    if given is None:
        return None
    try:
        return Position.read(given)
    except ValueError:
        message = "Use next_after exactly as it was given, or the “after” of a list."
        raise ValidationError({"after": [ErrorDetail(message, code="bad_position")]}) from None


def _answer(request: Request, snapshot: Snapshot, sequence: int, limit: int) -> HttpResponse:
    rows = snapshot.rows[:limit]
    has_more = len(snapshot.rows) > limit
    # Read in one statement: there is nothing for this key between the last row and the state of the log.
    reached = replace(snapshot.position, sequence=rows[-1]["sequence"]) if has_more else snapshot.position
    envelope = {
        "items": _items(rows, is_filtered=selection_of(request) is not None),
        "next_after": str(reached),
        "has_more": has_more,
        "oldest_available": OLDEST_AVAILABLE,
    }
    response = HttpResponse(encode(envelope), content_type="application/json")
    response.costs_nothing = not rows
    query = {"after": str(reached)} | ({"limit": limit} if "limit" in request.query_params else {})
    response["Link"] = f'<{settings.SITE_URL}{request.path}?{urlencode(query)}>; rel="next"'
    if not has_more:
        response["Retry-After"] = str(POLL_AFTER)
    return response


def _items(rows: list[dict[str, Any]], *, is_filtered: bool) -> list[dict[str, Any]]:
    """The items of a page; in a feed with gaps each names the one before it, so that a lost one is noticed."""
    if not is_filtered:
        return [_item(row) for row in rows]
    before = [rows[0]["sequence_before"], *(row["sequence"] for row in rows)] if rows else []
    return [_item(row) | {"previous_sequence": previous} for row, previous in zip(rows, before)]


def url_now(row: dict[str, Any]) -> str | None:
    """The page as it is addressed today: what a killed or sealed story was called is not told again."""
    if not row["article__representation__edition__may_syndicate"]:
        return None
    return absolute(f"/news/{row['article__representation__path']}/")


def _item(row: dict[str, Any]) -> dict[str, Any]:
    reason = reason_of(row)
    is_removed = row["action"] == Change.Action.REMOVE
    return {
        "sequence": row["sequence"],
        "id": f"change-{row['id']}",
        "action": Change.Action.UPSERT if reason is None else Change.Action.REMOVE,
        "object": "article",
        "object_id": str(row["article__uuid"]),
        "version": row["version"],
        "at": instant(row["at"]),
        "kind": row["kind"],
        "reason": reason,
        "url": None if reason == LEFT_SCOPE else url_now(row),
        "api_url": absolute(f"/api/v1/articles/{row['article__uuid']}"),
        "changed": row["changed"] if reason is None else [],
        "public_note": row["public_note"] if reason is None or is_removed else "",
        "must_purge": row["must_purge"],
    }


def reason_of(row: dict[str, Any]) -> str | None:
    """Why the partner is to take the article off; None where they are to have it."""
    if row["action"] == Change.Action.REMOVE:
        return REASONS[row["kind"]]
    if not row["is_in_after"]:
        return LEFT_SCOPE
    return None if row["facts_after__may_syndicate"] else NOT_SYNDICATED
