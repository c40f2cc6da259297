"""What /metrics says: the state of the desk, read from the database when somebody asks.

So the numbers are right however many web processes run, and whichever of them is asked; nothing is counted in memory.
How many requests there were, and how long they took, the server in front counts, and the log has a line for each. A
group that cannot be read is left out and named in `newsroom_scrape_errors`: the others are said all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE

from articles.models import Heartbeat
from articles.sweeping import untagged_revision_ids
from newsroom import backups, broker
from newsroom.partners.standing import kills, standing_of, standings
from newsroom.wire.models import WireItem, WireSource

__all__ = ["CONTENT_TYPE", "exposition"]

logger = logging.getLogger(__name__)

KILLS_FOR = timedelta(days=7)
# Latencies are those of the last hour.
_TAGGED = """
SELECT count(*), coalesce(percentile_cont(ARRAY[0.5, 0.95, 1]) WITHIN GROUP (ORDER BY took), ARRAY[0, 0, 0]::float[])
FROM (
    SELECT extract(epoch FROM run.finished_at - revision.created_at)::float AS took
    FROM articles_taggingrun run JOIN articles_revision revision ON revision.id = run.revision_id
    WHERE run.status = 'finished' AND run.started_at > now() - interval '1 hour'
        AND revision.created_at > now() - interval '1 hour'
) newest
"""
_GIVEN_UP = """
SELECT count(*) FROM articles_taggingrun run JOIN articles_article story USING (revision_id) WHERE run.status = 'failed'
"""
_SCHEDULES = """
SELECT kind, count(*), coalesce(extract(epoch FROM now() - min(due))::float, 0) FROM (
    SELECT 'publish' AS kind, publish_at AS due FROM articles_article WHERE pub_state = 'scheduled'
    UNION ALL SELECT 'update', update_at FROM articles_article WHERE pub_state = 'live'
    UNION ALL SELECT 'withdraw', unpublish_at FROM articles_article WHERE pub_state = 'live'
) schedules WHERE due <= now() GROUP BY kind
"""
_DELIVERIES = """
SELECT CASE WHEN is_fast THEN 'removals' ELSE 'stories' END, count(*),
    coalesce(extract(epoch FROM now() - min(created_at))::float, 0)
