"""Addresses for machines: alive, ready, metrics."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from newsroom import broker, health

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_database(monkeypatch):
    """The server is away."""

    def refuse(*args, **options):
        raise OSError("connection refused for user desk with password hunter2")

    monkeypatch.setattr(health.connection, "cursor", refuse)


@pytest.fixture
def as_in_production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["newsroom.example"]


def test_healthz_answers_a_probe_by_number_without_https_and_asks_nobody(as_in_production, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/healthz", headers={"Host": "10.0.0.7:8000"})

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok\n", "no-store")
    assert answer.cookies == {}


def test_healthz_needs_no_database(without_database):
    assert Client().get("/healthz").status_code == 200


def test_readyz_says_that_all_is_well(as_in_production):
    answer = Client().get("/readyz", headers={"Host": "10.0.0.7"})

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "restore": "ok", "broker": "ok"},
    }
    assert answer["Cache-Control"] == "no-store"


def test_readyz_says_that_the_database_is_away_and_not_why(without_database, caplog):
    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"status": "unready", "checks": {"database": "failed"}})
    assert b"hunter2" not in answer.content
    assert caplog.records == []


def test_readyz_waits_for_migrations(monkeypatch):
    newer = health.newest_migrations() | {("articles", "9999_of_this_version")}
    monkeypatch.setattr(health, "newest_migrations", lambda: newer)

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, "failed")


def test_readyz_does_not_mind_migrations_of_the_next_version():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('articles', '9999_next', now())")

    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_readyz_of_an_empty_database(empty_database, on_database):
    with on_database(empty_database):
        answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["checks"]) == (
        503,
        {"database": "ok", "migrations": "failed", "restore": "ok", "broker": "failed"},
    )


def test_readyz_names_a_broker_that_is_away_unless_it_is_excluded(monkeypatch):
    monkeypatch.setitem(health.CHECKS, "broker", lambda: False)

    assert Client().get("/readyz").json()["checks"]["broker"] == "failed"
    excluded = Client().get("/readyz?exclude=broker")
    assert (excluded.status_code, "broker" in excluded.json()["checks"]) == (200, False)


@pytest.mark.parametrize("url", ["amqp://guest:guest@127.0.0.1:1//", "redis://127.0.0.1:1/0"])
def test_broker_that_nobody_runs_is_not_reachable(url, monkeypatch):
    from celery import Celery

    elsewhere = Celery(broker=url, set_as_current=False)
    monkeypatch.setattr(broker, "current_app", elsewhere)

    assert broker.is_reachable() is False
    assert broker.states_of_queues() == {}


def test_broker_redis_tells_how_much_waits_and_how_long(redis_server, monkeypatch):
    from celery import Celery

    elsewhere = Celery(broker=redis_server, set_as_current=False)
    elsewhere.conf.task_default_queue = broker.QUEUE
    monkeypatch.setattr(broker, "current_app", elsewhere)
    with time_machine.travel(timezone.now() - timedelta(minutes=10)):
        elsewhere.send_task("articles.sweep", queue="clock")
    elsewhere.send_task("articles.sweep", queue="clock")

    states = broker.states_of_queues()
    ages = {queue: state.oldest for queue, state in states.items()}
    assert broker.is_reachable() is True
    assert {queue: state.length for queue, state in states.items()} == dict.fromkeys(broker.QUEUES, 0) | {"clock": 2}
    assert timedelta(minutes=10) <= ages.pop("clock") < timedelta(minutes=12)
    assert set(ages.values()) == {timedelta(0)}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_is_only_read(path):
    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/x", "/metrics/"])
def test_health_leaves_other_addresses_alone(path):
    assert Client().get(path).status_code == 404


def test_metrics_are_for_this_machine_outside_of_production():
    assert Client().get("/metrics").status_code == 200
    assert Client().get("/metrics", REMOTE_ADDR="::1").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "10.0.0.9"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_metrics_are_not_there_for_others(asked, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/metrics", **asked)

    assert (answer.status_code, b"newsroom_" in answer.content) == (404, False)


def test_metrics_in_production_are_for_the_bearer_of_the_token_alone(settings):
    settings.PRODUCTION, settings.METRICS_TOKEN = True, ""
    without = Client().get("/metrics").status_code
    settings.METRICS_TOKEN = "a long word"

    assert without == 404
    assert Client().get("/metrics").status_code == 404
    assert Client(headers={"Authorization": "Bearer a long wort"}).get("/metrics").status_code == 404
    assert (
        Client(headers={"Authorization": "Bearer a long word"}).get("/metrics", REMOTE_ADDR="10.0.0.9").status_code
        == 200
    )
