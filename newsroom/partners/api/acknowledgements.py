"""A partner confirms that a killed story is gone from its systems."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from articles.public_notation import instant
from entities.api.base import ApiView
from newsroom.api.parameters import refuse_unknown, refuse_unreadable
from newsroom.api.permissions import KeyPermission
from newsroom.api.problems import InvalidBody
from newsroom.partners.acknowledging import NotAPurge, acknowledge
from newsroom.partners.api.serializers import AcknowledgementRequestSerializer, AcknowledgementSerializer


class Acknowledgements(ApiView):
    """Say that you have purged what a change with `must_purge` named. Saying it twice is saying it once."""

    permission_classes = (KeyPermission,)
    scope = "acknowledge"

    @extend_schema(
        operation_id="acknowledge",
        request=AcknowledgementRequestSerializer,
        responses={
            200: OpenApiResponse(AcknowledgementSerializer, "You had said so already."),
            201: OpenApiResponse(AcknowledgementSerializer, "Noted."),
        },
    )
    def post(self, request: Request) -> Response:
        refuse_unreadable(request)
        refuse_unknown(request, ())
        sequence = _sequence(request.data)
        try:
            acknowledgement, is_new = acknowledge(sequence, by=request.auth)
        except NotAPurge as refusal:
            raise InvalidBody({"sequence": [ErrorDetail(str(refusal), code="not_a_purge")]}) from None
        document = {
            "sequence": sequence,
            "object_id": str(acknowledgement.change.article.uuid),
            "acknowledged_at": instant(acknowledgement.at),
        }
        return Response(document, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def _sequence(body: Any) -> int:
    """Exactly one member, a whole number that is not written as text.

    Raises:
        InvalidBody: it is something else.
    """
    if not isinstance(body, dict):
        raise InvalidBody({"": [ErrorDetail('Send an object: {"sequence": 118}.', code="invalid")]})
    unknown = {str(name)[:100]: [ErrorDetail("Only “sequence” is taken.", code="unknown_member")] for name in body}
    unknown.pop("sequence", None)
    if unknown:
        raise InvalidBody(unknown)
    if "sequence" in body and type(body["sequence"]) is not int:
        raise InvalidBody({"sequence": [ErrorDetail("A whole number, not in quotation marks.", code="invalid")]})
    asked = AcknowledgementRequestSerializer(data=body)
    if not asked.is_valid():
        raise InvalidBody(asked.errors)
    return int(asked.validated_data["sequence"])
