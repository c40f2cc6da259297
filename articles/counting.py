"""Count several lists at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Nobody reads on in a list of a thousand: to count further would only cost.
MOST = 1000


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