FROM partners_webhookdelivery WHERE state = 'waiting' GROUP BY 1
"""
_DELIVERED = """
SELECT state, count(*), coalesce(max(extract(epoch FROM delivered_at - created_at))::float, 0)
FROM partners_webhookdelivery
WHERE created_at > now() - interval '1 hour' AND state <> 'waiting' GROUP BY state
"""
_ENDPOINTS = "SELECT state, count(*) FROM partners_webhookendpoint GROUP BY state"
_CHANGES = "SELECT sequence FROM articles_changecounter"
_BEATS = "SELECT name, extract(epoch FROM now() - at)::float FROM articles_heartbeat"
_CONNECTIONS = """
SELECT coalesce(state, 'unknown'), count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' GROUP BY 1
"""
_SIZE = "SELECT pg_database_size(current_database()), current_setting('max_connections')::int"


class DeskCollector:
    """Reads when it is collected."""

    def collect(self) -> Iterator[Metric]:
        errors = GaugeMetricFamily(
            "newsroom_scrape_errors", "Groups of metrics that could not be read.", labels=["group"]
        )
        for group in GROUPS:
            name = group.__name__.lstrip("_")
            try:
                with transaction.atomic():
                    read = list(group())
            except Exception as error:
                logger.warning("Metrics of %s cannot be read: %s", name, type(error).__name__)
                errors.add_metric([name], 1)
            else:
                errors.add_metric([name], 0)
                yield from read
        yield errors


# Our own: the library's default one tells of this process alone. Without a description nothing is read at import.
REGISTRY = CollectorRegistry(auto_describe=False)
REGISTRY.register(DeskCollector())


def exposition() -> bytes:
    return generate_latest(REGISTRY)


def _tagging() -> Iterator[Metric]:
    ((count, (median, most, longest)),) = _rows(_TAGGED)
    yield _labelled(
        "newsroom_tagging_latency_seconds",
        "From the save of a revision to the end of its run, of revisions saved in the last hour.",
        "quantile",
        {"0.5": median, "0.95": most, "1": longest},
    )
    yield _gauge("newsroom_tagged_revisions_last_hour", "Revisions saved and tagged in the last hour.", count)
    untagged = untagged_revision_ids(grace=timedelta(0), lease=timedelta(0)).values_list(
        "revision__created_at", flat=True
    )
    oldest = untagged.first()
    yield _gauge("newsroom_untagged_revisions", "Newest revisions without a finished run.", untagged.order_by().count())
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield _gauge("newsroom_untagged_oldest_seconds", "Since when the oldest of them waits.", age)
    yield _gauge("newsroom_tagging_given_up", "Stories whose newest revision the tagger has given up.", _one(_GIVEN_UP))


def _queues() -> Iterator[Metric]:
    states = broker.states_of_queues()
    lengths = {queue: state.length for queue, state in states.items()}
    ages = {queue: state.oldest.total_seconds() for queue, state in states.items() if state.oldest is not None}
    yield _gauge("newsroom_broker_up", "1: the broker answers.", int(bool(states)))
    yield _labelled("newsroom_queue_messages", "Messages that wait or are under way.", "queue", lengths)
    yield _labelled("newsroom_queue_oldest_seconds", "How long the oldest has waited (pgmq and Redis).", "queue", ages)


def _schedules() -> Iterator[Metric]:
    late = {kind: (count, seconds) for kind, count, seconds in _rows(_SCHEDULES)}
    late = {kind: late.get(kind, (0, 0)) for kind in ("publish", "update", "withdraw")}
    counts, seconds = ({kind: pair[place] for kind, pair in late.items()} for place in (0, 1))
    yield _labelled("newsroom_schedules_overdue", "Stories whose time has come and passed.", "kind", counts)
    yield _labelled("newsroom_schedule_lateness_seconds", "By how much the latest of them is late.", "kind", seconds)


def _webhooks() -> Iterator[Metric]:
    found = {lane: (count, seconds) for lane, count, seconds in _rows(_DELIVERIES)}
    waiting = {lane: found.get(lane, (0, 0)) for lane in ("removals", "stories")}
    counts, ages = ({lane: pair[place] for lane, pair in waiting.items()} for place in (0, 1))
    yield _labelled("newsroom_webhook_waiting", "Messages to partners that are not delivered yet.", "lane", counts)
    yield _labelled("newsroom_webhook_waiting_oldest_seconds", "The age of the oldest of them.", "lane", ages)
    ended = {state: (count, seconds) for state, count, seconds in _rows(_DELIVERED)}
    counts = {state: ended.get(state, (0, 0))[0] for state in ("delivered", "failed")}
    yield _labelled(
        "newsroom_webhook_ended_last_hour", "Of messages of the last hour, those that ended.", "state", counts
    )
    slowest = ended.get("delivered", (0, 0))[1]
    yield _gauge("newsroom_webhook_slowest_delivery_seconds", "The longest way of one in the last hour.", slowest)
    endpoints = {"pending": 0, "active": 0, "disabled": 0} | dict(_rows(_ENDPOINTS))
    yield _labelled("newsroom_webhook_endpoints", "Endpoints of partners.", "state", endpoints)


def _changes() -> Iterator[Metric]:
    rows = _rows(_CHANGES)
    sequence = rows[0][0] if rows else 0
    yield CounterMetricFamily("newsroom_changes", "Public changes since the desk began.", value=sequence)
    partners = standings(sequence)
    standing = [standing_of(kill, partners) for kill in kills(timezone.now() - KILLS_FOR)]
    open_ones = [kill for kill in standing if kill.awaited]
    yield _gauge(
        "newsroom_kills_unacknowledged", "Kills of seven days that a partner has not confirmed.", len(open_ones)
    )
    late = sum(kill.is_late for kill in open_ones)
    yield _gauge("newsroom_kills_late", "Of those, the ones that are late.", late)
    lags = [partner.lag for partner in partners if partner.lag is not None]
    yield _gauge(
        "newsroom_partner_lag_changes",
        "Changes that the partner furthest behind has not asked for.",
        max(lags, default=0),
    )


def _clock() -> Iterator[Metric]:
    ages = dict(_rows(_BEATS))
    for heartbeat, name, text in (
        (Heartbeat.SWEEP, "sweep", "Since the last round of the clock."),
        (Heartbeat.WEBHOOKS, "webhook_sweep", "Since the last round of the senders' clock."),
        (backups.HEARTBEAT, "backup", "Since the last whole backup."),
    ):
        # Without a first one there is no age: absent() is an alert, too.
        if heartbeat in ages:
            yield _gauge(f"newsroom_{name}_age_seconds", text, ages[heartbeat])


def _database() -> Iterator[Metric]:
    yield _labelled("newsroom_database_connections", "Connections to our database.", "state", dict(_rows(_CONNECTIONS)))
    ((size, most),) = _rows(_SIZE)
    yield _gauge("newsroom_database_bytes", "The size of the database.", size)
    yield _gauge("newsroom_database_max_connections", "How many the server takes, from everybody.", most)


def _wire() -> Iterator[Metric]:
    """A source that has never answered has the age of its declaration."""
    now = timezone.now()
    followed = WireSource.objects.filter(is_enabled=True).order_by("name")
    ages, failures = {}, {}
    for source in followed.only("name", "last_success_at", "created_at", "failures"):
        ages[source.name] = (now - (source.last_success_at or source.created_at)).total_seconds()
        failures[source.name] = source.failures
    yield _labelled("newsroom_wire_source_age_seconds", "Since a source last answered.", "source", ages)
    yield _labelled("newsroom_wire_source_failures", "Its failures in a row.", "source", failures)
    paused = WireSource.objects.filter(is_enabled=True, paused_at__isnull=False).count()
    yield _gauge("newsroom_wire_sources_paused", "Sources that are asked no more after many failures.", paused)
    open_kills = WireItem.objects.with_open_kill().count()
    yield _gauge("newsroom_wire_kills_open", "Kills of agencies that nobody has dealt with.", open_kills)


GROUPS: tuple[Callable[[], Iterator[Metric]], ...] = (
    _database,
    _clock,
    _tagging,
    _queues,
    _schedules,
    _webhooks,
    _changes,
    _wire,
)


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _one(query: str) -> Any:
    return _rows(query)[0][0]


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _labelled(name: str, text: str, label: str, values: dict[str, Any]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
