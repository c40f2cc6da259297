"""What an endpoint was told, and telling it once more."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.states import WrongState
from newsroom.api.cursors import BadCursor, read_cursor, rows_after, write_cursor
from newsroom.api.pagination import LARGEST_PAGE, PAGE_SIZE
from newsroom.api.parameters import digest_of
from newsroom.api.problems import Conflict
from newsroom.partners.api.bodies import refuse_members
from newsroom.partners.api.webhook_documents import delivery_document
from newsroom.partners.api.webhook_serializers import WebhookDeliveryListSerializer, WebhookDeliverySerializer
from newsroom.partners.api.webhooks import NO_STORE, OfWebhooks
from newsroom.partners.models import WebhookDelivery
from newsroom.partners.webhooks.redelivering import redeliver

KEYS = ("-id",)


class WebhookDeliveries(OfWebhooks):
    parameters = ("cursor", "page_size", "state")

    @extend_schema(
        operation_id="list_webhook_deliveries",
        parameters=[
            OpenApiParameter("cursor", str, description="`next_cursor` of the page before, unchanged."),
            OpenApiParameter(
                "page_size", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
            ),
            OpenApiParameter("state", str, enum=WebhookDelivery.State.values),
        ],
        responses=WebhookDeliveryListSerializer,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """Messages for this endpoint of the last thirty days with each attempt, the newest first."""
        endpoint = self.found(uuid)
        query = digest_of(request, request.auth.key_id, but=("cursor", "page_size"))
        size = _page_size(request)
        own = WebhookDelivery.objects.filter(_asked(request, query), endpoint=endpoint)
        rows = list(own.order_by(*KEYS).select_related("change__article").prefetch_related("tries")[: size + 1])
        has_more = len(rows) > size
        cursor = write_cursor([rows[size - 1].pk], query=query) if has_more else None
        document = {
            "items": [delivery_document(delivery) for delivery in rows[:size]],
            "next_cursor": cursor,
            "has_more": has_more,
        }
        return Response(document, headers=NO_STORE | _link(request, cursor))


class WebhookRedelivery(OfWebhooks):
    @extend_schema(operation_id="redeliver_webhook", request=None, responses=WebhookDeliverySerializer)
    def post(self, request: Request, uuid: UUID, webhook_id: str) -> Response:
        """Send a message again, under the same `webhook-id`: at once, and by the whole timetable if need be."""
        endpoint = self.found(uuid)
        refuse_members(request)
        own = endpoint.deliveries.select_related("change__article").prefetch_related("tries")
        delivery = own.filter(webhook_id=webhook_id).first()
        if delivery is None:
            raise NotFound("There is no such delivery; they are kept for thirty days.")
        try:
            return Response(delivery_document(redeliver(delivery)), headers=NO_STORE)
        except WrongState as refusal:
            raise Conflict(refusal.message) from None


def _asked(request: Request, query: str) -> Q:
    state = request.query_params.get("state")
    if state is not None and state not in WebhookDelivery.State.values:
        choices = ", ".join(WebhookDelivery.State.values)
        raise ValidationError({"state": [ErrorDetail(f"One of {choices}.", code="invalid_choice")]})
    asked = Q(state=state) if state else Q()
    given = request.query_params.get("cursor")
    if given is None:
        return asked
    try:
        values = read_cursor(given, KEYS, query=query)
    except BadCursor as error:
        raise ValidationError({"cursor": [ErrorDetail(str(error), code="bad_cursor")]}) from None
    return asked & rows_after(KEYS, values)


def _page_size(request: Request) -> int:
    given = request.query_params.get("page_size", str(PAGE_SIZE))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= LARGEST_PAGE):
        raise ValidationError({"page_size": [ErrorDetail(f"A number from 1 to {LARGEST_PAGE}.", code="out_of_range")]})
    return int(given)


def _link(request: Request, cursor: str | None) -> dict[str, str]:
    if cursor is None:
        return {}
    given: list[tuple[str, Any]] = [pair for pair in request.query_params.items() if pair[0] != "cursor"]
    return {"Link": f'<{settings.SITE_URL}{request.path}?{urlencode([*given, ("cursor", cursor)])}>; rel="next"'}
