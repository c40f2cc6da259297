"""Kombu's transports, except that a lost word to the broker does not silence a worker.

A worker has a credit for each message that it may have in hand, and gets it back when it acknowledges the message;
kombu gives it back only after the broker has heard so. Where the broker died while a task ran, nobody heard, and the
credit was gone for as long as the worker lived. Without credit a worker asks for nothing, does not connect anew, and
says nothing; one that does a task at a time has a single credit to lose.

Here the credit comes back in any case. The message is still the broker's, who gives it out again after the visibility
timeout: every task may run twice.
"""

from __future__ import annotations

from kombu.transport import TRANSPORT_ALIASES

# By the scheme of the broker's URL. As text: each is imported only by a process that talks to such a broker.
OURS = {
    "redis": "newsroom.transports.redis:RedisTransport",
    "rediss": "newsroom.transports.redis:RedisTransport",
    "pgmq": "newsroom.transports.pgmq:PgmqTransport",
}


def connect() -> None:
    """Have kombu find ours. Those of other schemes stay as they are."""
    TRANSPORT_ALIASES.update(OURS)
