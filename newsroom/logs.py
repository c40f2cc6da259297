"""How lines of the log look, for every process: web, worker, beat, commands and gunicorn itself.

In production each is one JSON object; elsewhere plain words. What is known of the request or the task at hand stands in
each line: `request_id`, `task`, `task_id` (newsroom/request_log.py, newsroom/task_logs.py bind them). Secrets are taken
out at the very end, whoever wrote the line.
"""

from __future__ import annotations

import logging
from typing import Any

import environ
import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict

from newsroom.redaction import REDACTED, SECRET_NAMES, redacted

# Each would say a second time what the line of the request or of the task's end says.
SILENCED = {"django.request": "ERROR", "celery.worker.strategy": "WARNING"}
_ADDED = "event_fields"


def configuration() -> dict[str, Any]:
    """Django's LOGGING, by `LOG_FORMAT` (`json` or `plain`; by default as PRODUCTION) and `LOG_LEVEL`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": environ.Env().str("LOG_LEVEL", default="INFO")},
        "loggers": {name: {"level": level} for name, level in SILENCED.items()},
    }


def formatter() -> ProcessorFormatter:
    env = environ.Env()
    is_json = env.str("LOG_FORMAT", default="json" if env.bool("PRODUCTION", default=False) else "plain") == "json"
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_fields,
        ],
        processors=[
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _redact,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str) if is_json else _plain,
        ],
    )


def log_event(logger: logging.Logger, event: str, **fields: Any) -> None:
    """One line with fields of its own."""
    logger.info(event, extra={_ADDED: fields})


def _add_fields(logger: Any, method: str, event: EventDict) -> EventDict:
    event.update(getattr(event["_record"], _ADDED, ()))
    return event


def _redact(logger: Any, method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if SECRET_NAMES.search(name):
            event[name] = REDACTED
        elif isinstance(value, str):
            event[name] = redacted(value)
    return event


def _plain(logger: Any, method: str, event: EventDict) -> str:
    """Takes 2026-11-26T12:00:00Z INFO newsroom.requests: request method=GET …; an exception stands beneath."""
    at, level, name = event.pop("timestamp"), event.pop("level").upper(), event.pop("logger")
    exception, said = event.pop("exception", ""), event.pop("event")
    fields = "".join(f" {key}={value}" for key, value in event.items())
    # A line of the log is one line, whatever somebody asked for.
    line = f"{at} {level} {name}: {said}{fields}".replace("\n", "\\n").replace("\r", "\\r")
    return f"{line}\n{exception}" if exception else line
