"""Coming up: the public entries of the diary, as a page and as a calendar. The desk's notes are never read here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case, F, Prefetch, Q, When
from django.http import Http404, HttpRequest, HttpResponse
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

ENTRIES_ON_PAGE = 200
# Of a calendar: of what is ahead the soonest, and of what is over the latest. Who subscribes finds that for so long.
AHEAD_IN_CALENDAR, OVER_IN_CALENDAR = 1000, 200
KEPT_FOR = timedelta(days=60)
# Where a page ends: the first day and the number of its last entry. Takes “2026-11-16,12”.
_PLACE = re.compile(r"(\d{4}-\d\d-\d\d),(\d{1,18})", re.ASCII)
# All that readers get of an entry.
COLUMNS = ("uuid", "title", "kind", "starts", "ends", "precision", "place", "country", "is_cancelled", "version")


@public_list
def diary(request: HttpRequest) -> HttpResponse:
    """By the month in which it begins, or the quarter or year where no month is known; what goes on stands under
    today's. `after` is the place of the last entry on the page before."""
    today, after = timezone.localdate(), request.GET.get("after")
    found = list(_entries().filter(_later_than(after), ends__gte=today)[: ENTRIES_ON_PAGE + 1])
    entries, has_more = found[:ENTRIES_ON_PAGE], len(found) > ENTRIES_ON_PAGE
    further = f"{entries[-1].starts},{entries[-1].pk}" if has_more else ""
    known = dossier.with_a_page(entity.canonical for entry in entries for entity in entry.entities.all())
    for entry in entries:
        named = dict.fromkeys(entity.canonical for entity in entry.entities.all())
        entry.told_entities = [entity for entity in named if entity.pk in known]  # type: ignore[attr-defined]
    entries.sort(key=lambda entry: (*_place(_heading(entry, today)), entry.precision != Precision.DAY))
    periods = groupby(entries, key=lambda entry: _heading(entry, today))
    context = {
        "metadata": of_list(
            title="Coming up",
            description="Exercises, shows, votes and visits that we expect, by date.",
            path=request.path,
            steps=[("Coming up", request.path)],
            further={"after": after} if after else None,
        ),
        "furniture": furniture(),
        "periods": [(period, list(found)) for period, found in periods],
        "is_first": not after,
        "further": further,
        "calendar": absolute(reverse("diary-calendar")),
    }
    return render(request, "articles/diary.html", context)


@public_list
def diary_calendar(request: HttpRequest) -> HttpResponse:
    """The same as iCalendar, with what was over of late."""
    today, entries = timezone.localdate(), _entries()
    over = entries.filter(ends__lt=today, ends__gte=today - KEPT_FOR).order_by("-ends", "-starts", "-pk")
    shown = [*reversed(over[:OVER_IN_CALENDAR]), *entries.filter(ends__gte=today)[:AHEAD_IN_CALENDAR]]
    name = f"{settings.SITE_NAME}: coming up"
    response = HttpResponse(calendar(name, map(_event, shown)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="coming-up.ics"'
    return response


def _later_than(place: str | None) -> Q:
    """
    Raises:
        Http404: it is none that a page of ours ever links to.
    """
    if place is None:
        return Q()
    written = _PLACE.fullmatch(place)
    try:
        day = date.fromisoformat(written[1]) if written else None
    except ValueError:
        day = None
    if written is None or day is None:
        raise Http404("There is no such part of the diary.")
    return Q(starts__gt=day) | Q(starts=day, pk__gt=int(written[2]))


def _heading(entry: DiaryEntry, today: date) -> Days:
    """No month for what is known to the quarter or the year: that would claim more than we know."""
    precision = Precision.MONTH if entry.precision == Precision.DAY else Precision(entry.precision)
    return around(max(entry.starts, today), precision)


def _place(period: Days) -> tuple[date, timedelta]:
    """A quarter comes after its months and a year after its quarters, since it may last until then; as does, of a
    month, what is known no better than that."""
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
        .order_by("starts", "pk")
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
