"""Countries, by the desk's own names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from entities.api.base import GenericApiView
from entities.api.serializers import CountrySerializer
from entities.models import Country, Entity, Kind

COLUMNS = (
    *("alpha2", "alpha3", "numeric", "official_name", "region", "capital"),
    *("entity__uuid", "entity__name", "entity__slug", "entity__summary"),
)
PUBLIC = Country.objects.filter(entity__is_hidden=False)


class CountryList(GenericApiView):
    """Countries and territories of ISO 3166-1."""

    queryset = PUBLIC
    columns = COLUMNS
    orders = {"name": ("entity__sort_name", "alpha2"), "code": ("alpha2",)}

    @extend_schema(operation_id="list_countries", responses=CountrySerializer(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.paginator.get_paginated_response([country_document(row) for row in rows])


class CountryDetail(GenericApiView):
    """One country."""

    queryset = PUBLIC
    pagination_class = None
    lookup_url_kwarg = "alpha2"

    @extend_schema(operation_id="get_country", responses=CountrySerializer)
    def get(self, request: Request, alpha2: str) -> Response:
        row = self.filter_queryset(self.get_queryset()).filter(alpha2=alpha2).values(*COLUMNS).first()
        if row is None:
            raise NotFound("There is no country with this code: use ISO 3166-1 alpha-2 in capitals, such as CN.")
        return Response(country_document(row))


def country_document(row: dict[str, Any]) -> dict[str, Any]:
    page = Entity(kind=Kind.COUNTRY, slug=row["entity__slug"]).get_absolute_url()
    return {
        "code": row["alpha2"],
        "alpha3": row["alpha3"],
        "numeric": row["numeric"],
        "id": str(row["entity__uuid"]),
        "name": row["entity__name"],
        "official_name": row["official_name"],
        "slug": row["entity__slug"],
        "region": row["region"],
        "capital": row["capital"],
        "summary": row["entity__summary"],
        "url": f"{settings.SITE_URL}{page}",
        "api_url": f"{settings.SITE_URL}/api/v1/countries/{row['alpha2']}",
    }
