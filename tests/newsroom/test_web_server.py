"""The web server: its log, its limits, its end, and what it keeps from requests."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
from granian.http import HTTP1Settings

from newsroom.desk import answers, web_service
from newsroom.embedded import ROOT, free_port
from newsroom.web_server import without_environment
from tests.services import wait_until


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str, **headers: str) -> int:
        """The status."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=20).status_code

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Running]:
    port = free_port()
    log = folder / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            web_service(port).command,
            cwd=ROOT,
            env=os.environ | {"ALLOWED_HOSTS": "127.0.0.1"} | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until(lambda: answers(port), what="the web server answers", seconds=90)
        yield Running(process, port, log)
    finally:
        # Its processes may have outlived it, where a test is about that.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("web"), LOG_FORMAT="json") as running:
        yield running


def test_its_own_lines_have_the_form_of_all_others(server: Running) -> None:
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]

    own = [line for line in lines if line["logger"] == "_granian"]
    assert sum("Spawning worker" in line["event"] for line in own) == 2
    assert {"timestamp", "level", "logger", "event"} <= set(own[0])


def test_two_processes_answer(server: Running) -> None:
    assert len(server.workers()) == 2
    assert server.get("/healthz") == 200


@pytest.mark.parametrize(
    ("path", "headers", "statuses"),
    [
        ("/api/v1/articles?cursor=" + "c" * 40_000, {}, {414}),
        ("/api/v1/articles", {"X-Long": "l" * 20_000}, {431}),
        ("/api/v1/articles?cursor=" + "c" * 65_400, {}, {400, 414}),
        ("/api/v1/articles", {"X-Long": "l" * 1_000_000}, {400, 431}),
        ("/api/v1/articles", {f"X-{number}": "many" for number in range(500)}, {400, 431}),
    ],
    ids=["a long address", "a long header", "as long as an address may be", "a longer header", "many headers"],
)
def test_what_is_too_long_is_refused_and_nothing_breaks(server: Running, path, headers, statuses) -> None:
    assert server.get(path, **headers) in statuses
    assert server.get("/healthz") == 200


def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        victim = running.workers()[0]
        victim.kill()
        wait_until(
            lambda: len([each for each in running.workers() if each.pid != victim.pid]) == 2, what="another process"
        )
        wait_until(lambda: running.get("/healthz") == 200, what="it answers")


def test_processes_end_when_their_server_was_killed(tmp_path: Path) -> None:
    """Else an old release would go on answering beside the next one, on the same port."""
    with serving(tmp_path) as running:
        workers = running.workers()
        running.process.kill()
        running.process.wait()
        _, alive = psutil.wait_procs(workers, timeout=30)

    for each in alive:
        each.kill()
    assert alive == []


def test_stop_does_not_wait_for_a_reader_who_keeps_a_connection(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        held = socket.create_connection(("127.0.0.1", running.port))
        held.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200" in held.recv(1000)
        asked = time.monotonic()
        running.process.terminate()
        code = running.process.wait(timeout=60)
        held.close()

    assert (code, time.monotonic() - asked < web_service(0).patience) == (0, True)


def test_a_request_knows_nothing_of_the_environment() -> None:
    seen: dict[str, object] = {}

    def application(request, start_response):
        seen.update(request)
        return []

    environment = {"SECRET_KEY": "s", "DATABASE_URL": "postgres://…", "PATH": "/bin", "SERVER_NAME": "elsewhere"}
    request = environment | {"SERVER_NAME": "here", "PATH_INFO": "/", "HTTP_HOST": "here", "wsgi.url_scheme": "http"}

    without_environment(application, environment)(request, None)

    assert seen == {"SERVER_NAME": "here", "PATH_INFO": "/", "HTTP_HOST": "here", "wsgi.url_scheme": "http"}


def test_nonsense_is_refused_in_words() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "newsroom.web_server", "--port=many"], cwd=ROOT, capture_output=True, text=True
    )

    assert asked.returncode == 2
    assert "--port: invalid int value" in asked.stderr


def test_nginx_takes_up_no_connection_that_the_web_server_is_about_to_end():
    """Else what a person sends at that moment is answered with 502: nginx sends it nowhere twice."""
    upstream = (ROOT / "docs" / "deployment" / "nginx.conf").read_text(encoding="utf-8").partition("}")[0]
    (seconds,) = re.findall(r"^ *keepalive_timeout (\d+)s;$", upstream, re.MULTILINE)

    assert int(seconds) * 1000 < HTTP1Settings().header_read_timeout
