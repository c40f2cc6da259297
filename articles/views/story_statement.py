"""The one statement of a story's page: what the public has at a path, with all that stands around and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Representation
from articles.planned_query import PlannedQuery
from articles.views.beside_story import beside_story
from articles.views.navigation import furniture_beside

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

COLUMNS = (
    *("uuid", "status", "path", "headline", "standfirst", "html", "head", "card", "voices"),
    *("published_at", "updated_at", "public_note"),
)


def story_at(path: str) -> Representation | None:
    """None where no story ever had this path as its current one."""
    found: Representation | None = _STATEMENT.first(path=path, now=timezone.now())
    return found


def _stories(path: str, now: datetime) -> QuerySet[Representation]:
    return (
        Representation.objects.filter(path=path)
        .only(*COLUMNS)
        .annotate(furniture=furniture_beside(now), **beside_story())
        .order_by()
    )


_STATEMENT = PlannedQuery(_stories, {"path": "text", "now": "timestamptz"})
