"""Django's backend for PostgreSQL, which asks a kept connection by its socket whether it is alive, waits for no server
that has vanished, and has statements run as they are.

Django sends `SELECT 1` before the first statement of each request: a round trip of its own, for something that the
operating system knows. A server that ended a connection has said so, and what it said waits to be read.

A machine that lost its power, or a network that swallows everything, says nothing at all. By the defaults of Linux, a
connection would be tried for two minutes, a statement waited for a quarter of an hour, an answer for two hours.

PostgreSQL makes machine code of what it takes for a long statement, which takes it longer than any of ours: it expects
more rows than there are where a list is short.
"""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus

# Parameters of libpq; what DATABASE_URL says of one counts more.
PATIENCE = {
    "connect_timeout": 10,  # seconds
    # A server that is silent, but lives, answers these by its kernel: long statements are not cut short.
    "keepalives_idle": 30,  # seconds
    "keepalives_interval": 10,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return PATIENCE | super().get_connection_params()

    def init_connection_state(self) -> None:
        """As Django's, and without machine code."""
        super().init_connection_state()
        if self.connection is not None:
            self.connection.execute("SET jit = off")
            if not self.get_autocommit():
                self.connection.commit()

    def is_usable(self) -> bool:
        """Whether the next statement may go this way. Asks the server only where it has something to say."""
        if self.connection is None or self.connection.pgconn.status != ConnStatus.OK:
            return False
        if self.connection.pgconn.transaction_status == TransactionStatus.INERROR:
            return False
        return not _has_something_to_read(self.connection.fileno()) or super().is_usable()


def _has_something_to_read(descriptor: int) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(waiting.poll(0))
