"""Filters of the wire desk."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from entities.models import Entity, Kind, Name
from newsroom.wire.models import WireItem
from newsroom.wire.models.item import WORDS

MOST_NAMES = 60


class StateFilter(SimpleListFilter):
    """What there is to look at first of all: each story once, without what was ignored."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("new", "Waiting"),
            ("taken", "Taken"),
            ("offered", "Update to decide"),
            ("killed", "Killed by the agency"),
            ("ignored", "Ignored"),
            ("also", "Also from another"),
        ]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": "All but ignored"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[WireItem]) -> QuerySet[WireItem]:
        value = self.value()
        if value == "also":
            return queryset.filter(duplicate_of__isnull=False)
        if value == "offered":
            # Also what another agency tells otherwise.
            return queryset.filter(offered_at__isnull=False)
        if value == WireItem.State.KILLED:
            # Also of what was sent anew since, and of copies: all that the board asks somebody to see to.
            is_first = Q(state=value, duplicate_of=None, replaced_by=None)
            return queryset.filter(is_first | Q(pk__in=WireItem.objects.with_open_kill().values("pk")))
        first = queryset.filter(duplicate_of=None, replaced_by=None)
        if value in WireItem.State.values:
            return first.filter(state=value)
        return first.exclude(state=WireItem.State.IGNORED)


class CountryFilter(SimpleListFilter):
    """Items whose words name a country, by any of its names: also of what no tagger has read yet."""

    title = parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        countries = Entity.objects.filter(kind=Kind.COUNTRY, merged_into=None).order_by("sort_name")
        return list(countries.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[WireItem]) -> QuerySet[WireItem]:
        if not self.value():
            return queryset
        names = Name.objects.filter(entity__slug=self.value(), entity__kind=Kind.COUNTRY)
        texts = [self.value().replace("-", " "), *names.values_list("text", flat=True)[:MOST_NAMES]]
        asked = reduce(or_, (SearchQuery(text, config="english", search_type="phrase") for text in texts))
        return queryset.alias(words=WORDS).filter(words=asked)
