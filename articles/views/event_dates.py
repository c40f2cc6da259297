"""When exercises take place, who holds them and who joins: by the dated facts that the desk has entered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F

from entities.models import Entity, Kind, Relation

if TYPE_CHECKING:
    from django.db.models import QuerySet

HELD_BY = (Relation.Kind.HOSTS, Relation.Kind.TAKES_PART)
# Of one exercise more than fifty take part at times.
RELATIONS_READ = 600


@dataclass(slots=True)
class EventDates:
    """An exercise in time. Hosts and guests are countries."""

    starts: date
    ends: date | None = None
    hosts: list[Entity] = field(default_factory=list)
    guests: list[Entity] = field(default_factory=list)

    def is_over(self, today: date) -> bool:
        return (self.ends or self.starts) < today

    def is_on(self, today: date) -> bool:
        return self.starts <= today and not self.is_over(today)


def event_dates(exercises: Collection[int]) -> dict[int, EventDates]:
    """By the id of the exercise that the fact names, for those whose first day is known; one statement.

    The first day is the earliest on which anybody holds or joins it, the last the latest.
    """
    found: dict[int, EventDates] = {}
    for row in _facts(exercises):
        shown = found.setdefault(row.object_id, EventDates(starts=row.valid_from, ends=row.valid_to))
        shown.starts = min(shown.starts, row.valid_from)
        shown.ends = max((day for day in (shown.ends, row.valid_to) if day), default=None)
        _add(shown, row)
    return found


def _facts(exercises: Collection[int]) -> Iterable[Relation]:
    rows: QuerySet[Relation] = Relation.objects.filter(
        object__in=exercises, kind__in=HELD_BY, valid_from__isnull=False
    ).select_related("subject__merged_into")
    return rows.order_by(F("valid_from").desc(), "subject__sort_name", "id")[:RELATIONS_READ]


def _add(shown: EventDates, row: Relation) -> None:
    """Countries alone: of anything else a name may be what an embargo hides."""
    who = row.subject.canonical
    if who.kind != Kind.COUNTRY or who.is_hidden:
        return
    if row.kind == Relation.Kind.HOSTS and who not in shown.hosts:
        shown.hosts.append(who)
    if row.kind == Relation.Kind.TAKES_PART and who not in shown.guests:
        shown.guests.append(who)
