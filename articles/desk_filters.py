"""What the list of stories can be narrowed by: one table, for the list, its export, its counts and bulk verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from articles.desk_lists import overdue
from articles.finding import find
from articles.models import Article, ArticleType, Priority, Tag
from articles.states import PubState, WorkState
from entities.models import Kind

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    Narrowing = Callable[[QuerySet[Article], str, User], QuerySet[Article]]

ME, NOBODY = "me", "nobody"
# What a range of dates may be of.
DATES = {"saved": "saved_at", "created": "created_at", "published": "published_at", "due": "due_at"}
DATE_OF, FROM, UNTIL = "date", "from", "until"
# The greatest id has so many digits.
LONGEST_KEY = 18


def narrowed(articles: QuerySet[Article], query: Mapping[str, str], *, by: User) -> QuerySet[Article]:
    """The articles that a query of the list keeps; what is no filter, or no value of one, is passed over."""
    for name, narrow in NARROWINGS.items():
        if query.get(name):
            articles = narrow(articles, query[name], by)
    return in_range(articles, query)


def in_range(articles: QuerySet[Article], query: Mapping[str, str]) -> QuerySet[Article]:
    """Those with a date `from` a day `until` another, both included, as days of the newsroom's clock."""
    column = DATES.get(query.get(DATE_OF) or "saved")
    first, last = day_of(query.get(FROM, "")), day_of(query.get(UNTIL, ""))
    if column is None:
        return articles
    if first is not None:
        articles = articles.filter(**{f"{column}__gte": _midnight(first)})
    if last is not None and last < date.max:
        articles = articles.filter(**{f"{column}__lt": _midnight(last + timedelta(days=1))})
    return articles


def day_of(text: str) -> date | None:
    """2026-11-25; None for anything else, and for days that no story is of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year < 3000 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(settings.NEWSROOM_TIME_ZONE))


def _due(articles: QuerySet[Article], value: str, by: User) -> QuerySet[Article]:
    today = timezone.localdate(timezone=ZoneInfo(settings.NEWSROOM_TIME_ZONE))
    monday = today - timedelta(days=today.weekday())
    match value:
        case "late":
            return overdue(articles)
        case "day":
            return articles.filter(due_at__gte=_midnight(today), due_at__lt=_midnight(today + timedelta(days=1)))
        case "week":
            return articles.filter(due_at__gte=_midnight(monday), due_at__lt=_midnight(monday + timedelta(days=7)))
        case "none":
            return articles.filter(due_at=None)
    return articles


def _assigned(articles: QuerySet[Article], value: str, by: User) -> QuerySet[Article]:
    if value == ME:
        return articles.filter(assigned_to=by.pk)
    if value == NOBODY:
        return articles.filter(assigned_to=None)
    is_key = value.isdecimal() and len(value) <= LONGEST_KEY
    return articles.filter(assigned_to=int(value)) if is_key else articles


def _country(articles: QuerySet[Article], value: str, by: User) -> QuerySet[Article]:
    tags = Tag.objects.publishable().filter(entity__kind=Kind.COUNTRY, entity__slug=value)
    return articles.filter(pk__in=tags.values("article"))


def _one_of(column: str, values: list[str]) -> Narrowing:
    return lambda articles, value, by: articles.filter(**{column: value}) if value in values else articles


NARROWINGS: dict[str, Narrowing] = {
    "work_state__exact": _one_of("work_state", WorkState.values),
    "pub_state__exact": _one_of("pub_state", PubState.values),
    "type__exact": _one_of("type", ArticleType.values),
    "priority__exact": _one_of("priority", [str(value) for value in Priority.values]),
    "section": lambda articles, value, by: articles.filter(section__slug=value),
    "country": _country,
    "assigned_to": _assigned,
    "due": _due,
    "q": lambda articles, value, by: find(articles, value),
}
