from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from articles import proposing, sweeping, tasks
from articles.models import Heartbeat, Representation, TaggingRun
from newsroom import celery

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
    proposing.suggest(finished.revision_id)
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


@pytest.mark.django_db(transaction=True)
def test_round_is_begun_anew_where_the_database_goes_away(monkeypatch, sent):
    rounds = []

    def ends_its_connection_at_first():
        rounds.append("round")
        if len(rounds) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(sweeping, "publish_what_is_due", ends_its_connection_at_first)
    monkeypatch.setattr(sweeping, "PAUSE", 0)

    tasks.sweep()

    assert len(rounds) == 2
    assert sweeping.is_clock_running()


@pytest.mark.django_db(transaction=True)
def test_round_without_a_database_gives_up_before_the_next_one(monkeypatch):
    asked = []

    def finds_none():
        asked.append("asked")
        connection.close()
        raise OperationalError("connection refused")

    monkeypatch.setattr(sweeping, "publish_what_is_due", finds_none)
    monkeypatch.setattr(sweeping, "PATIENCE", 0.05)
    monkeypatch.setattr(sweeping, "PAUSE", 0.02)

    with pytest.raises(OperationalError):
        tasks.sweep()

    assert len(asked) > 1


def test_round_is_not_repeated_for_another_reason(db, monkeypatch):
    asked = []

    def is_refused():
        asked.append("asked")
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(sweeping, "publish_what_is_due", is_refused)

    with pytest.raises(OperationalError):
        tasks.sweep()

    assert asked == ["asked"]


def test_patience_ends_before_the_next_round():
    assert sweeping.PATIENCE < celery.SWEEP_SECONDS
