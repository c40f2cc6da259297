"""Insight: what the desk does, in small charts with their tables, for those who publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import insight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.admin import AdminSite
    from django.http import HttpRequest

PERIODS = {"30": "30 days", "90": "90 days", "365": "365 days"}
USUAL = "90"
# In hundredths of a chart's width: a column, and the gap beside it.
GAP = 20
FEWEST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart in hundredths of its width and height, with what it stands for."""

    x: float
    width: float
    height: int
    title: str

    @property
    def y(self) -> int:
        return 100 - self.height


def insight_page(request: HttpRequest, site: AdminSite) -> TemplateResponse:
    """
    Raises:
        PermissionDenied: they may not publish.
    """
    if not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied
    given = request.GET.get("days", USUAL)
    days = given if given in PERIODS else USUAL
    months, countries, all_countries = insight.covered(timezone.localdate())
    aliases, all_aliases = insight.precision_by_alias(int(days))
    versions, all_versions = insight.precision_by_version(int(days))
    context = site.each_context(request) | {
        "title": "Insight",
        "periods": [(value, label, value == days) for value, label in PERIODS.items()],
        "period": PERIODS[days],
        "quoted": insight.quoted(int(days)),
        "aliases": aliases,
        "all_aliases": all_aliases,
        "versions": versions,
        "all_versions": all_versions,
        "months": months,
        "all_countries": all_countries,
        "countries": [
            (country, columns(country.heights, [f"{month:%B %Y}: {count}" for month, count in told]))
            for country in countries
            if (told := list(zip(months, country.counts, strict=True)))
        ],
    }
    return TemplateResponse(request, "admin/insight.html", context)


def columns(heights: Sequence[int], titles: Sequence[str]) -> list[Column]:
    """Side by side over the whole width."""
    if not heights:
        return []
    # A few are no broader than those of many.
    step = 100 / max(len(heights), FEWEST)
    width = step * (100 - GAP) / 100
    return [
        Column(round(place * step, 2), round(width, 2), height, title)
        for place, (height, title) in enumerate(zip(heights, titles, strict=True))
    ]
