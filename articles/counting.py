"""Count as far as it matters: several lists at once, and the stories under an entity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, IntegerField, OuterRef, QuerySet

from articles.models import Listing

# Nobody reads on in a list of a thousand: to count further would only cost.
MOST = 1000


def stories_under(entity: str, *, most: int = MOST) -> Func:
    """How many stories stand under the entity that a column names, none counted beyond `most`; in the order and of the
    columns of one index, which answers alone then."""
    newest = Listing.objects.filter(entity=OuterRef(entity)).order_by("-published_at", "-article_id")
    counted = ArraySubquery(newest.values("article_id")[:most])
    return Func(counted, function="cardinality", output_field=IntegerField())


def count_each(lists: Sequence[QuerySet[Any, Any]], *, most: int = MOST) -> list[int]:
    """How many rows each list has, none counted beyond `most`, in one query for all of them."""
    parts: list[str] = []
    parameters: list[Any] = []
    for rows in lists:
        try:
            sql, values = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:
            sql, values = "SELECT NULL WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django wrote it; values are parameters
        parameters += values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        return [int(count) for count in cursor.fetchone()]
