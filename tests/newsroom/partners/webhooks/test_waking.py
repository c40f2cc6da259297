"""Who sends webhooks is woken by what became public, and runs apart from the tagger."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection

from newsroom import broker
from newsroom.celery import app
from newsroom.desk import sender_service, worker_service
from newsroom.partners.models import WebhookEndpoint
from newsroom.partners.webhooks.endpoints import make_endpoint
from tests.services import CeleryWorker, wait_until


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, *args, **kwargs: names.append(name))
    return names


@pytest.mark.django_db
def test_whatever_becomes_public_wakes_the_senders_once_it_is(desk, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        article = desk.live()
    before = [name for name in sent if name.startswith("partners.")]
    for callback in waiting:
        callback()
    with django_capture_on_commit_callbacks(execute=True):
        desk.kill(article)

    assert before == []
    assert [name for name in sent if name.startswith("partners.")] == ["partners.dispatch_webhooks"] * 2


def test_what_is_sent_to_partners_is_routed_apart_from_the_tagger():
    app.loader.import_default_modules()
    names = [name for name in app.tasks if "webhook" in name and name != "partners.tell_of_disabled_webhooks"]

    queues = {name: app.amqp.router.route({}, name)["queue"].name for name in names}

    assert queues == {
        "partners.dispatch_webhooks": "removals",
        "partners.sweep_webhooks": "removals",
        "partners.send_webhook_removals": "removals",
        "partners.challenge_webhook": "webhooks",
        "partners.send_webhook_upserts": "webhooks",
    }
    assert "--queues=removals,webhooks" in sender_service().command
    assert not any("--queues" in part for part in worker_service().command)


class Sender(CeleryWorker):
    """The desk's sender, in a process of its own."""

    def start(self) -> Sender:
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                sender_service().command,
                cwd=broker_root(),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self.is_ready, what=f"the sender says that it is ready, in {self.log}")
        return self


def broker_root() -> Path:
    return Path(broker.__file__).resolve().parent.parent


@pytest.fixture
def sender(transactional_db: None, tmp_path: Path) -> Iterator[Sender]:
    broker.purge(connection)
    sender = Sender(tmp_path / "sender.log", WEBHOOK_LOOPBACK="true", WEBHOOK_RETRY_SCALE="0.001").start()
    yield sender
    sender.stop()


@pytest.mark.django_db(transaction=True)
def test_a_publication_reaches_a_partner_through_the_senders_and_a_killed_one_loses_nothing(
    desk, keys, receiver, sender
):
    """Everything is real: commits, messages, the worker, connections. A third of the messages is refused."""
    make_endpoint(keys.make()[0], url=receiver.url())
    wait_until(lambda: WebhookEndpoint.objects.get().is_active, what="the endpoint has answered its challenge")
    receiver.decide = lambda received: 500 if len(receiver.received) % 3 == 0 else 204
    stories = [desk.live(f"Story {number}") for number in range(6)]
    wait_until(lambda: len(receiver.received) >= 2, what="two messages have come")

    sender.kill()
    desk.kill(stories[0])
    sender.start()

    def is_told() -> bool:
        # What beat does every five seconds.
        current_app.send_task("partners.sweep_webhooks")
        return set(range(1, 8)) <= set(receiver.sequences)

    wait_until(is_told, what="every change has come", seconds=120)
    kill = next(received for received in receiver.received if received.data["reason"] == "killed")
    assert (kill.data["sequence"], kill.data["must_purge"]) == (7, True)
