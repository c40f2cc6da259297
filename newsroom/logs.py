"""How lines of the log look, for every process: web, worker, beat, commands and the web server itself.

In production each is one JSON object; elsewhere plain words. What is known of the request or the task at hand stands in
each line: `request_id`, `task`, `task_id` (newsroom/request_log.py, newsroom/task_logs.py bind them). Secrets are taken
out at the very end, whoever wrote the line.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import environ
import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.contextvars import get_contextvars
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict

from newsroom.redaction import REDACTED, SECRET_NAMES, redacted

# That a worker is ready is what whoever started it waits to read, however little else is to be said.
SAID_ALWAYS = {"celery.apps.worker": "INFO"}
# Each would say a second time what the line of the request or of the task's end says; the second one with a traceback,
# for whoever asks by a name that is not ours.
SILENCED = {
    "django.request": "ERROR",
    "django.security.DisallowedHost": "CRITICAL",
    "celery.worker.strategy": "WARNING",
}
_ADDED = "event_fields"
_ENCODE = json.JSONEncoder(ensure_ascii=False, default=str).encode


def configuration() -> dict[str, Any]:
    """Django's LOGGING, by `LOG_FORMAT` (`json` or `plain`; by default as PRODUCTION) and `LOG_LEVEL`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": environ.Env().str("LOG_LEVEL", default="INFO")},
        "loggers": {name: {"level": level} for name, level in (SILENCED | SAID_ALWAYS).items()},
    }


class LineFormatter(ProcessorFormatter):
    """structlog's, with a shorter way for lines that are fields already: there is one for each request."""

    def __init__(self, *, is_json: bool) -> None:
        self.write = _json if is_json else _plain
        super().__init__(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                lambda logger, method, event: self.write(_redact(event)),
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] | None = getattr(record, _ADDED, None)
        if fields is None:
            return super().format(record)
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        known = {"timestamp": at, "level": record.levelname.lower(), "logger": record.name, "event": record.msg}
        return self.write(known | get_contextvars() | fields)


def formatter() -> LineFormatter:
    env = environ.Env()
    default = "json" if env.bool("PRODUCTION", default=False) else "plain"
    form = env.str("LOG_FORMAT", default=default)
    if form not in ("json", "plain"):
        raise ImproperlyConfigured(f"LOG_FORMAT is “{form}”: say json or plain.")
    return LineFormatter(is_json=form == "json")


def log_event(logger: logging.Logger, event: str, **fields: Any) -> None:
    """One line with fields of its own, written as they are: what somebody else has said is redacted before. Nobody
    looks for the place in the code that it came from."""
    if logger.isEnabledFor(logging.INFO):
        record = logger.makeRecord(logger.name, logging.INFO, "", 0, event, (), None, extra={_ADDED: fields})
        logger.handle(record)


def _redact(event: EventDict) -> EventDict:
    for name, value in event.items():
        if _is_secret(name):
            event[name] = REDACTED
        elif isinstance(value, str):
            event[name] = redacted(value)
    return event


@lru_cache(maxsize=1_000)
def _is_secret(name: str) -> bool:
    return bool(SECRET_NAMES.search(name))


def _json(event: EventDict) -> str:
    return _ENCODE(event)


def _plain(event: EventDict) -> str:
    """Takes 2026-11-26T12:00:00Z INFO newsroom.requests: request method=GET …; an exception stands beneath."""
    at, level, name = event.pop("timestamp"), event.pop("level").upper(), event.pop("logger")
    exception, said = event.pop("exception", ""), event.pop("event")
    fields = "".join(f" {key}={value}" for key, value in event.items())
    # A line of the log is one line, whatever somebody asked for.
    line = f"{at} {level} {name}: {said}{fields}".replace("\n", "\\n").replace("\r", "\\r")
    return f"{line}\n{exception}" if exception else line
