"""Django's backend for PostgreSQL, which asks a kept connection by its socket whether it is alive.

Django sends `SELECT 1` before the first statement of each request: a round trip of its own, for something that the
operating system knows. A server that ended a connection has said so, and what it said waits to be read.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
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
