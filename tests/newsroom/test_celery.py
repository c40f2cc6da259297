"""Celery on our own PostgreSQL, with real workers in processes of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from celery.beat import Scheduler
from celery.schedules import crontab
from django.db import connection

from articles import revisions
from articles.models import Article, Heartbeat, TaggingRun
from newsroom import broker, celery
from newsroom.celery import app
from tests.services import CeleryWorker, wait_until

ROUNDS = (
    "articles.sweep",
    "partners.remind_of_kills",
    "partners.sweep_webhooks",
    "partners.tell_of_disabled_webhooks",
    "wire.ask_for_due",
)
BODY = "<p>China and Russia held talks in Beijing. “We will deepen cooperation,” the Chinese ministry said.</p>"


def write_stories(count: int) -> list[Article]:
    return [revisions.create_article(by=None, headline=f"Talks, part {number}", body=BODY) for number in range(count)]


def finished() -> int:
    return TaggingRun.objects.filter(status=TaggingRun.Status.FINISHED).count()


def waiting_messages() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pgmq.q_default")
        return int(cursor.fetchone()[0])


def test_configuration_loses_no_task() -> None:
    names = (
        "task_acks_late",
        "task_reject_on_worker_lost",
        "worker_prefetch_multiplier",
        "task_ignore_result",
    )

    assert {name: app.conf[name] for name in names} == {
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_ignore_result": True,
    }


def test_configuration_hides_a_message_longer_than_its_task_may_run() -> None:
    assert celery.SOFT_TIME_LIMIT < celery.TASK_TIME_LIMIT < celery.VISIBILITY_TIMEOUT


def test_configuration_takes_json_only() -> None:
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])


def test_configuration_names_this_database_as_the_broker() -> None:
    assert app.conf.broker_url == broker.url_for(connection.settings_dict)


def test_only_consumers_listen_for_notifications() -> None:
    reader, writer = app.connection_for_read(), app.connection_for_write()

    assert (reader.transport_options.get("use_notify"), writer.transport_options.get("use_notify")) == (
        True,
        None,
    )


def test_timetable_sweeps_every_twenty_seconds_reminds_every_minute_and_counts_terms_at_night() -> None:
    entries = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}

    app.loader.import_default_modules()
    assert entries == {
        "articles.sweep": 20,
        "partners.remind_of_kills": 60,
        "partners.sweep_webhooks": 5,
        "partners.tell_of_disabled_webhooks": 60,
        "wire.ask_for_due": 15,
        "accounts.forget": crontab(minute=23),
        "wire.forget_old_items": crontab(minute=41),
        "articles.refresh_related_news": crontab(hour=3, minute=17),
    }
    assert set(entries) <= set(app.tasks)


def test_clock_that_starts_asks_for_its_rounds_at_once() -> None:
    schedule = Scheduler(app=app).schedule

    due = {entry.task for entry in schedule.values() if entry.is_due().is_due}
    assert due == set(ROUNDS)


def test_worker_that_is_told_of_no_queue_takes_what_the_clock_asks_for() -> None:
    assert set(app.amqp.queues.consume_from) == {"default", "clock"}
    assert app.amqp.router.route({}, "articles.sweep")["queue"].name == "clock"


@pytest.mark.django_db(transaction=True)
def test_clock_does_not_wait_behind_stories_that_are_to_be_read(tmp_path: Path) -> None:
    broker.purge(connection)
    Heartbeat.objects.all().delete()
    for _ in range(1_500):
        app.send_task("articles.tag_revision", args=[0])
    app.send_task("articles.sweep")
    worker = CeleryWorker(tmp_path / "worker.log").start()

    try:
        wait_until(lambda: Heartbeat.last(Heartbeat.SWEEP) is not None, what="the clock goes its round")
        assert waiting_messages() > 500
    finally:
        worker.kill()
        broker.purge(connection)


@pytest.mark.django_db(transaction=True)
def test_saving_a_story_has_it_tagged_by_the_worker(celery_worker_process: CeleryWorker) -> None:
    write_stories(1)

    wait_until(lambda: finished() == 1, what="the story is tagged")
    wait_until(lambda: waiting_messages() == 0, what="the message is acknowledged")


@pytest.mark.django_db(transaction=True)
def test_killed_worker_loses_none_of_twenty_tasks(tmp_path: Path) -> None:
    broker.purge(connection)
    write_stories(20)
    worker = CeleryWorker(tmp_path / "worker.log", TASK_TIME_LIMIT="8").start()
    try:
        wait_until(lambda: finished() >= 3, what="some stories are tagged")
        worker.kill()
        assert finished() < 20

        worker.start()
        wait_until(lambda: finished() == 20, what="every story is tagged", seconds=60)
        wait_until(lambda: waiting_messages() == 0, what="every message is acknowledged", seconds=60)
    finally:
        worker.stop()

    assert TaggingRun.objects.exclude(status=TaggingRun.Status.FINISHED).count() == 0


@pytest.mark.django_db(transaction=True)
def test_stopped_worker_finishes_its_task(celery_worker_process: CeleryWorker) -> None:
    write_stories(6)
    wait_until(lambda: finished() >= 1, what="the worker is at work")

    celery_worker_process.stop()

    assert TaggingRun.objects.filter(status=TaggingRun.Status.RUNNING).count() == 0


@pytest.mark.django_db(transaction=True)
def test_redis_serves_as_broker_too(redis_server: str, tmp_path: Path) -> None:
    story = write_stories(1)[0]
    broker.purge(connection)
    worker = CeleryWorker(tmp_path / "worker.log", CELERY_BROKER_URL=redis_server).start()

    try:
        with app.connection_for_write(redis_server, transport_options={}) as over_redis:
            app.send_task("articles.tag_revision", args=[story.revision_id], connection=over_redis)
        wait_until(lambda: finished() == 1, what="the story is tagged over Redis")
    finally:
        worker.stop()
