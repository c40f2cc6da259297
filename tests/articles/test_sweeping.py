from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import suggestions, sweeping
from articles.models import Heartbeat, Representation, TaggingRun

SOON = timedelta(minutes=5)


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    """The revisions for which a task was sent."""
    revisions: list[int] = []
    monkeypatch.setattr(
        sweeping.current_app,
        "send_task",
        lambda name, args: revisions.append(args[0]) if "tag" in name else None,
    )
    return revisions


def test_sweep_finds_a_revision_that_no_message_came_for(desk, sent):
    article = desk.draft()

    with time_machine.travel(timezone.now() + SOON):
        sweeping.sweep()

    assert sent == [article.revision_id]


def test_sweep_leaves_a_fresh_revision_to_its_own_message(desk, sent):
    desk.draft()

    sweeping.sweep()

    assert sent == []


def test_sweep_leaves_what_is_finished_failed_or_overtaken(desk, sent):
    finished, failed = desk.draft("Finished"), desk.draft("Failed")
    suggestions.suggest(finished.revision_id)
    TaggingRun.objects.create(revision=failed.revision, status="failed", started_at=timezone.now())
    changed = desk.draft("Changed")
    newest = desk.save(changed, headline="Changed again")

    with time_machine.travel(timezone.now() + SOON):
        sweeping.sweep()

    assert sent == [newest.revision_id]


def test_sweep_finds_a_run_that_was_cut_short(desk, sent):
    article = desk.draft()
    TaggingRun.objects.create(revision=article.revision, status="running", started_at=timezone.now())

    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        sweeping.sweep()
        under_way = list(sent)
    with time_machine.travel(timezone.now() + SOON):
        sweeping.sweep()

    assert (under_way, sent) == ([], [article.revision_id])


def test_sweep_leaves_a_heartbeat(db, sent):
    sweeping.sweep()

    assert Heartbeat.last(Heartbeat.SWEEP) is not None


def test_sweep_makes_up_for_pages_that_say_nothing_to_search_engines(desk, sent):
    article = desk.live()
    whole = Representation.objects.get().head
    Representation.objects.update(head="")

    sweeping.sweep()

    assert "application/ld+json" in whole
    assert Representation.objects.get().head == whole
    assert article.changes.count() == 1
