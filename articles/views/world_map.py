"""The world by how much our stories tell of it: each country's outline, shaded by its stories of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from math import ceil, log
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from articles.models import Listing
from articles.page_metadata import of_list
from articles.views.filters import Filters
from articles.views.navigation import furniture
from articles.views.public_page import public_list
from entities.models import Entity, Kind

# Baked by docs/geography/bake_map.py: "viewBox" and its value, then a code of ISO 3166-1 and the data of a path a line.
FILE = Path(__file__).resolve().parents[2] / "seeds" / "world_map.tsv"
PERIODS = {"7": "Seven days", "30": "Thirty days", "365": "Twelve months"}
USUAL = "30"
# A number beyond says no more to a reader, and would cost a walk through the archive.
MOST_COUNTED = 1000
SHADES = 5


class MapFilters(Filters):
    period = forms.ChoiceField(
        label="Period",
        required=False,
        choices=list(PERIODS.items()),
        error_messages={"invalid_choice": "The map knows 7, 30 and 365 days."},
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A country on the map; `outline` is empty where it is too small to be drawn, `shade` 0 where no story names it."""

    name: str
    slug: str
    stories: int
    outline: str
    shade: int

    @property
    def counted(self) -> str:
        return f"{MOST_COUNTED}+" if self.stories > MOST_COUNTED else str(self.stories)


@dataclass(frozen=True, slots=True)
class Shade:
    """A line of the legend: how many stories the countries of one shade have."""

    number: int
    fewest: int
    most: int


@public_list
def world_map(request: HttpRequest) -> HttpResponse:
    """The map, and what it shows as a list, the most stories first."""
    filters = MapFilters(request.GET)
    period = filters.cleaned_data.get("period") or USUAL
    places = [] if filters.errors else _places(int(period))
    named = sorted((place for place in places if place.stories), key=lambda place: -place.stories)
    context = {
        "metadata": of_list(
            title="World map",
            description="Where our stories play: every country by the stories of a week, a month or a year.",
            path=request.path,
            filters={} if period == USUAL else {"period": period},
            steps=[("Countries", reverse("countries")), ("World map", request.path)],
        ),
        "furniture": furniture(),
        "current_page": "countries",
        "filters": filters,
        "periods": [(value, label, value == period) for value, label in PERIODS.items()],
        "period": PERIODS[period].lower(),
        "usual": USUAL,
        "view_box": _outlines()["viewBox"],
        "places": sorted(places, key=lambda place: place.stories),
        "named": named,
        "legend": _legend(named),
    }
    return render(request, "articles/map.html", context, status=filters.status)


def _places(days: int) -> list[Place]:
    """Public countries in the order of their names; one statement."""
    # From a midnight on, as the page is validated by the day.
    since = datetime.combine(timezone.localdate() - timedelta(days=days), time(), get_default_timezone())
    listed = Listing.objects.filter(entity=OuterRef("pk"), published_at__gte=since).values("pk")
    counted = Func(ArraySubquery(listed[: MOST_COUNTED + 1]), function="cardinality", output_field=IntegerField())
    rows = (
        Entity.objects.public()
        .filter(kind=Kind.COUNTRY)
        .annotate(stories=counted, code=F("country_facts__alpha2"))
        .order_by("sort_name", "id")
        .values_list("name", "slug", "stories", "code")
    )
    found = list(rows)
    most = max((stories for _, _, stories, _ in found), default=0)
    return [Place(*row[:3], _outlines().get(row[3], ""), shade(row[2], most)) for row in found]


def shade(stories: int, most: int) -> int:
    """0 without a story, else 1 to SHADES by the logarithm, for a few countries have most of the stories."""
    return ceil(SHADES * log(1 + stories) / log(1 + most)) if stories else 0


def _legend(named: Sequence[Place]) -> list[Shade]:
    counts: dict[int, list[int]] = {}
    for place in named:
        counts.setdefault(place.shade, []).append(place.stories)
    return [Shade(number, min(found), max(found)) for number, found in sorted(counts.items())]


@cache
def _outlines() -> dict[str, Any]:
    with FILE.open() as lines:
        return dict(line.rstrip("\n").split("\t") for line in lines)
