"""The servers that are driven in turn: ours, our application under another server, the limit under both, and the usual
way as a baseline."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsroom.desk import answers
from newsroom.embedded import free_port
from newsroom.supervisor import stop_process
from tests.audits.tools import ROOT

START_SECONDS = 120
LIMIT = "tests.bench.limit:application"
GTHREAD = (
    *("--bind=127.0.0.1:{port}", "--worker-class=gthread", "--workers=2", "--threads=4"),
    *("--no-control-socket", "--log-level=error"),
)
COMMANDS = {
    # What it would be to have chosen the other one.
    "gunicorn": ("gunicorn", "newsroom.wsgi:application", *GTHREAD),
    "limit_gthread": ("gunicorn", LIMIT, *GTHREAD),
    "limit_granian": (
        *("granian", LIMIT, "--port={port}", "--interface=wsgi", "--http=1", "--workers=2", "--blocking-threads=4"),
        *("--blocking-threads-idle-timeout=600", "--no-log"),
    ),
    "baseline": ("newsroom.web_server", "--port={port}", "--workers=2", "--threads=4"),
}
SETTINGS = {"baseline": {"DJANGO_SETTINGS_MODULE": "tests.bench.baseline_settings"}}


@dataclass
class Server:
    """One that runs, and its address."""

    server: subprocess.Popen[Any] | None
    address: str


@contextmanager
def running() -> Iterator[dict[str, Server]]:
    """All but ours, two processes each, on the database of the environment."""
    servers: dict[str, Server] = {}
    with TemporaryDirectory(prefix="newsroom-bench-") as folder:
        try:
            for name, command in COMMANDS.items():
                servers[name] = _start(name, command, Path(folder))
            yield dict(servers)
        finally:
            for server in servers.values():
                if server.server is not None:
                    stop_process(server.server, patience=8)


def _start(name: str, command: tuple[str, ...], folder: Path) -> Server:
    port = free_port()
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *(part.format(port=port) for part in command)],
            cwd=ROOT,
            env=os.environ | SETTINGS.get(name, {}),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            stop_process(process, patience=1)
            raise RuntimeError(f"{name} did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)
    return Server(process, f"http://127.0.0.1:{port}")


def memory_mb(server: Server) -> tuple[float, float]:
    """Proportional set size in megabytes: of the processes that answer, and of those with their parent."""
    import psutil

    assert server.server is not None
    root = psutil.Process(server.server.pid)
    answering = sum(process.memory_full_info().pss for process in root.children(recursive=True)) / 1e6
    return answering, answering + root.memory_full_info().pss / 1e6
