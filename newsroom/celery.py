"""The Celery app, and the timetable of what runs when.

Messages are JSON and carry ids only. A task is acknowledged when it has finished, so that a killed worker
loses nothing; every task may therefore run twice, and the sweep finds whatever was never sent.
"""

import os
from datetime import UTC, datetime
from typing import Any

from celery import Celery
from celery.schedules import crontab
from kombu import Connection, Exchange, Queue

from newsroom import task_logs, transports, worker_memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

# Seconds. A task that hangs is ended; then, and not before, may its message be seen by another worker.
TASK_TIME_LIMIT = int(os.environ.get("TASK_TIME_LIMIT", "60"))
SOFT_TIME_LIMIT = TASK_TIME_LIMIT * 5 // 6
VISIBILITY_TIMEOUT = TASK_TIME_LIMIT * 5 // 4
SWEEP_SECONDS = 20
REMIND_SECONDS = 60
WEBHOOK_SECONDS = 5
WIRE_SECONDS = 15

# Of what goes its rounds: a clock that was killed and is back does not wait for a period first.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

# What sends to partners has queues and a worker of its own: a partner that answers slowly never keeps the tagger.
ROUTES = {
    "articles.sweep": {"queue": "clock"},
    "partners.dispatch_webhooks": {"queue": "removals"},
    "partners.sweep_webhooks": {"queue": "removals"},
    "partners.send_webhook_removals": {"queue": "removals"},
    "partners.challenge_webhook": {"queue": "webhooks"},
    "partners.send_webhook_upserts": {"queue": "webhooks"},
    # What waits for agencies waits where others wait for partners, never before the tagger.
    "wire.ask_for_due": {"queue": "clock"},
    "wire.fetch_source": {"queue": "webhooks"},
}
TIMETABLE = {
    "sweep": {
        "task": "articles.sweep",
        "schedule": SWEEP_SECONDS,
        "last_run_at": LONG_AGO,
        # A sweep that waited longer than one period has been overtaken by the next.
        "options": {"expires": SWEEP_SECONDS},
    },
    "unconfirmed-kills": {
        "task": "partners.remind_of_kills",
        "schedule": REMIND_SECONDS,
        "last_run_at": LONG_AGO,
        "options": {"expires": REMIND_SECONDS},
    },
    "webhooks": {
        "task": "partners.sweep_webhooks",
        "schedule": WEBHOOK_SECONDS,
        "last_run_at": LONG_AGO,
        "options": {"expires": WEBHOOK_SECONDS},
    },
    "webhooks-switched-off": {
        "task": "partners.tell_of_disabled_webhooks",
        "schedule": REMIND_SECONDS,
        "last_run_at": LONG_AGO,
        "options": {"expires": REMIND_SECONDS},
    },
    "wire": {
        "task": "wire.ask_for_due",
        "schedule": WIRE_SECONDS,
        "last_run_at": LONG_AGO,
        "options": {"expires": WIRE_SECONDS},
    },
    "accounts-forget": {
        "task": "accounts.forget",
        "schedule": crontab(minute=23),
        "options": {"expires": 3600},
    },
    "wire-forgets": {
        "task": "wire.forget_old_items",
        "schedule": crontab(minute=41),
        "options": {"expires": 3600},
    },
    "related-news": {
        "task": "articles.refresh_related_news",
        # A night that nobody was up is made up for by the sweep.
        "schedule": crontab(hour=3, minute=17),
        "options": {"expires": 3600},
    },
}


class NewsroomCelery(Celery):
    """Celery whose consumers, and only they, listen for notifications of the pgmq queue.

    A web process would never read what it listens to, and PostgreSQL would keep it for ever.
    """

    def connection_for_read(self, url: str | None = None, **options: Any) -> Connection:
        from newsroom import broker

        if broker.is_ours(self.conf.broker_url):
            options["transport_options"] = {"use_notify": True} | (options.get("transport_options") or {})
        connection: Connection = super().connection_for_read(url, **options)
        return connection


def configuration() -> dict[str, Any]:
    """Everything Celery needs to know; read when first needed, for it depends on Django's settings."""
    from django.conf import settings

    from newsroom import broker

    url = settings.CELERY_BROKER_URL or broker.url_for(settings.DATABASES["default"])
    options = broker.transport_options(url, visibility_timeout=VISIBILITY_TIMEOUT)
    return {
        "broker_url": url,
        "broker_transport_options": options or {"visibility_timeout": VISIBILITY_TIMEOUT},
        "broker_connection_retry_on_startup": True,
        "broker_pool_limit": 2,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_default_queue": broker.QUEUE,
        # Those of a worker that is told of none; it takes from each in turn.
        "task_queues": [Queue(name, Exchange(name), name) for name in broker.WORKER_QUEUES],
        "task_routes": ROUTES,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_acks_on_failure_or_timeout": True,
        "task_ignore_result": True,
        "task_time_limit": TASK_TIME_LIMIT,
        "task_soft_time_limit": SOFT_TIME_LIMIT,
        "task_publish_retry_policy": {"max_retries": 2, "interval_start": 0, "interval_step": 0.2},
        "worker_prefetch_multiplier": 1,
        # Each would open queues of its own under names that change with the process, and leave them behind.
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "timezone": "UTC",
        "beat_schedule": TIMETABLE,
    }


transports.connect()
app = NewsroomCelery("newsroom")
app.add_defaults(configuration)
app.autodiscover_tasks(["articles", "newsroom.accounts", "newsroom.partners", "newsroom.wire"])
task_logs.connect()
worker_memory.connect()
