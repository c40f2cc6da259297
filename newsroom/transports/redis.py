from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from kombu.transport import redis

from newsroom.task_logs import SENT_AT
from newsroom.transports.credit import credit_given_back


class RedisChannel(redis.Channel):
    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        with credit_given_back(self, delivery_tag):
            super().basic_ack(delivery_tag, multiple=multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        with credit_given_back(self, delivery_tag):
            super().basic_reject(delivery_tag, requeue=requeue)

    def age_of_oldest(self, queue: str) -> timedelta | None:
        """Of the messages that wait: how long ago the first of them was sent; nothing where none does, None where it
        does not say. What a worker has in hand stands in no list and is left out."""
        ends = list(self._ends(queue))
        sent = [json.loads(message)["headers"].get(SENT_AT) for message in ends]
        if not all(sent):
            return None
        now = datetime.now(UTC)
        return max((now - datetime.fromisoformat(at) for at in sent), default=timedelta(0))

    def _ends(self, queue: str) -> Iterator[bytes]:
        """The next message of each list: kombu has one for each step of priority, puts in at the left and takes at the
        right. One that a lost worker held comes back at the right; one that is given back unread goes to the left, and
        tells its age when it is next again."""
        with self.conn_or_acquire() as client:
            for step in self.priority_steps:
                message = client.lindex(self._q_for_pri(queue, step), -1)
                if message is not None:
                    yield message


class RedisTransport(redis.Transport):
    Channel = RedisChannel
