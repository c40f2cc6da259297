from __future__ import annotations

from kombu.transport import pgmq

from newsroom.transports.credit import credit_given_back


class PgmqChannel(pgmq.Channel):
    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        with credit_given_back(self, delivery_tag):
            super().basic_ack(delivery_tag, multiple=multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        with credit_given_back(self, delivery_tag):
            super().basic_reject(delivery_tag, requeue=requeue)


class PgmqTransport(pgmq.Transport):
    Channel = PgmqChannel
