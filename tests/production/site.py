"""Production on the loopback, from the files that are shipped: nginx with TLS, two web servers, two workers, sender,
clock, Redis, and PostgreSQL 15 of Debian's packages; on one machine or on several."""

from __future__ import annotations

import secrets
import shutil
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

from newsroom.embedded import free_port
from newsroom.throwaway import ThrowawayDatabase
from tests.certificates import LOOPBACK, self_signed
from tests.production import guarded_database, shipped
from tests.production.machine import Machine
from tests.services import POSTGRES_15, lacking, wait_until

HOST = "news.example.org"
METRICS_TOKEN = secrets.token_urlsafe(48)
COMMANDS = ("migrate", "install_queue", "seed --without-stories")


class Site:
    """Everything that production runs, and clients that come in by its front door."""

    machines: list[Machine]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.http, self.https = free_port(), free_port()

    def environment(self, *, database: str, redis: str) -> dict[str, str]:
        """What the shipped file says, with the places of here: the same on all machines."""
        return shipped.environment(
            SECRET_KEY=secrets.token_urlsafe(64),
            DATABASE_URL=database,
            CELERY_BROKER_URL=f"redis://{redis}/0",
            CACHE_URL=f"rediscache://{redis}/1",
            MEDIA_ROOT=str(self.folder / "media"),
            # Nothing that a test does is mailed to anybody.
            EMAIL_URL="dummymail://",
            METRICS_TOKEN=METRICS_TOKEN,
        )

    def start_front(self, machine: Machine, web: list[str]) -> None:
        """nginx, with a certificate as Let's Encrypt's client lays it down."""
        certificate, key = self_signed(HOST, LOOPBACK)
        (machine.folder / "fullchain.pem").write_bytes(certificate)
        (machine.folder / "privkey.pem").write_bytes(key)
        self.trust = ssl.create_default_context(cadata=certificate.decode())
        written = shipped.nginx(machine.folder, static=machine.static, http=self.http, https=self.https, web=web)
        machine.start("nginx", [_program("nginx"), "-c", str(written), "-p", str(machine.folder)])

    def wait(self) -> None:
        wait_until(self.answers, what=f"the site answers by nginx; logs in {self.folder}", seconds=90)

    def do(self, *lines: str) -> str:
        """Lines of Python with the desk's verbs at hand; what they print."""
        imports = (
            "from articles import publishing, suggestions, workflow",
            "from articles.models import *",
            "from django.contrib.auth.models import Group, User",
        )
        return self.machines[0].manage("shell", "--no-imports", "--command", "\n".join((*imports, *lines))).strip()

    def ask(self, query: str) -> Any:
        """One value of the database, without the seconds that a command takes to start."""
        with psycopg.connect(self.machines[0].environment["DATABASE_URL"]) as connection:
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
        for machine in self.machines:
            machine.assert_alive()
        with suppress(httpx.TransportError), self.client() as client:
            return client.get("/").status_code == 200
        return False

    def close(self) -> None:
        for machine in self.machines:
            machine.end()


class OneMachine(Site):
    """As the guide has it, in its order: broker, tables, gazetteer, static files, services, nginx."""

    def __init__(self, folder: Path, database: str) -> None:
        super().__init__(folder)
        port = free_port()
        self.machine = Machine("desk", folder, self.environment(database=database, redis=f"127.0.0.1:{port}"))
        self.machines, self.web_ports, self.redis_port = [self.machine], [free_port(), free_port()], port

    def open(self) -> None:
        written = shipped.redis(self.folder, port=self.redis_port)
        self.machine.start("redis", [_program("redis-server"), str(written)])
        for command in (*COMMANDS, "collectstatic --noinput"):
            self.machine.manage(*command.split())
        for port in self.web_ports:
            self.machine.start_web(port)
        for number in (1, 2):
            self.machine.start_worker(number)
        self.machine.start_unit("sender", "newsroom-sender.service")
        self.machine.start_unit("beat", "newsroom-beat.service")
        self.start_front(self.machine, [f"127.0.0.1:{port}" for port in self.web_ports])


class SeveralMachines(Site):
    """Two for the web and two for the work, each at an address of its own with files of its own; database, broker and
    pictures beside them, and a cache in front. Each listens at its own address alone."""

    def __init__(self, folder: Path, database: str, *, purged: str) -> None:
        super().__init__(folder)
        port, password = free_port(), secrets.token_urlsafe(24)
        self.broker = Machine("broker", folder / "broker", {}, address="127.0.0.21")
        self.redis = shipped.redis(self.broker.folder, port=port, address=self.broker.address, password=password)
        told = self.environment(database=database, redis=f":{password}@{self.broker.address}:{port}")
        told |= {"PURGE_URL": purged}
        places = {"anna": "127.0.0.11", "bert": "127.0.0.12", "carl": "127.0.0.13", "dora": "127.0.0.14"}
        anna, bert, carl, dora = (
            Machine(name, folder / name, told, address=address) for name, address in places.items()
        )
        self.web, self.work, self.machines = [anna, bert], [carl, dora], [anna, bert, carl, dora, self.broker]
        self.web_port = free_port()

    def open(self) -> None:
        self.broker.start("redis", [_program("redis-server"), str(self.redis)])
        for command in COMMANDS:
            self.web[0].manage(*command.split())
        for machine in self.web:
            machine.manage("collectstatic", "--noinput")
            machine.start_web(self.web_port)
        for machine in self.work:
            machine.start_worker(1)
            machine.start_unit("sender", "newsroom-sender.service")
        # Exactly one.
        self.work[-1].start_unit("beat", "newsroom-beat.service")
        self.start_front(self.web[0], [f"{machine.address}:{self.web_port}" for machine in self.web])

    @contextmanager
    def behind(self, machine: Machine, cookies: httpx.Cookies | None = None) -> Iterator[httpx.Client]:
        """As nginx speaks to one web server."""
        said = {
            "Host": HOST,
            "Referer": f"https://{HOST}/",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
        }
        address = f"http://{machine.address}:{self.web_port}"
        with httpx.Client(base_url=address, headers=said, timeout=30) as client:
            # Secure, so that the client would keep them from plain http.
            if cookies is not None:
                client.headers["Cookie"] = "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies.jar)
            yield client


@contextmanager
def production() -> Iterator[OneMachine]:
    """The whole of it on one machine; skipped where a part is lacking."""
    with _stage() as (stack, folder):
        site = OneMachine(folder, stack.enter_context(ThrowawayDatabase(programs=POSTGRES_15)))
        stack.callback(site.close)
        site.open()
        site.wait()
        yield site


@contextmanager
def several_machines(*, purged: str) -> Iterator[SeveralMachines]:
    """The whole of it on several machines, with a cache that is told at `purged`; skipped where a part is lacking."""
    with _stage() as (stack, folder):
        database = stack.enter_context(ThrowawayDatabase(programs=POSTGRES_15))
        site = SeveralMachines(folder, guarded_database.only_by_tls(database, folder), purged=purged)
        stack.callback(site.close)
        site.open()
        site.wait()
        yield site


@contextmanager
def _stage() -> Iterator[tuple[ExitStack, Path]]:
    for name in ("nginx", "redis-server"):
        _program(name)
    if not (POSTGRES_15 / "postgres").exists():
        lacking("PostgreSQL 15 (the production configuration)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-production-")))
        folder.chmod(0o755)
        yield stack, folder


def _program(name: str) -> str:
    return shutil.which(name) or lacking(f"{name} (the production configuration)")
