"""When exercises take place, who holds them and who joins: by the dated facts that the desk has entered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entities.models import Entity, Kind, Relation

if TYPE_CHECKING:
    from django.db.models import QuerySet

HELD_BY = (Relation.Kind.HOSTS, Relation.Kind.TAKES_PART)
# Of one exercise more than fifty take part at times.
RELATIONS_READ = 600
# Between two editions lie more days than this, between the parts of one fewer.
APART = timedelta(days=60)


@dataclass(slots=True)
class EventDates:
    """An exercise in time. Hosts and guests are countries."""

    starts: date
    ends: date | None = None
    hosts: list[Entity] = field(default_factory=list)
    guests: list[Entity] = field(default_factory=list)
    is_open: bool = False


def occasions(exercises: Collection[int]) -> dict[int, list[EventDates]]:
    """Each time that an exercise was held or joined, the newest first, by the id that the facts name; one statement.

    One that is held again and again may have an entity for each edition, or none of them: facts whose days lie close
    together tell of the same occasion. It begins with the earliest of them and ends with the latest.
    """
    found: dict[int, list[EventDates]] = {}
    for row in _facts(exercises):
        known = found.setdefault(row.object_id, [])
        starts = row.valid_from
        assert starts is not None
        if not known or _is_another(known[-1], starts):
            known.append(EventDates(starts=starts))
        _lasts(known[-1], row)
        _add(known[-1], row)
    return {exercise: known[::-1] for exercise, known in found.items()}


def _is_another(last: EventDates, day: date) -> bool:
    return not last.is_open and day > (last.ends or last.starts) + APART


def _lasts(shown: EventDates, row: Relation) -> None:
    """An operation that somebody is still part of has no end; of an exercise the day may just not be known."""
    if row.valid_to is None and row.object.kind == Kind.OPERATION:
        shown.is_open, shown.ends = True, None
    elif row.valid_to and not shown.is_open:
        shown.ends = max(shown.ends or row.valid_to, row.valid_to)


def _facts(exercises: Collection[int]) -> Iterable[Relation]:
    rows: QuerySet[Relation] = Relation.objects.filter(
        object__in=exercises, kind__in=HELD_BY, valid_from__isnull=False
    ).select_related("subject__merged_into", "object")
    return rows.order_by("valid_from", "subject__sort_name", "id")[:RELATIONS_READ]


def _add(shown: EventDates, row: Relation) -> None:
    """Countries alone: of anything else a name may be what an embargo hides."""
    who = row.subject.canonical
    if who.kind != Kind.COUNTRY or who.is_hidden:
        return
    if row.kind == Relation.Kind.HOSTS and who not in shown.hosts:
        shown.hosts.append(who)
    if row.kind == Relation.Kind.TAKES_PART and who not in shown.guests:
        shown.guests.append(who)
