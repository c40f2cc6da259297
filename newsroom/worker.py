"""A worker: Celery's, with our limits and manners. `python -m newsroom.worker --hostname=worker@%h`

The demo, the audits and production all start this one. It is what `celery worker` starts, without Celery's command line
around it, whose libraries for typing at a prompt would stay in memory for as long as a worker lives.
"""

from __future__ import annotations

import argparse
import os
import sys

from celery.utils.nodenames import default_nodename, host_format

from newsroom.celery import app

POOLS = ("prefork", "threads")


def main(arguments: list[str]) -> int:
    """Work until SIGTERM, which lets the tasks in hand end. Returns the status to exit with."""
    asked = _parser().parse_args(arguments)
    # Celery would ask Django's checks and not listen; they read what a worker never needs, such as Pillow.
    os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
    worker = app.Worker(
        hostname=host_format(default_nodename(asked.hostname)),
        pool_cls=asked.pool,
        concurrency=asked.concurrency,
        queues=asked.queues,
        loglevel=asked.loglevel,
        # Each is a connection more, for what no worker here has to know of the others.
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsroom.worker", description="Do what waits in the queues.")
    parser.add_argument("--hostname", default="worker@%h", help="its name; %%h is the machine's (worker@%%h)")
    parser.add_argument("--pool", choices=POOLS, default="prefork", help="processes, or threads (prefork)")
    parser.add_argument("--concurrency", type=int, default=2, help="tasks at once (2)")
    parser.add_argument("--queues", type=_names, help="with commas; all that the desk itself works through, if absent")
    parser.add_argument("--loglevel", default="INFO", help="INFO")
    return parser


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
