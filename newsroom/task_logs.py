"""The id of a request goes with the tasks that it sends, and stands in their lines; a task's own id and name, too.

When it was sent goes with every task: a broker that does not know how long a message has waited reads it there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from celery import signals
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

# In the message's headers, beside Celery's own.
FIELD = "request_id"
SENT_AT = "sent_at"


def connect() -> None:
    """Celery offers these places and no others; what it calls is found again by name, not by chance."""
    signals.before_task_publish.connect(_send_along, dispatch_uid="newsroom.task_logs.send")
    signals.task_prerun.connect(_begin, dispatch_uid="newsroom.task_logs.begin")
    signals.task_postrun.connect(_end, dispatch_uid="newsroom.task_logs.end")
    # With somebody connected here, Celery leaves the log as Django's settings have it.
    signals.setup_logging.connect(_leave_alone, dispatch_uid="newsroom.task_logs.leave")


def _send_along(headers: dict[str, Any], **rest: Any) -> None:
    headers[SENT_AT] = datetime.now(UTC).isoformat()
    known = get_contextvars().get(FIELD)
    if known:
        headers[FIELD] = known


def _begin(task_id: str, task: Any, **rest: Any) -> None:
    clear_contextvars()
    sent = getattr(task.request, FIELD, None)
    bind_contextvars(task=task.name, task_id=task_id, **({FIELD: sent} if sent else {}))


def _end(**rest: Any) -> None:
    clear_contextvars()


def _leave_alone(**rest: Any) -> None:
    pass
