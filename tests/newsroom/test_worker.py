"""How a worker is started: the names of ours, and what is refused."""

from __future__ import annotations

import socket

import pytest

from newsroom import worker


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What Celery's worker was made with; nothing is started."""
    seen: dict[str, object] = {}

    class Worker:
        exitcode = None

        def __init__(self, **options: object) -> None:
            seen.update(options)

        def start(self) -> None:
            seen["started"] = True

    monkeypatch.setattr(worker.app, "Worker", Worker)
    monkeypatch.setenv("CELERY_SKIP_CHECKS", "1")
    return seen


def test_a_worker_is_named_after_its_machine_and_works_in_processes(asked) -> None:
    assert worker.main(["--hostname=worker2@%h"]) == 0

    assert asked["hostname"] == f"worker2@{socket.gethostname()}"
    assert (asked["pool_cls"], asked["concurrency"], asked["queues"], asked["started"]) == ("prefork", 2, None, True)
    assert asked["without_gossip"] is asked["without_mingle"] is asked["without_heartbeat"] is True


def test_queues_are_taken_apart(asked) -> None:
    worker.main(["--queues=removals,webhooks", "--pool=threads", "--concurrency=12"])

    assert (asked["queues"], asked["pool_cls"], asked["concurrency"]) == (["removals", "webhooks"], "threads", 12)


@pytest.mark.parametrize("wrong", ["--pool=gevent", "--concurrency=many", "--colour=red"])
def test_what_a_worker_does_not_know_is_refused(asked, wrong, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        worker.main([wrong])

    assert (ended.value.code, asked) == (2, {})
    assert wrong.partition("=")[0] in capsys.readouterr().err
