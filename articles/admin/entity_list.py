"""The list of entities with how often stories name each, and how often people agreed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from articles.name_usage import Usage, usage_by_entity
from entities.admin.entity import NamedList
from entities.models import Country, Entity


class EntityList(NamedList):
    """Counted for the rows of the page alone, in one query."""

    def fetch(self, rows: list[Entity]) -> None:
        super().fetch(rows)
        counted = usage_by_entity([row.pk for row in rows])
        for row in rows:
            row.usage = counted.get(row.pk, Usage())


class CountryFilter(admin.SimpleListFilter):
    """Countries, with what belongs to them."""

    title = "country"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        countries = Country.objects.exclude(entities=None).order_by("entity__sort_name")
        return list(countries.values_list("alpha2", "entity__name").distinct())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entity]) -> QuerySet[Entity]:
        if self.value() is None:
            return queryset
        return queryset.filter(Q(country__alpha2=self.value()) | Q(country_facts__alpha2=self.value()))
