from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Representation
from articles.newest_matches import Matches, holding, newest_matches, newest_numbers
from articles.search import asked_by, asked_in_typing

pytestmark = pytest.mark.django_db

NEWEST = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def archive(desk):
    """Ten stories, one every fifty days; each other one tells of a submarine."""

    def number_of(place: int) -> int:
        story = desk.live(f"{'Submarine' if place % 2 == 0 else 'Frigate'} {place}")
        shown = Representation.objects.filter(article=story)
        shown.update(published_at=NEWEST - timedelta(days=50 * place))
        return story.pk

    return [number_of(place) for place in range(10)]


def stories():
    return Representation.objects.filter(status=Representation.Status.LIVE)


def test_the_newest_are_found_in_their_order(archive):
    asked = asked_by("submarines")

    assert newest_matches(stories(), asked, most=10).newest == archive[::2]
    assert newest_matches(stories(), asked, most=2).newest == archive[:4:2]
    assert newest_matches(stories(), asked, most=2).is_capped
    assert not newest_matches(stories(), asked, most=5).is_capped


def test_places_before_a_moment_are_found_from_there_on(archive):
    earlier = stories().filter(published_at__lt=NEWEST - timedelta(days=175))

    found = newest_numbers(earlier, asked_by("submarine"), 2, before=NEWEST - timedelta(days=175))

    assert found == [archive[4], archive[6]]


def test_enough_new_stories_leave_the_old_ones_unasked(archive):
    """One statement, which names the newest days, where they hold enough; else all stories are asked."""
    for most, statements in ((1, 1), (10, 3)):
        with CaptureQueriesContext(connection) as asked:
            newest_numbers(stories(), asked_by("submarine"), most)
        assert sum("matches AS MATERIALIZED" in query["sql"] for query in asked.captured_queries) == statements


def test_words_are_found_by_the_index(archive):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")

    assert "representations_words_by_days" in holding(stories(), asked_by("submarine")).explain()


@pytest.mark.parametrize("text", ["the", "", "-submarine", "'", "& | !"])
def test_what_asks_for_nothing_finds_nothing(archive, text):
    assert newest_matches(stories(), asked_by(text), most=5) == Matches([], is_capped=False)


def test_words_in_the_typing_are_beginnings(archive):
    assert newest_matches(stories(), asked_in_typing(["sub"]), most=2).newest == archive[:4:2]
    assert newest_matches(stories(), asked_in_typing(["frig", "3"]), most=2).newest == [archive[3]]
