"""Filters of the picture library: by right, by the end of rights, by use, and by what a picture lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Image, Rights
from articles.models.image import MOST_ATTEMPTS, NEEDS_NOTE
from articles.pictures.usage import unused, with_use

SOON = timedelta(days=14)
NOT_SAID = "none"


class RightsFilter(admin.SimpleListFilter):
    title = parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*Rights.choices, (NOT_SAID, "Not said yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        value = self.value()
        return queryset.filter(rights="" if value == NOT_SAID else value) if value else queryset


class EndFilter(admin.SimpleListFilter):
    title = "use until"
    parameter_name = "ends"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("soon", "Ends within 14 days"), ("ended", "Ended"), ("open", "No end"), ("desk", "Not for partners")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        today = timezone.localdate()
        kept = {
            "soon": Q(expires_on__range=(today, today + SOON)),
            "ended": Q(expires_on__lt=today),
            "open": Q(expires_on=None),
            "desk": Q(may_syndicate=False),
        }
        meaning = kept.get(self.value() or "")
        return queryset.filter(meaning) if meaning is not None else queryset


class UseFilter(admin.SimpleListFilter):
    title = parameter_name = "use"
    meanings: dict[str, Callable[[QuerySet[Image]], QuerySet[Image]]] = {
        "live": lambda images: with_use(images).filter(is_live=True),
        "unused": unused,
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("live", "Shown to readers"), ("unused", "Never used")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        meaning = self.meanings.get(self.value() or "")
        return meaning(queryset) if meaning else queryset


class LackFilter(admin.SimpleListFilter):
    title = parameter_name = "lacks"
    meanings = {
        "alt": Q(alt=""),
        "credit": Q(credit=""),
        "proof": Q(rights__in=NEEDS_NOTE, rights_note=""),
        "copies": Q(rendering_attempts__gte=MOST_ATTEMPTS),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("alt", "Text alternative"),
            ("credit", "Credit"),
            ("proof", "Source or proof"),
            ("copies", "Sizes for the web"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        meaning = self.meanings.get(self.value() or "")
        return queryset.filter(meaning) if meaning is not None else queryset
