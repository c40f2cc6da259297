"""Who the newsroom takes the bearer of a key for."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from articles.public_notation import instant
from entities.api.base import ApiView
from newsroom.api.parameters import refuse_unknown, refuse_unreadable
from newsroom.api.permissions import KeyPermission
from newsroom.partners.admission import Allowance, Bearer
from newsroom.partners.api.serializers import MeSerializer
from newsroom.partners.models import ApiKey

OF_PRODUCT = ("name", "revision", "types", "sections", "languages", "authors", "countries", "only_about", "entities")


class Me(ApiView):
    """Your key: what it may do, what it selects, and what is left of its quota."""

    permission_classes = (KeyPermission,)
    scope = None

    @extend_schema(operation_id="get_me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        refuse_unreadable(request)
        refuse_unknown(request, ())
        return Response(described(request.auth), headers={"Cache-Control": "no-store"})


def described(bearer: Bearer) -> dict[str, Any]:
    key = ApiKey.objects.select_related("partner").get(pk=bearer.key_id)
    return {
        "partner": {"id": str(key.partner.uuid), "name": key.partner.name},
        "key": {
            "prefix": key.prefix,
            "name": key.name,
            "scopes": sorted(bearer.scopes),
            "created_at": instant(key.created_at),
            "expires_at": instant(key.expires_at) if key.expires_at else None,
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
