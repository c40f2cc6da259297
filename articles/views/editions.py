"""Exercises that are held again and again: when each edition takes place, who holds it and who joins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.views import dossier
from articles.views.event_dates import EventDates, occasions
from entities.models import Entity, Kind, Relation

EDITIONS_READ = 60


@dataclass(frozen=True, slots=True)
class Held:
    """An exercise with its days; `is_own` where it has no page of its own beside that of the series."""

    name: str
    address: str
    dates: EventDates
    is_own: bool


def held(shown: Entity, family: Sequence[int]) -> list[Held]:
    """Whenever it took place, and the editions of which readers may know, the newest first; three statements."""
    parts = Relation.objects.filter(kind=Relation.Kind.PART_OF, object__in=family, subject__kind=Kind.EXERCISE)
    editions = {row.subject.canonical for row in parts.select_related("subject__merged_into")[:EDITIONS_READ]}
    dates = occasions([*family, *(entity.pk for entity in editions)])
    told = dossier.with_a_page(editions)
    own = [occasion for pk in family for occasion in dates.get(pk, ())]
    found = [*_own(shown, own), *_editions([entity for entity in editions if entity.pk in told], dates)]
    return sorted(found, key=lambda one: one.dates.starts, reverse=True)


def _own(shown: Entity, dates: Sequence[EventDates]) -> Iterator[Held]:
    """Named by the year where there were several."""
    for occasion in dates:
        name = f"{shown.name} {occasion.starts.year}" if len(dates) > 1 else shown.name
        yield Held(name, "", occasion, is_own=True)


def _editions(editions: Sequence[Entity], dates: Mapping[int, Sequence[EventDates]]) -> Iterator[Held]:
    for entity in editions:
        for occasion in dates.get(entity.pk, ()):
            yield Held(entity.name, entity.get_absolute_url(), occasion, is_own=False)
