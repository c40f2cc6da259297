"""Real services for tests: a Celery worker, Chromium, Redis, PostgreSQL 15.

What the machine lacks is skipped and named loudly at the end of the run; with NEWSROOM_REQUIRE_ALL=1, as
in .ci/run, it is a failure.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from newsroom import broker, processes
from newsroom.desk import worker_service
from newsroom.embedded import ROOT, free_port
from newsroom.throwaway import ThrowawayDatabase
from tests.audits.tools import CHROMIUM_FLAGS, CHROMIUM_NAMES

# How often, in seconds, a server of a test looks whether it is to end; half a second, as it is by itself, adds up.
LOOKS = 0.01
POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")


def lacking(what: str) -> NoReturn:
    """Skips the test, or fails it where everything is required."""
    if os.environ.get("NEWSROOM_REQUIRE_ALL"):
        pytest.fail(f"{what} is required here (NEWSROOM_REQUIRE_ALL) but is not installed.")
    pytest.skip(f"NOT TESTED: {what} is not installed")


def pytest_terminal_summary(terminalreporter) -> None:
    """Says loudly what was not tested; a skip's report carries (file, line, reason)."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reason for reason in reasons if "NOT TESTED" in reason):
        terminalreporter.write_line(f"!!! {reason.removeprefix('Skipped: ')} !!!", red=True, bold=True)


def wait_until(is_so: Callable[[], bool], *, what: str, seconds: float = 30) -> None:
    """Waits for something that another process does; fails with `what` when it does not happen."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"Waited {seconds} s in vain: {what}"
        time.sleep(0.05)


class CeleryWorker:
    """A Celery worker of its own process on this test's database, as the desk runs it."""

    def __init__(self, log: Path, **environment: str) -> None:
        self.log = log
        self.environment = os.environ | {"PYTHONUNBUFFERED": "1"} | environment

    def start(self) -> "CeleryWorker":
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                worker_service().command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until(self.is_ready, what=f"the worker says that it is ready, in {self.log}")
        except BaseException:
            self.stop()
            raise
        return self

    def is_ready(self) -> bool:
        assert self.process.poll() is None, f"The worker ended:\n{self.log.read_text()}"
        return " ready." in self.log.read_text()

    def kill(self) -> None:
        """SIGKILL for the worker and all its children, as the kernel does when memory runs out."""
        processes.kill_group(self.process.pid)
        self.process.wait()

    def stop(self) -> None:
        """Warm shutdown: the running task finishes first."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        finally:
            self.kill()


@pytest.fixture
def celery_worker_process(transactional_db: None, tmp_path: Path) -> Iterator[CeleryWorker]:
    """A running worker over pgmq, on an empty queue."""
    broker.purge(connection)
    worker = CeleryWorker(tmp_path / "worker.log").start()
    yield worker
    worker.stop()


@pytest.fixture(scope="session")
def require_chromium() -> str:
    """The path of Chromium."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        lacking("Chromium (browser tests)")
    return found


@pytest.fixture(scope="session")
def browser(require_chromium: str) -> Iterator:
    """A headless Chromium with a profile of its own; each test opens a context in it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would refuse to query beside it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=require_chromium, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """In place of pytest-django's, which looks for a static file in every app each time it is asked for one, and
    lets nobody keep it: WhiteNoise serves them here, as on the desk."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    with override_settings(WHITENOISE_AUTOREFRESH=False):
        server.start()
    yield server
    server.stop()


@pytest.fixture
def page(browser, live_server) -> Iterator:
    """A page of a fresh context on the live server; a script error on it fails the test."""
    context = browser.new_context(base_url=live_server.url)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


class RedisServer:
    """A Redis of its own, which may die and come back at the same address."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            lacking("redis-server (Celery over Redis)")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        place = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)]
        self.command = [program, *place, "--save", "", "--appendonly", "no"]

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, start_new_session=True)
        wait_until(lambda: answers_ping(self.port), what="Redis answers")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def killable_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A running Redis that forgets everything when it dies."""
    server = RedisServer(tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def redis_server(killable_redis: RedisServer) -> str:
    """The URL of a Redis of its own."""
    return killable_redis.url


def answers_ping(port: int) -> bool:
    import redis

    try:
        return bool(redis.Redis(host="127.0.0.1", port=port).ping())
    except redis.ConnectionError:
        return False


@pytest.fixture
def postgres15() -> Iterator[str]:
    """The URL of a throw-away PostgreSQL 15, Debian's, the oldest that is supported."""
    if not (POSTGRES_15 / "postgres").exists():
        lacking("PostgreSQL 15")
    with ThrowawayDatabase(programs=POSTGRES_15) as url:
        yield url
