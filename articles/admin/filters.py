"""Filters of the list of stories beside Django's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.admin import ChoicesFieldListFilter, ModelAdmin, SimpleListFilter
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, Tag
from entities.models import Entity, Kind

NOBODY = "nobody"
MOST_COUNTRIES = 40


class PublicStateFilter(ChoicesFieldListFilter):
    """What the public has, under a name that says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "public state"


class CountryFilter(SimpleListFilter):
    """Countries that stories are tagged with, whether or not a person has confirmed them."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        tagged = Tag.objects.publishable().values("entity")
        countries = Entity.objects.filter(kind=Kind.COUNTRY, pk__in=tagged).order_by("sort_name")
        return [(slug, name) for slug, name in countries.values_list("slug", "name")[:MOST_COUNTRIES]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not self.value():
            return queryset
        tags = Tag.objects.publishable().filter(entity__kind=Kind.COUNTRY, entity__slug=self.value())
        return queryset.filter(pk__in=tags.values("article"))


class AssigneeFilter(SimpleListFilter):
    title = "assigned to"
    parameter_name = "assigned_to"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        people = User.objects.filter(assigned_articles__isnull=False).exclude(pk=request.user.pk).distinct()
        others = [(str(person.pk), person.get_short_name() or person.username) for person in people]
        return [("me", "Me"), (NOBODY, "Nobody"), *sorted(others, key=lambda choice: choice[1])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.value()
        if chosen == "me":
            return queryset.filter(assigned_to=request.user.pk)
        if chosen == NOBODY:
            return queryset.filter(assigned_to=None)
        if chosen and chosen.isdecimal():
            return queryset.filter(assigned_to=int(chosen))
        return queryset


class DueFilter(SimpleListFilter):
    title = "due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [("late", "Late"), ("day", "Within 24 hours"), ("week", "Within a week"), ("none", "No time set")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        match self.value():
            case "late":
                return queryset.filter(due_at__lt=now)
            case "day":
                return queryset.filter(due_at__range=(now, now + timedelta(days=1)))
            case "week":
                return queryset.filter(due_at__range=(now, now + timedelta(days=7)))
            case "none":
                return queryset.filter(due_at=None)
        return queryset
