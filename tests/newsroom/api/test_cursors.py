from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import Q

from articles.api import snapshot
from articles.models import Representation
from newsroom.api import pagination
from newsroom.api.cursors import BadCursor, open_values, read_cursor, rows_after, write_cursor

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


def test_values_of_a_cursor_are_known_by_marks_of_their_types():
    opened = open_values(Representation, KEYS, [NOON.isoformat(), 7])

    assert list(opened.values()) == [NOON, 7]
    assert [type(mark) for mark in opened] == [datetime, int]
    assert not set(opened) & set(opened.values())


def test_keys_that_are_no_columns_have_no_marks():
    assert open_values(Representation, ("-score", "-article_id"), [0.5, 7]) == {}


def test_every_further_page_begins_where_its_own_cursor_says(desk, client, monkeypatch):
    monkeypatch.setattr(pagination, "PAGE_SIZE", 2)
    snapshot._WRITTEN.clear()
    stories = [desk.live(f"Story {number}") for number in range(7)]

    def page(cursor):
        return client.get("/api/v1/articles", {"cursor": cursor} if cursor else {}).json()

    walked, cursor = [], ""
    while cursor is not None:
        found = page(cursor)
        walked += [item["headline"] for item in found["items"]]
        cursor = found["next_cursor"]

    assert walked == [story.headline for story in reversed(stories)]
    assert len(snapshot._WRITTEN) == 2
