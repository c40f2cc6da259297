"""Exercises that are on, and those of which we told lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from articles.models import Listing
from entities.models import Entity, Kind, Relation

if TYPE_CHECKING:
    from django.db.models import QuerySet

DAYS_IN_NEWS = 21
EXERCISES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise in a list; `ends` is empty where the desk has no dates of it, or they are not now."""

    name: str
    address: str
    ends: date | None
    stories: int


def exercises(newest: datetime, *, today: date) -> list[Exercise]:
    """Those that are on by the dates of who hosts them or takes part, soonest to end first; then those of which the
    stories of the three weeks up to the newest one tell, most stories first."""
    recent = Listing.objects.filter(entity=OuterRef("pk"), published_at__gt=newest - timedelta(days=DAYS_IN_NEWS))
    stories = recent.order_by().values("entity").values(stories=Count("id"))
    found = (
        Entity.objects.public()
        .filter(kind=Kind.EXERCISE)
        .annotate(ends=Subquery(_running(today)), stories=Coalesce(Subquery(stories), 0))
        .filter(Q(ends__isnull=False) | Q(stories__gt=0))
        .order_by("ends", "-stories", "sort_name")[:EXERCISES_SHOWN]
    )
    return [Exercise(entity.name, entity.get_absolute_url(), entity.ends, entity.stories) for entity in found]


def _running(day: date) -> QuerySet[Relation]:
    """The last day of the exercise, if it is on that day."""
    dated = Relation.objects.filter(
        object=OuterRef("pk"), kind__in=(Relation.Kind.HOSTS, Relation.Kind.TAKES_PART), valid_to__isnull=False
    )
    spans = dated.order_by().values("object").annotate(starts=Min("valid_from"), ends=Max("valid_to"))
    return spans.filter(starts__lte=day, ends__gte=day).values("ends")
