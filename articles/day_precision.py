"""A day as exactly as it is known: a day, a month, a quarter, a year; how it is written, and how it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.dates import MONTHS

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MONTHS = {str(name).lower(): number for number, name in MONTHS.items()}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()}
# Each takes its example whole: "2026-05-12", "12 May 2026", "2026-05", "May 2026", "2026-Q2", "Q2 2026", "2026". None
# takes "12/05/2026", which is another day here than there.
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", re.ASCII)
_SPOKEN_DAY = re.compile(r"(?P<day>\d\d?) (?P<name>[a-z]+) (?P<year>\d{4})", re.ASCII)
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)", re.ASCII)
_SPOKEN_MONTH = re.compile(r"(?P<name>[a-z]+) (?P<year>\d{4})", re.ASCII)
_QUARTER = re.compile(r"(?P<year>\d{4})-q(?P<quarter>[1-4])", re.ASCII)
_SPOKEN_QUARTER = re.compile(r"q(?P<quarter>[1-4]) (?P<year>\d{4})", re.ASCII)
_YEAR = re.compile(r"(?P<year>\d{4})", re.ASCII)
ORDINALS = ("first", "second", "third", "fourth")


class Precision(models.TextChoices):
    DAY = "day", "day"
    MONTH = "month", "month"
    QUARTER = "quarter", "quarter"
    YEAR = "year", "year"


PATTERNS = (
    (Precision.DAY, _DAY),
    (Precision.DAY, _SPOKEN_DAY),
    (Precision.QUARTER, _QUARTER),
    (Precision.QUARTER, _SPOKEN_QUARTER),
    (Precision.MONTH, _MONTH),
    (Precision.MONTH, _SPOKEN_MONTH),
    (Precision.YEAR, _YEAR),
)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last of what is meant, and how exactly that is known."""

    first: date
    last: date
    precision: Precision

    def __str__(self) -> str:
        return told(self.first, self.last, self.precision)

    @property
    def written(self) -> str:
        """The first as a field shows it: "2026-Q2"."""
        return written(self.first, self.precision)


def read_days(written: str) -> Days:
    """
    Raises:
        ValueError: it is no date in one of our forms, or there is no such day; the message says so to the person.
    """
    text = " ".join(written.lower().split())
    for precision, pattern in PATTERNS:
        if match := pattern.fullmatch(text):
            return _period(match.groupdict(), precision, written)
    raise ValueError(f"“{written}” is no date: write 12 May 2026, May 2026, Q2 2026 or 2026.")


def together(starts: Days, ends: Days | None) -> Days:
    """From the first of one to the last of the other.

    Raises:
        ValueError: they are not known equally well, or the end lies before the beginning.
    """
    if ends is None:
        return starts
    if ends.precision != starts.precision:
        raise ValueError(
            f"The beginning is a {starts.precision.label} and the end a {ends.precision.label}: write both as exactly, "
            "as the less exact of the two."
        )
    if ends.first < starts.first:
        raise ValueError(f"It would end ({ends}) before it begins ({starts}).")
    return Days(starts.first, ends.last, starts.precision)


def told(first: date, last: date, precision: str) -> str:
    """ "12 to 20 May 2026", "May 2026", "second quarter of 2026", "2026 to 2027"."""
    is_same_year = first.year == last.year
    if precision == Precision.DAY:
        if first == last:
            return _day(last)
        start = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{first:%-d %B}"
        return f"{start if is_same_year else _day(first)} to {_day(last)}"
    if precision == Precision.YEAR:
        return f"{first.year}" if is_same_year else f"{first.year} to {last.year}"
    one, other = _unit(first, precision), _unit(last, precision)
    of = " of" if precision == Precision.QUARTER else ""
    if not is_same_year:
        return f"{one}{of} {first.year} to {other}{of} {last.year}"
    return f"{other}{of} {last.year}" if one == other else f"{one} to {other}{of} {last.year}"


def written(day: date, precision: str) -> str:
    """As a field shows it again: "2026-05-12", "2026-05", "2026-Q2", "2026"."""
    forms = {Precision.DAY: f"{day:%Y-%m-%d}", Precision.MONTH: f"{day:%Y-%m}", Precision.YEAR: f"{day.year}"}
    return forms.get(Precision(precision), f"{day.year}-Q{_quarter(day)}")


def around(day: date, precision: Precision) -> Days:
    """The month, quarter or year in which a day lies, or the day alone."""
    return read_days(written(day, precision))


def _period(parts: dict[str, str], precision: Precision, written: str) -> Days:
    year = int(parts["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"“{written}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    month = int(parts.get("month") or 0) or _MONTHS.get(parts.get("name") or "", 0)
    try:
        if precision == Precision.DAY:
            day = date(year, month, int(parts["day"]))
            return Days(day, day, precision)
        if precision == Precision.QUARTER:
            month = 3 * int(parts["quarter"]) - 2
        first = date(year, month if precision != Precision.YEAR else 1, 1)
    except ValueError as error:
        raise ValueError(f"There is no day such as “{written}”.") from error
    months = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}[precision]
    return Days(first, _first_of(first, months) - timedelta(days=1), precision)


def _first_of(month: date, later: int) -> date:
    """The first day of the month so many months later."""
    count = month.month - 1 + later
    return date(month.year + count // 12, count % 12 + 1, 1)


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _unit(day: date, precision: str) -> str:
    return f"{day:%B}" if precision == Precision.MONTH else f"{ORDINALS[_quarter(day) - 1]} quarter"
