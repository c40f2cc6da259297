from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import Q

from newsroom.api.cursors import BadCursor, read_cursor, rows_after, write_cursor

KEYS = ("-published_at", "-article_id")
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def test_read_gives_back_what_was_written():
    cursor = write_cursor([NOON, 7], query="abc")

    assert read_cursor(cursor, KEYS, query="abc") == ["2026-11-23T12:00:00.123456+00:00", 7]


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: "x" + text, lambda text: "", lambda text: "é"])
def test_read_refuses_what_was_changed(spoil):
    with pytest.raises(BadCursor, match="broken"):
        read_cursor(spoil(write_cursor([NOON, 7], query="abc")), KEYS, query="abc")


def test_read_refuses_the_cursor_of_another_query():
    with pytest.raises(BadCursor, match="another query"):
        read_cursor(write_cursor([NOON, 7], query="abc"), KEYS, query="abd")


def test_rows_after_bounds_the_first_key_by_itself():
    assert rows_after(("-a", "b"), [1, 2]) == Q(a__lte=1) & (Q(a__lt=1) | Q(a=1, b__gt=2))
