"""The queue in the database: a lost word to it costs a consumer nothing, either."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.db import connection
from kombu import Queue
from kombu.message import Message

from newsroom import broker
from newsroom.celery import app


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tell", [lambda message: message.ack(), lambda message: message.requeue()])
def test_lost_word_costs_no_credit(tell: Callable[[Message], None], monkeypatch: pytest.MonkeyPatch) -> None:
    broker.purge(connection)
    app.send_task("articles.tag_revision", args=[0])
    taken: list[Message] = []

    def is_lost(*told: object) -> None:
        raise psycopg.OperationalError("the connection is lost")

    with app.connection_for_read() as asked, asked.channel() as channel:
        channel.basic_qos(0, 1, False)
        with asked.Consumer([Queue(broker.QUEUE)], channel=channel, on_message=taken.append):
            asked.drain_events(timeout=10)
            assert not channel.qos.can_consume()

            for word in ("delete", "set_vt"):
                monkeypatch.setattr(channel.pgmq, word, is_lost)
            with pytest.raises(psycopg.OperationalError):
                tell(taken[0])

            assert channel.qos.can_consume()
    broker.purge(connection)
