"""People, organisations, equipment, exercises and the rest of what stories speak of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django_filters import FilterSet
from django_filters.filters import CharFilter, ChoiceFilter
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from entities.api.base import GenericApiView
from entities.api.serializers import EntitySerializer, EntityWithNamesSerializer
from entities.models import Country, Entity, Form, Kind, Name, Strength

COLUMNS = ("uuid", "kind", "category", "name", "slug", "summary", "country__alpha2")
# A people or a capital is a sign of a country in a text, not a name of it.
OTHER_NAMES = (Form.NAME, Form.SHORT, Form.ACRONYM)


@extend_schema_field({"type": "string", "pattern": "^[A-Z]{2}$"})
class CodeFilter(CharFilter):
    """One ISO 3166-1 alpha-2 code."""


class EntityFilter(FilterSet):
    kind = ChoiceFilter(choices=Kind.choices)
    category = CharFilter(help_text="Such as ministry, force, fighter or missile.")
    country = CodeFilter(field_name="country__alpha2", help_text="Origin or owner, ISO 3166-1 alpha-2.")
    q = CharFilter(field_name="name", lookup_expr="icontains", help_text="Part of the name.")

    class Meta:
        model = Entity
        fields: tuple[str, ...] = ()

    def references(self) -> list[tuple[str, str, QuerySet[Any]]]:
        """What the values refer to: parameter, value, and the rows of which one must exist."""
        code = self.form.cleaned_data.get("country")
        return [("country", code, Country.objects.filter(alpha2=code))] if code else []


class EntityList(GenericApiView):
    """Entities of every kind, countries included."""

    queryset = Entity.objects.public()
    filterset_class = EntityFilter
    columns = COLUMNS
    orders = {"name": ("sort_name", "id")}

    @extend_schema(operation_id="list_entities", responses=EntitySerializer(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.paginator.get_paginated_response([entity_document(row) for row in rows])


class EntityDetail(GenericApiView):
    """One entity with its other names. The id of a merged one leads to what it was merged into."""

    queryset = Entity.objects.select_related("merged_into")
    pagination_class = None
    lookup_url_kwarg = "uuid"

    @extend_schema(
        operation_id="get_entity",
        responses={
            200: EntityWithNamesSerializer,
            307: OpenApiResponse(description="It was merged: Location has the address of the other."),
        },
    )
    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        rows = self.filter_queryset(self.get_queryset())
        entity = rows.filter(uuid=uuid).first()
        if entity is None or entity.canonical.is_hidden:
            raise NotFound("There is no entity with this id.")
        if entity.merged_into is not None:
            address = reverse("api-entity", args=[entity.merged_into.uuid])
            return HttpResponse(status=307, headers={"Location": address})
        row = Entity.objects.values(*COLUMNS).get(pk=entity.pk)
        return Response(entity_document(row) | {"names": _other_names(entity)})


def entity_document(row: dict[str, Any]) -> dict[str, Any]:
    page = Entity(kind=row["kind"], slug=row["slug"]).get_absolute_url()
    return {
        "id": str(row["uuid"]),
        "kind": row["kind"],
        "category": row["category"],
        "name": row["name"],
        "slug": row["slug"],
        "country": row["country__alpha2"],
        "summary": row["summary"],
        "url": f"{settings.SITE_URL}{page}",
        "api_url": f"{settings.SITE_URL}/api/v1/entities/{row['uuid']}",
    }


def _other_names(entity: Entity) -> list[str]:
    names = Name.objects.filter(entity=entity, strength=Strength.STRONG, form__in=OTHER_NAMES).exclude(text=entity.name)
    return list(names.order_by("text").values_list("text", flat=True).distinct())
