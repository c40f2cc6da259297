"""What a worker reads before it makes its processes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from celery.concurrency import get_implementation
from django.db import OperationalError

from articles import desk_gazetteer
from articles.desk_gazetteer import DeskGazetteer
from articles.tagging import Gazetteer
from articles.tagging.placing import geography
from articles.tagging.vocabulary import given_names
from newsroom import broker, forking, worker_memory


def worker(pool: object = "prefork", queues: tuple[str, ...] = (broker.QUEUE, broker.CLOCK_QUEUE)) -> SimpleNamespace:
    return SimpleNamespace(pool_cls=pool, app=SimpleNamespace(amqp=SimpleNamespace(queues=dict.fromkeys(queues))))


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, in order; nothing of this process is frozen or closed."""
    order: list[str] = []
    empty = DeskGazetteer(version=1, compiled=Gazetteer.compile([]), primary_keys={})
    monkeypatch.setattr(desk_gazetteer, "current", lambda: order.append("read") or empty)
    monkeypatch.setattr("django.db.connections.close_all", lambda: order.append("closed"))
    monkeypatch.setattr(forking.gc, "freeze", lambda: order.append("frozen"))
    monkeypatch.setattr(forking, "_give_back", lambda: order.append("given back"))
    return order


@pytest.mark.parametrize("pool", ["prefork", get_implementation("prefork")])
def test_the_gazetteer_is_read_and_no_connection_handed_on(done, pool):
    worker_memory._read_beforehand(worker(pool))

    assert done == ["read", "closed", "given back", "frozen"]


@pytest.mark.usefixtures("done")
def test_places_and_given_names_are_read_as_well():
    for read in (geography._shipped, given_names._pronouns):
        read.cache_clear()

    worker_memory._read_beforehand(worker())

    assert geography._shipped.cache_info().currsize == 1
    assert given_names._pronouns.cache_info().currsize == 1


@pytest.mark.parametrize(
    "other", [worker("threads"), worker(get_implementation("threads")), worker(queues=("webhooks", "removals"))]
)
def test_a_worker_without_stories_or_without_processes_reads_nothing(done, other):
    worker_memory._read_beforehand(other)

    assert done == []


def test_a_worker_starts_though_the_database_does_not_answer(done, monkeypatch, caplog):
    def fail() -> None:
        raise OperationalError("the server is starting")

    monkeypatch.setattr(desk_gazetteer, "current", fail)

    worker_memory._read_beforehand(worker())

    assert done == ["closed", "given back", "frozen"]
    assert "read with the first story: the server is starting" in caplog.text
