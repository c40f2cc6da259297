"""What the desk's stories say of an entity: where it is named, how often by month, and what it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Window
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from articles.models import Article, Quote, Tag
from articles.models.verdict import Verdict
from articles.states import PubState

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

STORIES_SHOWN, QUOTES_SHOWN, MONTHS_SHOWN = 10, 6, 12
# The height of the longest bar, in steps that the style sheet knows.
STEPS = 10


@dataclass(frozen=True, slots=True)
class Month:
    """The stories of one month; `step` is the length of its bar, 0 to 10."""

    begins_at: datetime
    stories: int
    step: int


@dataclass(frozen=True, slots=True)
class Times:
    """How many stories name an entity in all, how many of them are live, and the last months of them."""

    stories: int
    live: int
    months: list[Month]


def newest_stories(family: Collection[int]) -> list[Article]:
    """Stories tagged with one of these entities, the last saved first; not those where people rejected it."""
    return list(_stories(family).order_by("-saved_at", "-id")[:STORIES_SHOWN])


def times_used(family: Collection[int]) -> Times:
    """By the month of the first publication, or of the beginning where there was none; one query."""
    month = TruncMonth(Coalesce("published_at", "created_at"))
    counted = _stories(family).order_by().annotate(month=month).values("month")
    rows = list(counted.annotate(stories=Count("pk"), live=Count("pk", filter=Q(pub_state=PubState.LIVE))))
    by_month = {timezone.localtime(row["month"]).strftime("%Y-%m"): row["stories"] for row in rows}
    shown = _last_months()
    most = max((by_month.get(f"{month:%Y-%m}", 0) for month in shown), default=0)
    return Times(
        stories=sum(row["stories"] for row in rows),
        live=sum(row["live"] for row in rows),
        months=[_month(month, by_month.get(f"{month:%Y-%m}", 0), most) for month in shown],
    )


def newest_quotes(family: Collection[int]) -> list[Any]:
    """What these entities said, the newest story first; each row carries `in_all`. One query."""
    counted = _quotes(family).annotate(in_all=Window(Count("pk"))).select_related("article")
    return list(counted.order_by("-article__saved_at", "-article_id", "start", "pk")[:QUOTES_SHOWN])


def count_quotes(family: Collection[int]) -> int:
    return _quotes(family).count()


def shared_stories(one: Collection[int], other: Collection[int]) -> int:
    """How many stories are tagged with both."""
    return (_stories(one) & _stories(other)).count()


def _quotes(family: Collection[int]) -> QuerySet[Quote]:
    """Without those that people rejected, and those of stories that are gone."""
    quotes = Quote.objects.filter(speaker_entity__in=family).exclude(verdict=Verdict.REJECTED)
    return quotes.exclude(article__pub_state__in=(PubState.KILLED, PubState.SPIKED))


def _stories(family: Collection[int]) -> QuerySet[Article]:
    tags = Tag.objects.filter(entity__in=family).exclude(verdict=Verdict.REJECTED)
    return Article.objects.filter(pk__in=tags.order_by().values("article"))


def _last_months() -> list[datetime]:
    """The first of each of the last months, this one last."""
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = []
    for back in range(MONTHS_SHOWN - 1, -1, -1):
        year, month = divmod(first.year * 12 + first.month - 1 - back, 12)
        months.append(first.replace(year=year, month=month + 1))
    return months


def _month(begins_at: datetime, stories: int, most: int) -> Month:
    """A month with a single story has a bar that can be seen."""
    step = -(-STEPS * stories // most) if most else 0
    return Month(begins_at, stories, step)
