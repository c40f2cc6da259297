"""A partner says where it wants to be told of changes, and looks how that goes.

A key sees the endpoints that are its own; those of other keys and partners are 404.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail, NotFound, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from articles.states import GuardFailed, WrongState
from entities.api.base import ApiView
from newsroom.api.parameters import refuse_unknown, refuse_unreadable
from newsroom.api.permissions import KeyPermission
from newsroom.api.problems import Conflict, InvalidBody
from newsroom.outgoing.destinations import LONGEST_URL
from newsroom.partners.api.bodies import refuse_members, texts_of
from newsroom.partners.api.webhook_documents import endpoint_document, trial_document, with_waiting
from newsroom.partners.api.webhook_serializers import (
    NewWebhookSerializer,
    WebhookChangeSerializer,
    WebhookEnabledSerializer,
    WebhookListSerializer,
    WebhookRequestSerializer,
    WebhookSerializer,
    WebhookTestSerializer,
)
from newsroom.partners.models import ApiKey, WebhookEndpoint
from newsroom.partners.webhooks.challenging import challenge
from newsroom.partners.webhooks.endpoints import (
    BadAddress,
    change_endpoint,
    delete_endpoint,
    disable,
    make_endpoint,
    rotate_secret,
    send_test,
    switch_on,
)
from newsroom.partners.webhooks.waiting_callers import DEADLINE, Busy, place_to_wait

MEMBERS = {"url": LONGEST_URL, "description": 120}
NO_STORE = {"Cache-Control": "no-store"}


class OfWebhooks(ApiView):
    """What all of these ask for."""

    permission_classes = (KeyPermission,)
    scope = "webhooks"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unreadable(request)
        refuse_unknown(request, getattr(self, "parameters", ()))

    def found(self, uuid: UUID) -> WebhookEndpoint:
        return own_endpoint(self.request, uuid)

    def document(self, endpoint: WebhookEndpoint) -> dict[str, Any]:
        """Of the row as it is now."""
        return endpoint_document(with_waiting(WebhookEndpoint.objects.all()).get(pk=endpoint.pk))


class Webhooks(OfWebhooks):
    @extend_schema(operation_id="list_webhooks", responses=WebhookListSerializer)
    def get(self, request: Request) -> Response:
        """The endpoints of your key, the oldest first. At most ten a partner."""
        own = with_waiting(WebhookEndpoint.objects.filter(key=request.auth.key_id)).order_by("id")
        return Response({"items": [endpoint_document(endpoint) for endpoint in own]}, headers=NO_STORE)

    @extend_schema(
        operation_id="make_webhook",
        request=WebhookRequestSerializer,
        responses={201: OpenApiResponse(NewWebhookSerializer, "It is challenged now. Keep the secret.")},
    )
    def post(self, request: Request) -> Response:
        """Be told at an address of what becomes public from now on, once it has answered a challenge."""
        given = texts_of(request, MEMBERS, required="url")
        key = ApiKey.objects.get(pk=request.auth.key_id)
        try:
            endpoint, secret = make_endpoint(key, **given)
        except GuardFailed as refusal:
            raise _refused(refusal) from None
        location = {"Location": f"{request.path}/{endpoint.uuid}"}
        document = {**self.document(endpoint), "secret": secret}
        return Response(document, status=status.HTTP_201_CREATED, headers=NO_STORE | location)


class Webhook(OfWebhooks):
    @extend_schema(operation_id="get_webhook", responses=WebhookSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        """An endpoint and how it fares."""
        return Response(self.document(self.found(uuid)), headers=NO_STORE)

    @extend_schema(operation_id="change_webhook", request=WebhookChangeSerializer, responses=WebhookSerializer)
    def patch(self, request: Request, uuid: UUID) -> Response:
        """Another address, which must answer a challenge before it is told anything, or another description."""
        endpoint = self.found(uuid)
        given = texts_of(request, MEMBERS)
        try:
            return Response(self.document(change_endpoint(endpoint, **given)), headers=NO_STORE)
        except GuardFailed as refusal:
            raise _refused(refusal) from None

    @extend_schema(operation_id="delete_webhook", responses={204: OpenApiResponse(description="It is gone.")})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Delete the endpoint with its deliveries."""
        delete_endpoint(self.found(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)


class WebhookSecret(OfWebhooks):
    @extend_schema(operation_id="rotate_webhook_secret", request=None, responses=NewWebhookSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Another secret. The one of now signs along for 24 hours."""
        endpoint = self.found(uuid)
        refuse_members(request)
        endpoint, secret = rotate_secret(endpoint)
        return Response({**self.document(endpoint), "secret": secret}, headers=NO_STORE)


class WebhookTest(OfWebhooks):
    @extend_schema(operation_id="test_webhook", request=None, responses=WebhookTestSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Send a signed `endpoint.test` now, in whatever state the endpoint is, and say what came of it."""
        endpoint = self.found(uuid)
        refuse_members(request)
        try:
            with place_to_wait():
                delivery, answer = send_test(endpoint, seconds=DEADLINE)
        except Busy:
            raise _later() from None
        return Response({**trial_document(answer), "webhook_id": delivery.webhook_id}, headers=NO_STORE)


class WebhookEnable(OfWebhooks):
    @extend_schema(operation_id="enable_webhook", request=None, responses=WebhookEnabledSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Challenge an endpoint that is off or waits. When it answers, it is told what it missed."""
        endpoint = self.found(uuid)
        refuse_members(request)
        try:
            with place_to_wait():
                switched = switch_on(endpoint)
                answer = challenge(switched.pk, seconds=DEADLINE)
        except Busy:
            raise _later() from None
        except WrongState as refusal:
            raise Conflict(refusal.message) from None
        if answer is None:
            raise NotFound()
        return Response({**self.document(switched), "challenge": trial_document(answer)}, headers=NO_STORE)


class WebhookDisable(OfWebhooks):
    @extend_schema(operation_id="disable_webhook", request=None, responses=WebhookSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Be told nothing until it is enabled again; what waits, waits."""
        endpoint = self.found(uuid)
        refuse_members(request)
        try:
            return Response(self.document(disable(endpoint)), headers=NO_STORE)
        except WrongState as refusal:
            raise Conflict(refusal.message) from None


def own_endpoint(request: Request, uuid: UUID) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.filter(uuid=uuid, key=request.auth.key_id).first()
    if endpoint is None:
        raise NotFound("Your key has no such webhook endpoint.")
    return endpoint


def _refused(refusal: GuardFailed) -> APIException:
    """An address that never will do is the sender's mistake; one too many is not."""
    if isinstance(refusal, BadAddress):
        return InvalidBody({"url": [ErrorDetail(refusal.message, code="bad_address")]})
    return Conflict(refusal.message)


def _later() -> Throttled:
    return Throttled(wait=DEADLINE - 1, detail="Others wait for their endpoints just now. Try again in a few seconds.")
