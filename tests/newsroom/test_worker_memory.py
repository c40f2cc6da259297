"""What a worker reads before it makes its processes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from celery.concurrency import get_implementation
from django.db import OperationalError

from articles import desk_gazetteer
from newsroom import broker, worker_memory


def worker(pool: object = "prefork", queues: tuple[str, ...] = (broker.QUEUE, broker.CLOCK_QUEUE)) -> SimpleNamespace:
    return SimpleNamespace(pool_cls=pool, app=SimpleNamespace(amqp=SimpleNamespace(queues=dict.fromkeys(queues))))


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, in order; nothing of this process is frozen or closed."""
    order: list[str] = []
    monkeypatch.setattr(desk_gazetteer, "current", lambda: order.append("read"))
    monkeypatch.setattr("django.db.connections.close_all", lambda: order.append("closed"))
    monkeypatch.setattr(worker_memory.gc, "freeze", lambda: order.append("frozen"))
    return order


@pytest.mark.parametrize("pool", ["prefork", get_implementation("prefork")])
def test_the_gazetteer_is_read_and_no_connection_handed_on(done, pool):
    worker_memory._read_beforehand(worker(pool))

    assert done == ["read", "closed", "frozen"]


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

    assert done == ["closed", "frozen"]
    assert "read with the first story: the server is starting" in caplog.text
