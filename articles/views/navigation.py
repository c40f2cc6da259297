"""The sections in the masthead, read with the page or alone."""

from __future__ import annotations

from typing import TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from articles.models import Section


class SectionLink(TypedDict):
    slug: str
    name: str
    description: str


COLUMNS = ("slug", "name", "description")


def sections() -> list[SectionLink]:
    rows = Section.objects.order_by("ordinal", "name").values_list(*COLUMNS)
    return [SectionLink(slug=slug, name=name, description=description) for slug, name, description in rows]


def sections_beside() -> ArraySubquery:
    """The same, as a column of another statement."""
    entry = JSONObject(**{name: name for name in COLUMNS})
    return ArraySubquery(Section.objects.order_by("ordinal", "name").values(entry=entry))
