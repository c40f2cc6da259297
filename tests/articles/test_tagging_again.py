"""Letting the tagger try again."""

from __future__ import annotations

import pytest
from django.utils import timezone

from articles.models import TaggingRun
from articles.states import NotAllowed, WrongState
from articles.tagging_again import run_again


@pytest.fixture
def given_up(desk):
    article = desk.draft("Unreadable")
    TaggingRun.objects.create(
        revision=article.revision, status="failed", attempts=5, failures=5, error="Boom.", started_at=timezone.now()
    )
    return article


def test_run_again_begins_with_all_its_attempts(
    desk, given_up, journalist, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    sent = []
    monkeypatch.setattr("articles.tagging_again.current_app.send_task", lambda name, args: sent.append((name, args)))

    with django_capture_on_commit_callbacks(execute=True):
        run_again(given_up, by=journalist)

    run = TaggingRun.objects.get()
    assert (run.status, run.attempts, run.failures) == ("running", 0, 0)
    assert sent == [("articles.tag_revision", [given_up.revision_id])]
    assert given_up.transitions.first().verb == "run_again"


def test_run_again_is_refused_to_others(given_up, colleague) -> None:
    with pytest.raises(NotAllowed):
        run_again(given_up, by=colleague)


def test_run_again_is_refused_where_the_tagger_has_not_given_up(desk, given_up, editor) -> None:
    run_again(given_up, by=editor)

    with pytest.raises(WrongState, match="has not given up"):
        run_again(given_up, by=editor)
