"""Production on the loopback, from the files that are shipped: nginx with TLS, two web servers, two workers, sender,
clock, Redis, and PostgreSQL 15 of Debian's packages."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

from newsroom import processes
from newsroom.embedded import ROOT, free_port
from newsroom.throwaway import ThrowawayDatabase
from tests.certificates import LOOPBACK, self_signed
from tests.production import shipped
from tests.services import POSTGRES_15, lacking, wait_until

HOST = "news.example.org"
# Of the run of tests and of this machine, not of a server of its own.
FOREIGN = ("NEWSROOM_", "PYTEST_", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CELERY_BROKER_URL")


class Site:
    """Everything that production runs, and clients that come in by its front door."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.http, self.https, self.redis_port = free_port(), free_port(), free_port()
        self.web_ports = [free_port(), free_port()]
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        told = shipped.environment(
            SECRET_KEY=secrets.token_urlsafe(64),
            DATABASE_URL=database,
            CELERY_BROKER_URL=f"redis://127.0.0.1:{self.redis_port}/0",
            CACHE_URL=f"rediscache://127.0.0.1:{self.redis_port}/1",
            MEDIA_ROOT=str(folder / "media"),
            NEWSROOM_VAR=str(folder / "var"),
            STATIC_ROOT=str(folder / "static"),
        )
        own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        self.environment = own | told | {"PYTHONUNBUFFERED": "1"}

    def open(self) -> None:
        """In the order of the guide: broker, tables, gazetteer, static files, services, nginx."""
        self.start("redis", [shutil.which("redis-server") or "", str(shipped.redis(self.folder, port=self.redis_port))])
        for command in ("migrate", "install_queue", "seed --without-stories", "collectstatic --noinput"):
            self.manage(*command.split())
        for port in self.web_ports:
            self.start_web(port)
        for number in ("1", "2"):
            self.start(f"worker{number}", self.unit("newsroom-worker@.service", number))
        self.start("sender", self.unit("newsroom-sender.service"))
        self.start("beat", self.unit("newsroom-beat.service"))
        # As Let's Encrypt's client lays them down.
        certificate, key = self_signed(HOST, LOOPBACK)
        (self.folder / "fullchain.pem").write_bytes(certificate)
        (self.folder / "privkey.pem").write_bytes(key)
        self.trust = ssl.create_default_context(cadata=certificate.decode())
        static = self.folder / "static"
        # nginx reads as an account of its own.
        self.folder.chmod(0o755)
        configuration = shipped.nginx(self.folder, static=static, http=self.http, https=self.https, web=self.web_ports)
        self.start("nginx", [shutil.which("nginx") or "", "-c", str(configuration), "-p", str(self.folder)])
        wait_until(self.answers, what=f"the site answers by nginx; logs in {self.folder}", seconds=90)

    def unit(self, name: str, instance: str = "") -> list[str]:
        return shipped.command_of(name, instance=instance, place=str(ROOT))

    def start_web(self, port: int) -> None:
        self.start(f"web{port}", self.unit("newsroom-web@.service", str(port)))

    def start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """SIGKILL, for a service with all its processes."""
        process = self.running.pop(name)
        processes.kill_group(process.pid)
        process.wait()

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py printed. Raises CalledProcessError with what it said."""
        ran = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def do(self, *lines: str) -> str:
        """Lines of Python with the desk's verbs at hand; what they print."""
        imports = (
            "from articles import publishing, suggestions, workflow",
            "from articles.models import *",
            "from django.contrib.auth.models import Group, User",
        )
        return self.manage("shell", "--no-imports", "--command", "\n".join((*imports, *lines))).strip()

    def ask(self, query: str) -> Any:
        """One value of the database, without the seconds that a command takes to start."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            row = connection.execute(query).fetchone()
        return row and row[0]

    @contextmanager
    def client(self, **headers: str) -> Iterator[httpx.Client]:
        """As a browser at the site's own name."""
        named = {"Host": HOST, "Referer": f"https://{HOST}/"} | headers
        with httpx.Client(
            base_url=f"https://127.0.0.1:{self.https}", headers=named, verify=self.trust, timeout=30
        ) as client:
            yield client

    def answers(self) -> bool:
        for name, process in self.running.items():
            assert process.poll() is None, f"{name} ended:\n{(self.folder / f'{name}.log').read_text()[-3000:]}"
        with suppress(httpx.TransportError), self.client() as client:
            return client.get("/").status_code == 200
        return False

    def close(self) -> None:
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 10
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            processes.kill_group(process.pid)
            process.wait()


@contextmanager
def production() -> Iterator[Site]:
    """The whole of it; skipped where the machine lacks a part."""
    for program, what in (("nginx", "nginx"), ("redis-server", "redis-server")):
        if shutil.which(program) is None:
            lacking(f"{what} (the production configuration)")
    if not (POSTGRES_15 / "postgres").exists():
        lacking("PostgreSQL 15 (the production configuration)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-production-")))
        site = Site(folder, stack.enter_context(ThrowawayDatabase(programs=POSTGRES_15)))
        stack.callback(site.close)
        site.open()
        yield site
