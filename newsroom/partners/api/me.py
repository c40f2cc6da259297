"""Who the newsroom takes the bearer of a key for."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.documents import instant
from newsroom.api.parameters import refuse_unknown, refuse_unreadable
from newsroom.api.permissions import KeyPermission
from newsroom.partners.admission import Allowance, Bearer
from newsroom.partners.api.serializers import MeSerializer

OF_PRODUCT = ("name", "revision", "types", "sections", "languages", "authors", "countries", "only_about", "entities")


class Me(APIView):
    """Your key: what it may do, what it selects, and what is left of its quota."""

    permission_classes = (KeyPermission,)
    scope = None

    @extend_schema(operation_id="get_me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        refuse_unreadable(request)
        refuse_unknown(request, ())
        return Response(described(request.auth), headers={"Cache-Control": "no-store"})


def described(bearer: Bearer) -> dict[str, Any]:
    return {
        "partner": {"id": str(bearer.partner_uuid), "name": bearer.partner_name},
        "key": {
            "prefix": bearer.prefix,
            "name": bearer.key_name,
            "scopes": sorted(bearer.scopes),
            "created_at": instant(bearer.created_at),
            "expires_at": instant(bearer.expires_at) if bearer.expires_at else None,
        },
        "products": [
            {"id": product["uuid"]} | {name: product[name] for name in OF_PRODUCT} for product in bearer.products
        ],
        "quota": _quota(bearer.allowance),
    }


def _quota(allowance: Allowance) -> dict[str, dict[str, int]]:
    return {
        "minute": {
            "limit": allowance.per_minute,
            "remaining": allowance.minute_left,
            "resets_in": allowance.minute_resets_in,
        },
        "day": {"limit": allowance.per_day, "remaining": allowance.day_left, "resets_in": allowance.day_resets_in},
    }
