"""Processes of other runs are ended only when they are the recorded ones."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from newsroom import processes
from tests.services import wait_until

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(60)
"""


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    # A process that has just been made has no command line for a moment.
    wait_until(lambda: bool(processes.command_line(process.pid)), what="the process runs its program")
    yield process
    process.kill()
    process.wait()


def test_identity_of_a_process_does_not_change(sleeper) -> None:
    assert processes.identity(sleeper.pid) == processes.identity(sleeper.pid) != ""


def test_identity_of_a_process_is_its_own(sleeper) -> None:
    assert processes.identity(sleeper.pid) != processes.identity(os.getpid())


def test_command_line_of_a_process_names_its_program(sleeper) -> None:
    assert processes.command_line(sleeper.pid).endswith("time.sleep(60)")


def test_identity_of_an_ended_process_is_empty(sleeper) -> None:
    sleeper.kill()

    assert processes.wait_for_end(sleeper.pid, seconds=5)
    assert processes.identity(sleeper.pid) == ""


def test_end_ends_the_recorded_process(sleeper) -> None:
    assert processes.end(sleeper.pid, recorded=processes.identity(sleeper.pid))

    assert not processes.is_alive(sleeper.pid)


@pytest.mark.parametrize("recorded", ["", "another process that had this id"])
def test_end_spares_a_process_that_was_not_recorded(sleeper, recorded: str) -> None:
    assert not processes.end(sleeper.pid, recorded=recorded)

    assert processes.is_alive(sleeper.pid)


def test_end_kills_a_process_that_does_not_listen() -> None:
    stubborn = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, start_new_session=True)
    assert stubborn.stdout is not None
    stubborn.stdout.readline()

    assert processes.end(stubborn.pid, recorded=processes.identity(stubborn.pid), seconds=0.3)

    assert not processes.is_alive(stubborn.pid)
    stubborn.communicate()
