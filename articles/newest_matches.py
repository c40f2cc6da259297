"""The newest of the stories that hold some words, found without reading the words of the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction

from articles.search import RANKED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Representation

# So many matches are fetched by the index of words, in no order, and sorted: 1 ms a thousand. A word that has more
# stands in every eighth of 100,000 stories, and a walk through the newest of them meets enough of it soon.
PROBED = 12_000

Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Matches:
    """The places of the newest matches, and how many there are; more than that when `is_capped`."""

    newest: list[Place]
    found: int
    is_capped: bool


def newest_matches(matching: QuerySet[Representation]) -> Matches:
    rows = matching.order_by().values_list("published_at", "article_id")[: PROBED + 1]
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return Matches([], 0, is_capped=False)
    counted = f"SELECT published_at, article_id, count(*) OVER () FROM ({sql}) AS matches"  # noqa: S608 - Django wrote it
    with by_words_alone(), connection.cursor() as cursor:
        cursor.execute(f"{counted} ORDER BY published_at DESC, article_id DESC LIMIT %s", [*values, RANKED])
        found = cursor.fetchall()
    total = found[0][2] if found else 0
    if total > PROBED:
        return Matches(walk(matching, RANKED), PROBED, is_capped=True)
    return Matches([(moment, number) for moment, number, _ in found], total, is_capped=False)


def newest_places(matching: QuerySet[Representation], most: int, *, is_capped: bool) -> list[Place]:
    """The first places of a further page, by the way that is the shorter one."""
    if is_capped:
        return walk(matching, most)
    with by_words_alone():
        return walk(matching, most)


def walk(matching: QuerySet[Representation], most: int) -> list[Place]:
    places = matching.order_by("-published_at", "-article_id").values_list("published_at", "article_id")
    return list(places[:most])


@contextmanager
def by_words_alone() -> Iterator[None]:
    """Have PostgreSQL take the index of words. It believes that comparing a story's words costs nothing, and would
    read those of 100,000 (0.5 s) to find 4,000."""
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield


@contextmanager
def one_state() -> Iterator[None]:
    """Have all statements see one state of the database, as one statement would; in a transaction that has begun
    already, as far as that one goes."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def by_any_index() -> None:
    """After `by_words_alone`, in a transaction that goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT")
