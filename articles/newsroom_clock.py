"""The newsroom's own clock: what a time typed on it means in the world, when the clocks go forward and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

# Nothing was published before; an address has a year of four digits, and calendars of today do not lead back for ever.
EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)


def moments_of(typed: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The moments that a clock on the wall of this zone shows as `typed` (naive): one; none when the clocks go
    forward over it; two, the earlier first, when they go back. In UTC.
    """
    readings = (typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return tuple(dict.fromkeys(at for at in readings if at.astimezone(zone).replace(tzinfo=None) == typed))


def end_of_gap(typed: datetime, zone: ZoneInfo) -> datetime:
    """The first time that the clock shows after the hour it leaves out; naive."""
    at = typed.replace(second=0, microsecond=0)
    while not moments_of(at, zone):
        at += timedelta(minutes=1)
    return at


def is_repeated(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock shows this moment's time twice that day."""
    return len(moments_of(at.astimezone(zone).replace(tzinfo=None), zone)) == 2


def newsroom_zone() -> ZoneInfo:
    return ZoneInfo(settings.NEWSROOM_TIME_ZONE)


def newsroom_town() -> str:
    """The newsroom's town as its time zone names it: Europe/London as London."""
    return str(settings.NEWSROOM_TIME_ZONE.rpartition("/")[2].replace("_", " "))


def on_both_clocks(at: datetime) -> str:
    """A moment in words, here and in UTC: 1 July 2031, 05:00 London (04:00 UTC)."""
    return f"{at.astimezone(newsroom_zone()):%-d %B %Y, %H:%M} {newsroom_town()} ({at.astimezone(UTC):%H:%M} UTC)"
