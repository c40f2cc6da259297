"""The newest of the stories that hold some words, found without reading the words of the others.

A common word has tens of thousands of matches in a large archive. None is counted to the end: the index knows of each
story in which five days it was published, as a lexeme beside its words, so the newest days are asked for first, and
more of them only where too few stories hold the words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from psycopg import IsolationLevel

from articles.models import Representation
from articles.models.representation import DAYS_TOGETHER, SEARCHED
from articles.planned_query import planned_rows
from articles.search import RANKED

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Of so many stretches of days the first statement asks; beyond the last number, all stories are asked for, which costs
# little then: of the words that few stories hold.
FIRST_STRETCHES, MOST_STRETCHES = 6, 100
# More than the stories found so far let expect, so that a second statement seldom asks in vain.
SLACK = 1.3
# The query stands in a statement of its own, so that PostgreSQL takes the index whatever the words are: it believes
# that comparing a story's words costs nothing, and would read those of 100,000 (0.5 s) to find 4,000.
_HOLDS = f"{SEARCHED} @@ (SELECT %s::tsquery)"
# Among stories that are narrowed down by something else as well, which might seem to be the shorter way.
_HOLDING = f"SELECT article_id FROM {Representation._meta.db_table} WHERE {_HOLDS} OFFSET 0"  # noqa: S608 - our own names
_NEWEST = """
WITH matches AS MATERIALIZED ({matching})
SELECT article_id FROM matches ORDER BY published_at DESC, article_id DESC LIMIT %s
"""
_ENDS = """
SELECT min(published_at), max(published_at) FROM articles_representation WHERE status = 'live'
"""


@dataclass(frozen=True, slots=True)
class Matches:
    """The numbers of the newest matches, and whether there are more."""

    newest: list[int]
    is_capped: bool

    @property
    def found(self) -> int:
        return len(self.newest)


def holding(stories: QuerySet[Representation], asked: str) -> QuerySet[Representation]:
    """Those stories that hold the words of a query, as `articles.search.asked_by` writes it."""
    if not asked:
        return stories.none()
    return stories.filter(article_id__in=RawSQL(_HOLDING, [asked]))  # noqa: S611 - the query is bound


def newest_matches(stories: QuerySet[Representation], asked: str, *, most: int, written_as: Hashable = None) -> Matches:
    """The newest of the stories that hold the words, `most` of them. `written_as` names a query set that nothing else
    narrows down and that is always the same, so that its statement is written once."""
    numbers = newest_numbers(stories, asked, most + 1, written_as=written_as)
    return Matches(numbers[:most], is_capped=len(numbers) > most)


def newest_numbers(
    stories: QuerySet[Representation],
    asked: str,
    most: int,
    *,
    before: datetime | None = None,
    written_as: Hashable = None,
) -> list[int]:
    """The numbers of the first ones. `before` is a moment after which none of them is, if that is known."""
    statement = _statement(stories, written_as) if asked else None
    if statement is None:
        return []
    earliest, latest = planned_rows(_ENDS, ())[0]
    if latest is None:
        return []
    last = _stretch(min(before or latest, latest))
    stretches = 1 if most < RANKED / 10 else FIRST_STRETCHES
    while stretches <= min(MOST_STRETCHES, last - _stretch(earliest)):
        days = " | ".join(f"'@{last - back}'" for back in range(stretches))
        numbers = statement.first(f"({asked}) & ({days})", most)
        if len(numbers) >= most:
            return numbers
        stretches = int(stretches * max(2, SLACK * most / max(len(numbers), 1)))
    return statement.first(asked, most)


def newest_of(stories: QuerySet[Representation], *, most: int) -> Matches:
    """The newest of stories that are narrowed down by other things than words."""
    numbers = list(stories.order_by("-published_at", "-article_id").values_list("article_id", flat=True)[: most + 1])
    return Matches(numbers[:most], is_capped=len(numbers) > most)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement that is written once, and asked with one query after the other."""

    text: str
    values: Sequence[Any]

    # In the place of the query, and nowhere else.
    MARK: ClassVar = "what is asked for"

    def first(self, asked: str, most: int) -> list[int]:
        values = [asked if value == self.MARK else value for value in self.values]
        return [number for (number,) in planned_rows(self.text, [*values, most])]


_WRITTEN: dict[Hashable, _Statement | None] = {}


def _statement(stories: QuerySet[Representation], written_as: Hashable) -> _Statement | None:
    """None where the stories are none whatever is asked for."""
    if written_as is not None and written_as in _WRITTEN:
        return _WRITTEN[written_as]
    if written_as is None:
        held = holding(stories, _Statement.MARK)
    else:
        held = stories.filter(RawSQL(_HOLDS, [_Statement.MARK], BooleanField()))  # noqa: S611 - the query is bound
    rows = held.order_by().values_list("published_at", "article_id")
    try:
        sql, values = rows.query.sql_with_params()
        statement = _Statement(_NEWEST.format(matching=sql), values)
    except EmptyResultSet:
        statement = None
    if written_as is not None:
        _WRITTEN[written_as] = statement
    return statement


def _stretch(moment: datetime) -> int:
    """As the index counts them."""
    return int(moment.astimezone(UTC).timestamp() // (DAYS_TOGETHER * 24 * 60 * 60))


@contextmanager
def one_state() -> Iterator[None]:
    """Have all statements see one state of the database, as one statement would; in a transaction that has begun
    already, as far as that one goes."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    driver = connection.connection
    before = driver.isolation_level, driver.read_only
    # Said with BEGIN, where Django would say it in a statement of its own.
    driver.isolation_level, driver.read_only = IsolationLevel.REPEATABLE_READ, True
    try:
        with transaction.atomic():
            yield
    finally:
        if not driver.closed:
            driver.isolation_level, driver.read_only = before
