"""The one statement of a story's page, written once in the life of a process.

To put it together from its parts takes Django several times as long as to send it and to read the answer.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from articles.models import Representation
from articles.views.beside_story import beside_story
from articles.views.navigation import furniture_beside

COLUMNS = (
    *("uuid", "status", "path", "headline", "standfirst", "html", "head", "card", "voices"),
    *("published_at", "updated_at", "public_note"),
)
# Stands in the written statement where the path of a story goes.
PLACE = "path of the story"


def story_at(path: str) -> Representation | None:
    """What the public has at a path, with all that stands around and beside it; one statement."""
    sql, parameters = _statement()
    now = timezone.now()
    found = next(iter(Representation.objects.raw(sql, [_of_now(value, path, now) for value in parameters])), None)
    if found is not None:
        for name in _joined():
            setattr(found, name, _decoded(getattr(found, name)))
    return found


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    now = timezone.now()
    stories = Representation.objects.filter(path=PLACE).only(*COLUMNS).annotate(**_joined())
    sql, parameters = stories[:1].query.sql_with_params()
    moments = [value for value in parameters if isinstance(value, datetime)]
    if any(abs(moment - now) > timedelta(minutes=1) for moment in moments):
        raise ValueError("A moment other than now stands in the statement of a story's page: it would never move on.")
    return sql, tuple(parameters)


def _of_now(value: Any, path: str, now: datetime) -> Any:
    if isinstance(value, datetime):
        return now
    return path if value == PLACE else value


@cache
def _joined() -> dict[str, Any]:
    return {"furniture": furniture_beside(), **beside_story()}


def _decoded(value: Any) -> Any:
    """A raw statement leaves JSON as it was sent."""
    if isinstance(value, list):
        return [_decoded(entry) for entry in value]
    return json.loads(value) if isinstance(value, str | bytes) else value
