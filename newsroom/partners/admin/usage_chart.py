"""Requests of a partner per day, as a chart without a line of style or script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, timedelta

from django.db.models import Sum
from django.utils import timezone

from newsroom.partners.models import DailyUsage, Partner

DAYS = 30
WIDTH, HEIGHT, GAP = 600, 120, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One day; the places are in units of the chart."""

    day: date
    answered: int
    refused: int
    x: float
    width: float
    answered_height: float
    refused_height: float

    @property
    def answered_y(self) -> float:
        return HEIGHT - self.answered_height

    @property
    def refused_y(self) -> float:
        return self.answered_y - self.refused_height


@dataclass(frozen=True, slots=True)
class UsageChart:
    bars: list[Bar]

    width, height = WIDTH, HEIGHT

    @property
    def answered(self) -> int:
        return sum(bar.answered for bar in self.bars)

    @property
    def refused(self) -> int:
        return sum(bar.refused for bar in self.bars)

    @property
    def answered_words(self) -> str:
        return f"{self.answered:,} answered"

    @property
    def refused_words(self) -> str:
        return f"{self.refused:,} turned away"

    @property
    def busiest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.answered)


def chart_of(partner: Partner) -> UsageChart:
    """The last thirty days (UTC) of all keys together, in one query."""
    today = timezone.now().astimezone(UTC).date()
    first = today - timedelta(days=DAYS - 1)
    usage = DailyUsage.objects.filter(key__partner=partner, day__gte=first).order_by()
    summed = {
        row["day"]: (row["answered"], row["turned_away"])
        for row in usage.values("day").annotate(answered=Sum("requests"), turned_away=Sum("refused"))
    }
    days = [first + timedelta(days=number) for number in range(DAYS)]
    highest = max((sum(counts) for counts in summed.values()), default=0) or 1
    return UsageChart([_bar(number, day, *summed.get(day, (0, 0)), highest) for number, day in enumerate(days)])


def _bar(number: int, day: date, answered: int, refused: int, highest: int) -> Bar:
    step = WIDTH / DAYS
    return Bar(
        day=day,
        answered=answered,
        refused=refused,
        x=round(number * step + GAP / 2, 2),
        width=round(step - GAP, 2),
        answered_height=_height(answered, highest),
        refused_height=_height(refused, highest),
    )


def _height(count: int, highest: int) -> float:
    """At least so much that a day with one request can be seen."""
    return max(2.0, round(count / highest * (HEIGHT - 4), 2)) if count else 0.0
