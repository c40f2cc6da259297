"""What a time on the newsroom's clock means, in the nights when the clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from articles.newsroom_clock import end_of_gap, is_repeated, moments_of, on_both_clocks

LONDON = ZoneInfo("Europe/London")


def utc(hour: int, minute: int = 0, *, day: int, month: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "moments"),
    [
        (datetime(2026, 7, 1, 6), (utc(5, day=1, month=7),)),
        (datetime(2026, 12, 1, 6), (utc(6, day=1, month=12),)),
        (datetime(2026, 3, 29, 0, 59), (utc(0, 59, day=29, month=3),)),
        (datetime(2026, 3, 29, 1, 30), ()),
        (datetime(2026, 3, 29, 2), (utc(1, day=29, month=3),)),
        (datetime(2026, 10, 25, 1, 30), (utc(0, 30, day=25, month=10), utc(1, 30, day=25, month=10))),
        (datetime(2026, 10, 25, 2), (utc(2, day=25, month=10),)),
    ],
)
def test_moments_of_a_typed_time(typed, moments) -> None:
    assert moments_of(typed, LONDON) == moments


def test_end_of_gap_is_the_first_time_that_exists() -> None:
    assert end_of_gap(datetime(2026, 3, 29, 1, 30), LONDON) == datetime(2026, 3, 29, 2)


def test_repeated_is_only_the_hour_that_comes_twice() -> None:
    assert is_repeated(utc(0, 30, day=25, month=10), LONDON)
    assert not is_repeated(utc(2, 30, day=25, month=10), LONDON)


def test_both_clocks_say_the_town(settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/London"

    assert on_both_clocks(utc(5, day=1, month=7)) == "1 July 2026, 06:00 London (05:00 UTC)"
