"""The lines of a timeline, and the years in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

if TYPE_CHECKING:
    from articles.views.reported import Told


class OfStoryline(NamedTuple):
    """The storyline of which a story is."""

    title: str
    slug: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of a timeline. `address` is empty where there is nothing to lead to; `rank` orders those of one day;
    `when` says the day where it is known less exactly; `told` is what stories report of it, each with its source."""

    day: date
    until: date | None
    label: str
    title: str
    address: str
    note: str = ""
    rank: int = 0
    when: str = ""
    storyline: OfStoryline | None = None
    told: Sequence[Told] = ()

    @property
    def is_ahead(self) -> bool:
        return self.day > timezone.localdate()


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    moments: Sequence[Moment]


def by_year(moments: Iterable[Moment]) -> list[Year]:
    """The newest first; of one day what happened before what was told."""
    newest_first = sorted(moments, key=lambda moment: (-moment.day.toordinal(), moment.rank))
    return [Year(year, list(found)) for year, found in groupby(newest_first, key=lambda moment: moment.day.year)]
