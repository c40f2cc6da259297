"""The web server: granian with our WSGI application. `python -m newsroom.web_server --port=8000`

The demo, the audits and production all start this one, so that limits and manners stand here alone (decision 39). Each
process speaks HTTP outside of Python, and answers with as many threads as are asked for.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import environ
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from newsroom.forking import rehearse, settle
from newsroom.logs import formatter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Answer = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Seconds that a thread without work lives on, with its connection to the database: the most that granian allows.
IDLE_SECONDS = 600
LOOK_SECONDS = 1.0
# Whatever is called so is the request's own.
_OF_REQUESTS = ("HTTP_", "SERVER_", "REMOTE_", "REQUEST_", "CONTENT_", "PATH_INFO", "QUERY_STRING", "SCRIPT_NAME")


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or SIGINT. A new release is a new server: the processes share what was read at its start."""
    asked = _parser().parse_args(arguments)
    if multiprocessing.get_start_method() == "fork":
        rehearse(get_application())
        settle()
    Server(
        "newsroom.wsgi:application",
        address=asked.host,
        port=asked.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=asked.workers,
        blocking_threads=asked.threads,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        respawn_failed_workers=True,
        workers_kill_timeout=asked.patience,
        log_level=LogLevels(environ.Env().str("LOG_LEVEL", default="INFO").lower()),
        log_dictconfig=_log_configuration(),
    ).serve(target_loader=load, wrap_loader=False)


def load() -> Answer:
    """What a process answers with: called in each, once."""
    threading.Thread(target=_end_without_parent, args=(os.getppid(),), daemon=True).start()
    return without_environment(get_application(), os.environ)


def get_application() -> Answer:
    from django.urls import get_resolver

    from newsroom.wsgi import application

    # Else each process would read all views for itself with its first request.
    get_resolver().url_patterns  # noqa: B018
    return application


def without_environment(application: Answer, environment: Iterable[str]) -> Answer:
    """granian adds the process's environment to that of each request, and Django shows the latter to whoever looks into
    an error: no secret may be in it."""
    added = [name for name in environment if not name.startswith(_OF_REQUESTS)]

    def answer(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        for name in added:
            request.pop(name, None)
        return application(request, start_response)

    return answer


def _end_without_parent(parent: int) -> None:
    """A process whose parent was killed would go on serving an old release, beside the next server on the same port."""
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10 * LOOK_SECONDS)
    os._exit(1)


def _log_configuration() -> dict[str, Any]:
    """granian's own lines in the form of all others. Its access log stays off: newsroom/request_log.py writes a line
    for each request, with the id and without the query."""
    return {
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsroom.web_server", description="Serve site, admin and API.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (the loopback)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="requests that each answers at once (4)")
    parser.add_argument("--patience", type=int, default=5, help="seconds that requests have to end in at a stop (5)")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
