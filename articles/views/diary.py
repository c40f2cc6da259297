"""Coming up: the public entries of the diary, as a page and as a calendar. The desk's notes are never read here."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case, F, Prefetch, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.calendar_file import Event, calendar
from articles.day_precision import Days, Precision, around
from articles.models import DiaryEntry, Representation
from articles.page_metadata import of_list
from articles.public_notation import absolute
from articles.views import dossier
from articles.views.navigation import furniture
from articles.views.public_page import public_list
from entities.models import Entity

if TYPE_CHECKING:
    from django.db.models import QuerySet

ENTRIES_SHOWN = 300
# Who subscribes to the calendar finds what is over for so long.
KEPT_FOR = timedelta(days=60)
# All that readers get of an entry.
COLUMNS = ("uuid", "title", "kind", "starts", "ends", "precision", "place", "country", "is_cancelled", "version")


@public_list
def diary(request: HttpRequest) -> HttpResponse:
    """By the month in which it begins, or the quarter or year where no month is known; what goes on stands under
    today's."""
    today = timezone.localdate()
    entries = list(_entries().filter(ends__gte=today)[:ENTRIES_SHOWN])
    known = dossier.with_a_page(entity.canonical for entry in entries for entity in entry.entities.all())
    for entry in entries:
        named = dict.fromkeys(entity.canonical for entity in entry.entities.all())
        entry.told_entities = [entity for entity in named if entity.pk in known]  # type: ignore[attr-defined]
    entries.sort(key=lambda entry: _place(_heading(entry, today)))
    periods = groupby(entries, key=lambda entry: _heading(entry, today))
    context = {
        "metadata": of_list(
            title="Coming up",
            description="Exercises, shows, votes and visits that we expect, by date.",
            path=request.path,
            steps=[("Coming up", request.path)],
        ),
        "furniture": furniture(),
        "periods": [(period, list(found)) for period, found in periods],
        "calendar": absolute(reverse("diary-calendar")),
    }
    return render(request, "articles/diary.html", context)


@public_list
def diary_calendar(request: HttpRequest) -> HttpResponse:
    """The same as iCalendar."""
    entries = _entries().filter(ends__gte=timezone.localdate() - KEPT_FOR)[:ENTRIES_SHOWN]
    name = f"{settings.SITE_NAME}: coming up"
    response = HttpResponse(calendar(name, map(_event, entries)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="coming-up.ics"'
    return response


def _heading(entry: DiaryEntry, today: date) -> Days:
    """No month for what is known to the quarter or the year: that would claim more than we know."""
    precision = Precision.MONTH if entry.precision == Precision.DAY else Precision(entry.precision)
    return around(max(entry.starts, today), precision)


def _place(period: Days) -> tuple[date, timedelta]:
    """A quarter comes after its months and a year after its quarters, since it may last until then."""
    return period.last, period.last - period.first


def _entries() -> QuerySet[DiaryEntry, Any]:
    """Public ones, soonest first, each with the path and the headline of its story where that is live."""
    is_live = Q(story__representation__status=Representation.Status.LIVE)
    entities = Entity.objects.select_related("merged_into").order_by("sort_name", "pk")
    return (
        DiaryEntry.objects.public()
        .only(*COLUMNS, "changed_at", "country__entity__name")
        .select_related("country__entity")
        .prefetch_related(Prefetch("entities", entities))
        .annotate(
            path=Case(When(is_live, then=F("story__representation__path"))),
            headline=Case(When(is_live, then=F("story__representation__headline"))),
        )
        .order_by("starts", "ends", "pk")
    )


def _event(entry: Any) -> Event:
    is_exact = entry.precision == Precision.DAY
    said = [entry.get_kind_display().capitalize(), "" if is_exact else f"Known no better than: {entry.when}."]
    return Event(
        uid=str(entry.uuid),
        title=entry.title if is_exact else f"{entry.title} ({entry.when})",
        first=entry.starts,
        last=entry.ends,
        changed_at=entry.changed_at,
        sequence=entry.version - 1,
        category=entry.kind.upper(),
        place=entry.where,
        description=". ".join(part for part in said if part),
        url=absolute(reverse("article", args=[entry.path]) if entry.path else reverse("diary")),
        is_cancelled=entry.is_cancelled,
        is_tentative=not is_exact,
    )
