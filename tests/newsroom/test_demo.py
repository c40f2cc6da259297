"""The whole desk, as `make run` starts it, in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from newsroom import processes
from newsroom.embedded import NOT_RUNNING_MESSAGE, ROOT, Cluster, free_port
from newsroom.supervisor import read_record
from tests.services import wait_until


class Demo:
    """One run of `manage.py demo`."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()

    def start(self) -> list[str]:
        """Returns what it printed when it was ready."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", f"--port={self.port}"],
            cwd=ROOT,
            env=environment(self.var),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        lines = []
        while not lines or lines[-1] != "Ctrl-C stops the desk.":
            line = self.process.stdout.readline()
            assert line, self.process.communicate()[1]
            lines.append(line.rstrip("\n"))
        return lines

    def running(self) -> list[int]:
        server = Cluster.of(self.var).recorded_server()
        assert server is not None
        services = [kept["pid"] for kept in read_record(self.var / "processes.json").values()]
        return [self.process.pid, server[0], *services]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=120)
        return self.process.returncode


def environment(var: Path) -> dict[str, str]:
    foreign = ("DATABASE_URL", "CELERY_BROKER_URL", "NEWSROOM_TEST_RUN", "PORT", "SITE_URL")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {"NEWSROOM_VAR": str(var)}


@pytest.fixture
def demo(tmp_path: Path):
    made = Demo(tmp_path / "var")
    yield made
    if made.process.poll() is None:
        made.stop()
    Cluster.of(made.var).remove()


@pytest.mark.timeout(600)
def test_demo_opens_closes_and_opens_again(demo: Demo) -> None:
    first = demo.start()

    assert first[:3] == [
        f"http://127.0.0.1:{demo.port}/",
        f"Admin: http://127.0.0.1:{demo.port}/admin/",
        f"API:   http://127.0.0.1:{demo.port}/api/v1/",
    ]
    assert [line.split()[0] for line in first if re.match(r"  \w+ +\S+$", line)] == [
        "reporter",
        "editor",
        "chief",
    ]
    assert "\x1b" not in "".join(first)
    for line in first[:3]:
        with urllib.request.urlopen(re.sub(r"^\w+:\s+(?=http)", "", line)) as answer:
            assert answer.status == 200

    killed = demo.running()
    demo.stop(signal.SIGKILL)
    second = demo.start()

    assert second[4] == (f"Sign in as reporter, editor or chief: the passwords stand in {demo.var}/sign-ins.txt")
    survivors = [pid for pid in killed[2:] if processes.is_alive(pid)]
    assert survivors == []

    running = demo.running()
    assert len(running) == 6
    assert demo.stop() == 0
    assert [pid for pid in running if processes.is_alive(pid)] == []


def test_demo_ends_cleanly_when_interrupted_while_it_starts(demo: Demo) -> None:
    demo.process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", f"--port={demo.port}"],
        cwd=ROOT,
        env=environment(demo.var),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: Cluster.of(demo.var).recorded_server() is not None, what="the database starts")

    demo.process.send_signal(signal.SIGTERM)
    _, told = demo.process.communicate(timeout=60)

    assert told.splitlines()[-1] == "The desk is closed."
    assert demo.process.returncode == 0
    assert Cluster.of(demo.var).recorded_server() is None


def test_manage_says_how_to_start_the_database(tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "manage.py", "showmigrations"],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )

    assert (asked.returncode, asked.stderr) == (1, f"{NOT_RUNNING_MESSAGE}\n")
