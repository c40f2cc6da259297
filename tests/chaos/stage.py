"""The whole desk as production has it, on the loopback, with a database that writes through to the disk.

What dies is started again after a second, as a service manager does (`RestartSec=1`), and the embedded database by
the same code that looks after it in `make run`.
"""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg

from newsroom.embedded import ROOT, Cluster, free_port
from newsroom.postgres_programs import EmbeddedDatabaseError
from newsroom.supervisor import Child, Interrupted, Supervisor
from tests.audits.tools import JudgeAbsentError

from .brokers import broker_service

RESTART_SECONDS = 1.0
# Retries of webhooks wait a hundredth of what the timetable says.
SCALE = "0.01"
# What is answered is on the disk by then.
WRITES_THROUGH = ("fsync", "synchronous_commit", "full_page_writes")


class Restarter(Supervisor):
    """A supervisor that has no patience to lose: what dies is started again after a second, however often."""

    def note_death(self, child: Child) -> None:
        super().note_death(child)
        child.failures, child.start_again_at = 0, time.monotonic() + RESTART_SECONDS


class Stage:
    """Database, broker and services; `with Stage(...)` prepares, `begin` starts them."""

    def __init__(self, broker: str) -> None:
        self.broker = broker
        self.stack = ExitStack()
        self.back: list[float] = []
        self.not_back = 0
        self.died_at: float | None = None
        self.watcher = threading.Thread(target=self.watch)

    def __enter__(self) -> Stage:
        try:
            self.open()
        except BaseException:
            self.stack.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        try:
            if self.watcher.is_alive():
                self.supervisor.stop_requests = 1
                self.watcher.join()
            self.supervisor.stop()
        finally:
            self.stack.close()

    def open(self) -> None:
        """Start the database and tell this process's environment of everything."""
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-chaos-")))
        self.folder.chmod(0o711)
        self.cluster = Cluster.of(self.folder / "var")
        # The services are told one address for good; an outgoing connection may not take it between two lives.
        self.cluster.port = quiet_port()
        self.stack.callback(self.cluster.remove)
        url = self.cluster.start()
        must_write_through(url)
        self.port = quiet_port()
        self.site = f"http://127.0.0.1:{self.port}"
        os.environ |= {
            "DATABASE_URL": url,
            # This process read its own before it knew of the folder.
            "SECRET_KEY": secrets.token_urlsafe(48),
            "NEWSROOM_VAR": str(self.folder / "var"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "SITE_URL": self.site,
            "PRODUCTION": "false",
            "DEBUG": "false",
            "WEBHOOK_LOOPBACK": "true",
            "WEBHOOK_RETRY_SCALE": SCALE,
            "API_ANONYMOUS_PER_MINUTE": "0",
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
        }
        self.beside = []
        if self.broker != "pgmq":
            made = broker_service(self.broker, self.folder, quiet_port())
            os.environ |= made.environment
            self.beside = [made.service]
        self.supervisor = Restarter([], self.folder / "log", self.folder / "processes.json", lambda line: None)

    def prepare(self) -> None:
        """Tables, queue and gazetteer."""
        for command in (["migrate", "--verbosity=0"], ["install_queue"], ["seed", "--without-stories"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=sys.stderr)

    def begin(self) -> None:
        """Raises ServiceFailed where one does not come up."""
        # The desk imports models, which are there only now.
        from .services import services

        self.supervisor.services = [*self.beside, *services(self.port)]
        self.supervisor.environment = dict(os.environ)
        self.supervisor.start()
        self.watcher.start()

    def watch(self) -> None:
        try:
            self.supervisor.watch(self.look_after_database)
        except Interrupted:
            return

    def look_after_database(self) -> None:
        """As the desk does it, with a note of how long it was away."""
        if self.cluster.is_running():
            return
        died_at = self.died_at or time.monotonic()
        try:
            self.cluster.start()
        except EmbeddedDatabaseError as error:
            sys.stderr.write(f"{error}\n")
            self.not_back += 1
            return
        self.back.append(time.monotonic() - died_at)

    def child(self, name: str) -> Child:
        return next(child for child in self.supervisor.children if child.service.name == name)

    def all_are_up(self) -> bool:
        return self.cluster.is_running() and not any(child.has_ended() for child in self.supervisor.children)


def must_write_through(url: str) -> None:
    """Raises JudgeAbsentError where a server answers before what it was told is on the disk: nothing would be tried."""
    with psycopg.connect(url) as connection:
        for name in WRITES_THROUGH:
            (value,) = connection.execute("SELECT current_setting(%s)", [name]).fetchone() or ("",)
            if value != "on":
                raise JudgeAbsentError(f"{name} of the database is {value}")


def quiet_port() -> int:
    """A free port below those that the system gives to outgoing connections."""
    while True:
        wanted = random.randint(20_000, 30_000)
        if free_port(wanted) == wanted:
            return wanted
