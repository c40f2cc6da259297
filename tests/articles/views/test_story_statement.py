from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import Subquery
from django.utils import timezone

from articles.models import Representation
from articles.views import story_statement
from articles.views.story_statement import story_at


@pytest.fixture(autouse=True)
def unwritten():
    """Whatever a test puts into the statement is gone with it."""
    story_statement._statement.cache_clear()
    story_statement._joined.cache_clear()
    yield
    story_statement._statement.cache_clear()
    story_statement._joined.cache_clear()


def test_statement_is_written_once_and_asks_for_each_path(desk):
    one, two = desk.live("One").representation, desk.live("Two").representation

    assert [story_at(story.path).headline for story in (one, two, one)] == ["One", "Two", "One"]
    assert story_statement._statement.cache_info().misses == 1
    assert story_at("2026/11/never-written") is None


def test_now_moves_on_in_the_statement(monkeypatch):
    then = datetime(2026, 11, 3, tzinfo=UTC)

    assert story_statement._of_now(timezone.now(), "path", then) == then
    assert story_statement._of_now(story_statement.PLACE, "2026/11/one", then) == "2026/11/one"
    assert story_statement._of_now("live", "2026/11/one", then) == "live"


def test_another_moment_than_now_is_refused(db, monkeypatch):
    long_ago = timezone.now() - timedelta(days=7)
    recent = Representation.objects.filter(published_at__gt=long_ago).values("pk")[:1]
    monkeypatch.setattr(story_statement, "beside_story", lambda: {"recent": Subquery(recent)})

    with pytest.raises(ValueError, match="never move on"), time_machine.travel(timezone.now()):
        story_at("2026/11/one")
