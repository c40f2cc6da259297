"""The queue of the embedded desk: pgmq, a message queue in plain SQL inside our own PostgreSQL.

A worker killed with SIGKILL loses nothing: its messages become visible again after the visibility timeout.
Production may name Redis or RabbitMQ in CELERY_BROKER_URL: that one is asked here whether it answers, and what waits.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from celery import current_app
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from kombu import Connection
from pgmq.install import get_embedded_install_sql, get_embedded_sql_version

QUEUE = "default"
# What the clock asks for must not wait behind ten thousand stories that are to be read.
CLOCK_QUEUE = "clock"
# What sends webhooks (newsroom/celery.py), removals before stories.
SENDER_QUEUES = ("removals", "webhooks")
WORKER_QUEUES = (QUEUE, CLOCK_QUEUE)
QUEUES = (*WORKER_QUEUES, *SENDER_QUEUES)
SCHEME = "pgmq://"
# Two processes may install at once; any number will do that nobody else locks.
INSTALL_LOCK = 5_112_026


class QueueVersionError(Exception):
    """The database holds a queue of another version than the installed package's."""


def is_ours(url: str = "") -> bool:
    """Whether the broker of a URL, without one the broker in use, is the queue of this module."""
    return (url or str(current_app.conf.broker_url)).startswith(SCHEME)


def url_for(database: dict[str, Any]) -> str:
    """The broker's URL for a database of Django's settings."""
    user, password, name = (quote(str(database[part]), safe="") for part in ("USER", "PASSWORD", "NAME"))
    # A folder of sockets stands among the options, and libpq reads its strokes in a URL written so.
    host = quote(str(database["HOST"] or database.get("OPTIONS", {}).get("host") or "localhost"), safe=",")
    return f"{SCHEME}{user}:{password}@{host}:{database['PORT'] or 5432}/{name}"


def transport_options(url: str, *, visibility_timeout: int) -> dict[str, Any]:
    """Options of Kombu's pgmq transport; `visibility_timeout` in seconds. Empty for another broker."""
    if not is_ours(url):
        return {}
    return {
        # Without it the pgmq client prefers the variable DATABASE_URL to the broker's URL.
        "conn_string": url.replace(SCHEME, "postgresql://", 1),
        "init_extension": False,
        "visibility_timeout": visibility_timeout,
        # Ask and return at once: the wait is for a notification, not a poll held open in the server.
        "wait_time_seconds": 0,
        "notify_throttle_interval_ms": 0,
        "pool_size": 4,
        "pool_timeout": 10,
    }


def install(connection: BaseDatabaseWrapper) -> bool:
    """Installs the queue's SQL into the schema pgmq, once. True when it was not there before."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INSTALL_LOCK])
        installed = installed_version(cursor)
        if installed is None:
            cursor.execute(get_embedded_install_sql())
            cursor.execute(f"COMMENT ON SCHEMA pgmq IS 'pgmq {get_embedded_sql_version()}'")
        elif installed != get_embedded_sql_version():
            raise QueueVersionError(
                f"The schema pgmq holds version {installed}, the installed package "
                f"{get_embedded_sql_version()}. Stop the workers, DROP SCHEMA pgmq CASCADE, and run "
                "`manage.py install_queue` again: the sweeper sends anew whatever was waiting."
            )
        for queue in QUEUES:
            cursor.execute("SELECT pgmq.create(%s)", [queue])
    return installed is None


def installed_version(cursor: Any) -> str | None:
    cursor.execute("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'pgmq'")
    row = cursor.fetchone()
    return None if row is None else str(row[0] or "unknown").removeprefix("pgmq ")


def purge(connection: BaseDatabaseWrapper) -> int:
    """Throws away every waiting message; returns how many."""
    thrown = 0
    with connection.cursor() as cursor:
        for queue in QUEUES:
            cursor.execute("SELECT pgmq.purge_queue(%s)", [queue])
            thrown += int(cursor.fetchone()[0])
    return thrown


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many messages wait or are under way, and how long the oldest has: nothing where none does, None where the
    broker does not tell."""

    length: int
    oldest: timedelta | None


_has_been_there = False
# What is delayed on purpose does not wait yet.
_STATES = " UNION ALL ".join(
    f"""
SELECT '{queue}', count(*), coalesce(clock_timestamp() - min(enqueued_at), '0') FROM pgmq.q_{queue}
WHERE vt <= clock_timestamp() OR read_ct > 0
"""  # noqa: S608
    for queue in QUEUES
)
_ARE_THERE = "SELECT bool_and(to_regclass('pgmq.q_' || queue) IS NOT NULL) FROM unnest(%s::text[]) AS queue"
# Seconds in which another broker has to answer.
PATIENCE = 3


def is_reachable() -> bool:
    """Whether tasks can be sent: the queues are installed, or the other broker answers."""
    if is_ours():
        # Asked anew each time: a restore may have been cut short before it brought the queue.
        with connection.cursor() as cursor:
            return _look(cursor)
    try:
        with current_app.connection_for_write(connect_timeout=PATIENCE) as asked:
            asked.ensure_connection(max_retries=1, timeout=PATIENCE)
            # Redis is not talked to before somebody opens a channel.
            asked.default_channel.close()
    except Exception:
        # Each transport has errors of its own; whatever they are, nothing can be sent.
        return False
    return True


def states_of_queues() -> dict[str, QueueState]:
    """Of every queue by its name; without a broker that answers, nothing."""
    if is_ours():
        return _states_of_ours()
    try:
        with current_app.connection_for_read(connect_timeout=PATIENCE) as asked:
            asked.ensure_connection(max_retries=1, timeout=PATIENCE)
            return {queue: _state(asked, queue) for queue in QUEUES}
    except Exception:
        return {}


def state_of_workers_queues() -> QueueState | None:
    """Of what the worker takes from, together; None where another broker is used, or the queues are not installed."""
    states = _states_of_ours() if is_ours() else {}
    if not states:
        return None
    own = [states[queue] for queue in WORKER_QUEUES]
    return QueueState(sum(state.length for state in own), max(state.oldest or timedelta(0) for state in own))


def _states_of_ours() -> dict[str, QueueState]:
    with connection.cursor() as cursor:
        if not _are_there(cursor):
            return {}
        cursor.execute(_STATES)
        return {queue: QueueState(length, oldest) for queue, length, oldest in cursor.fetchall()}


def _state(asked: Connection, queue: str) -> QueueState:
    with asked.channel() as channel:
        # Only ours for Redis has it (newsroom/transports/redis.py).
        age_of_oldest = getattr(channel, "age_of_oldest", lambda queue: None)
        try:
            length = int(channel.queue_declare(queue=queue, passive=True).message_count)
        except asked.channel_errors:
            # Nobody has used it yet.
            length = 0
        return QueueState(length, age_of_oldest(queue))


def _are_there(cursor: Any) -> bool:
    """Asked until they are: nothing takes the queues away from a running desk."""
    global _has_been_there
    _has_been_there = _has_been_there or _look(cursor)
    return _has_been_there


def _look(cursor: Any) -> bool:
    cursor.execute(_ARE_THERE, [list(QUEUES)])
    return bool(cursor.fetchone()[0])
