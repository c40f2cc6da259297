from datetime import UTC, date, datetime, timedelta, timezone

from articles.templatetags.public_times import day, short_stamp, stamp

MOMENT = datetime(2026, 11, 16, 8, 40, tzinfo=timezone(timedelta(hours=1)))


def test_stamp_is_in_utc_whatever_clock_the_desk_uses():
    assert stamp(MOMENT) == '<time datetime="2026-11-16T07:40:00Z">16 November 2026, 07:40 UTC</time>'


def test_short_stamp_is_for_lists():
    assert short_stamp(MOMENT) == '<time datetime="2026-11-16T07:40:00Z">16 Nov 2026, 07:40</time>'


def test_day_takes_a_moment_and_a_date():
    late = datetime(2026, 11, 17, 0, 30, tzinfo=timezone(timedelta(hours=1)))

    assert day(late) == '<time datetime="2026-11-16T23:30:00Z">16 November 2026</time>'
    assert day(date(2026, 11, 16)) == '<time datetime="2026-11-16">16 November 2026</time>'
    assert day(datetime(2026, 11, 16, tzinfo=UTC)).endswith(">16 November 2026</time>")
