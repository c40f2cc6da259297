"""What stands around every public page and comes from the desk: the sections, and the breaking strip.

A view hands it to its template as `furniture`: read alone by `furniture()`, or as a column of the page's own
statement by `furniture_beside()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils import timezone

from articles.models import FrontSlot, Section

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


class SectionLink(TypedDict):
    slug: str
    name: str
    description: str


class Breaking(TypedDict):
    """The strip: what it says, and the path of the story it leads to, if any."""

    says: str
    path: str | None


class Furniture(TypedDict):
    sections: list[SectionLink]
    breaking: Breaking | None


COLUMNS = ("slug", "name", "description")


def furniture() -> Furniture:
    rows = list(_sections().annotate(breaking=_breaking(timezone.now())).values_list(*COLUMNS, "breaking"))
    links = [SectionLink(slug=slug, name=name, description=description) for slug, name, description, _ in rows]
    return Furniture(sections=links, breaking=rows[0][3] if rows else None)


def furniture_beside(now: datetime) -> JSONObject:
    """The same, as a column of another statement."""
    entry = JSONObject(**{name: name for name in COLUMNS})
    return JSONObject(sections=ArraySubquery(_sections().values(entry=entry)), breaking=_breaking(now))


def _sections() -> QuerySet[Section]:
    return Section.objects.order_by("ordinal", "name")


def _breaking(now: datetime) -> Subquery:
    """Joined at read, so that the strip is gone with its end, and with its story."""
    says = Coalesce(NullIf(F("text"), Value("")), F("story__representation__headline"))
    strip = JSONObject(says=says, path="story__representation__path")
    slots = FrontSlot.objects.filter(place=FrontSlot.Place.BREAKING).shown(now)
    return Subquery(slots.values(strip=strip)[:1])
