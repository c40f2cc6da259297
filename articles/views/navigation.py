"""What stands around every public page and comes from the desk: the sections, and the breaking strip.

A view hands it to its template as `furniture`: read alone by `furniture()`, or as a column of the page's own
statement by `furniture_beside()`.
"""

from __future__ import annotations

from typing import TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from articles.models import Section


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
    rows = Section.objects.order_by("ordinal", "name").values_list(*COLUMNS)
    links = [SectionLink(slug=slug, name=name, description=description) for slug, name, description in rows]
    return Furniture(sections=links, breaking=None)


def furniture_beside() -> JSONObject:
    """The same, as a column of another statement."""
    entry = JSONObject(**{name: name for name in COLUMNS})
    return JSONObject(sections=ArraySubquery(Section.objects.order_by("ordinal", "name").values(entry=entry)))
