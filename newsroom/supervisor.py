"""A small supervisor: starts services in order, starts again what dies, stops them in the opposite order.

Every service runs in a session of its own, so that Ctrl-C reaches the supervisor alone and a worker may
finish its task. Their output goes straight to a file each: a service outlives a killed supervisor without
choking on a broken pipe, and the next run finds it by the record and ends it.
"""

import json
import math
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from newsroom import processes
from newsroom.files import write_privately

PAUSE = 0.1
ECHO_SECONDS = 1.0
FIRST_DELAY, LONGEST_DELAY = 1.0, 30.0
# A service that ran this long was healthy: its next failure is a first one again.
HEALTHY_SECONDS = 60.0
LONGEST_LOG = 10_000_000

# Takes "2026-01-02 ERROR django.request: …" and "[CRITICAL] WORKER TIMEOUT", refuses "0 errors".
IMPORTANT = re.compile(r"\b(ERROR|CRITICAL)\b")


class Interrupted(Exception):
    """Somebody asked us to stop: Ctrl-C, or a signal of the system."""


class ServiceFailed(Exception):
    """A service did not come up; the text holds the end of its log."""


@dataclass
class Service:
    """What to run. `is_ready` is asked until it says yes; `patience` is how many seconds a stop may take."""

    name: str
    command: list[str]
    patience: float = 10
    is_ready: Callable[["Child"], bool] = lambda child: True


@dataclass
class Child:
    """A service and the process that runs it now."""

    service: Service
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    failures: int = 0
    start_again_at: float = 0
    read: int = 0

    def start(self, environment: dict[str, str]) -> None:
        with self.log.open("ab") as output:
            self.read = output.tell()
            self.process = subprocess.Popen(
                self.service.command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def new_lines(self) -> list[str]:
        """Whole lines that the service has written since the last call."""
        with self.log.open("rb") as output:
            output.seek(self.read)
            written = output.read(1_000_000)
        whole = written[: written.rfind(b"\n") + 1]
        self.read += len(whole)
        return whole.decode(errors="replace").splitlines()

    def last_lines(self, count: int = 20) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


@dataclass
class Supervisor:
    """Runs services; `record` names them for the next run, `say` tells the person at the screen."""

    services: list[Service]
    log_folder: Path
    record: Path
    say: Callable[[str], None]
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    stop_requests: int = 0
    asked_at: float = -math.inf
    children: list[Child] = field(default_factory=list)

    def listen_for_stop(self) -> None:
        """Ctrl-C and the system's signals only raise a flag; every wait looks at it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.request_stop)

    def request_stop(self, *signal_and_frame: object) -> None:
        # `make` passes on what the terminal or the system has sent us already: that is one request.
        if time.monotonic() - self.asked_at > ECHO_SECONDS:
            self.stop_requests += 1
        self.asked_at = time.monotonic()

    def pause(self) -> None:
        """Sleeps a moment; raises Interrupted when a stop was asked for."""
        if not self.stop_requests:
            time.sleep(PAUSE)
        if self.stop_requests:
            raise Interrupted

    def end_leftovers(self) -> None:
        """Ends services that a killed supervisor left running, after making sure that they are ours."""
        for name, kept in read_record(self.record).items():
            if processes.end(kept["pid"], recorded=kept["identity"]):
                self.say(f"Ended {name} (process {kept['pid']}), left running by a run that was killed.")
        self.record.unlink(missing_ok=True)

    def run_to_end(self, name: str, command: list[str]) -> str:
        """Runs one preparing command while the stop flag is watched; returns what it printed."""
        with TemporaryFile("w+") as output:
            child = subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                start_new_session=True,
            )
            try:
                self.write_record({name: child.pid})
                while child.poll() is None:
                    self.pause()
            finally:
                stop_process(child, patience=10)
            if child.returncode != 0:
                raise ServiceFailed(f"{name} failed; the reason stands above.")
            output.seek(0)
            return output.read()

    def start(self) -> None:
        """Starts every service and waits until each is ready; raises ServiceFailed or Interrupted."""
        self.log_folder.mkdir(parents=True, exist_ok=True)
        for service in self.services:
            log = self.log_folder / f"{service.name}.log"
            if log.exists() and log.stat().st_size > LONGEST_LOG:
                log.replace(log.with_suffix(".log.1"))
            child = Child(service=service, log=log)
            self.children.append(child)
            self.start_child(child)
        for child in self.children:
            self.wait_until_ready(child)

    def start_child(self, child: Child) -> None:
        child.start(self.environment)
        self.write_record({each.service.name: each.process.pid for each in self.children if each.process})

    def write_record(self, pids: dict[str, int]) -> None:
        kept = {name: {"pid": pid, "identity": processes.identity(pid)} for name, pid in pids.items()}
        write_privately(self.record, json.dumps(kept, indent=2))

    def wait_until_ready(self, child: Child, *, seconds: float = 120) -> None:
        while not child.service.is_ready(child):
            if child.has_ended() or time.monotonic() > child.started_at + seconds:
                raise ServiceFailed(f"{child.service.name} did not start; {child.log} ends:\n{child.last_lines()}")
            self.pause()

    def watch(self, look_after: Callable[[], None]) -> None:
        """Keeps the services running until Interrupted; `look_after` is called every second."""
        looked_at = time.monotonic()
        while True:
            for child in self.children:
                self.tell(child)
                self.revive(child)
            if time.monotonic() > looked_at + 1:
                look_after()
                looked_at = time.monotonic()
            self.pause()

    def tell(self, child: Child) -> None:
        for line in child.new_lines():
            if IMPORTANT.search(line):
                self.say(f"{child.service.name}: {line}")

    def revive(self, child: Child) -> None:
        """Starts a dead service again: after a second at first, later after longer and longer."""
        if not child.has_ended():
            return
        if child.process is not None:
            self.note_death(child)
        elif time.monotonic() >= child.start_again_at:
            self.start_child(child)

    def note_death(self, child: Child) -> None:
        assert child.process is not None
        processes.kill_group(child.process.pid)
        ran_long = time.monotonic() - child.started_at > HEALTHY_SECONDS
        child.failures = 1 if ran_long else child.failures + 1
        delay = delay_after(child.failures)
        child.start_again_at = time.monotonic() + delay
        ending = describe_ending(child.process.returncode)
        child.process = None
        self.say(f"{child.service.name} {ending}; starting it again in {delay:.0f} s. Its log: {child.log}")

    def restart_all(self) -> None:
        """Ends every service; the watch starts them again at once, in the environment of now."""
        for child in self.children:
            if child.process is not None:
                stop_process(child.process, patience=5)
                child.process, child.start_again_at = None, 0

    def stop(self) -> None:
        """Stops the services in the opposite order; a second Ctrl-C ends the patience."""
        for child in reversed(self.children):
            if child.process is not None:
                self.say(f"Stopping {child.service.name} …")
                stop_process(child.process, patience=child.service.patience, hurry=self.is_in_a_hurry)
        self.record.unlink(missing_ok=True)

    def is_in_a_hurry(self) -> bool:
        return self.stop_requests > 1


def stop_process(
    process: subprocess.Popen[bytes], *, patience: float, hurry: Callable[[], bool] = lambda: False
) -> None:
    """Asks the process to end, waits, and then ends its whole session by force."""
    if process.poll() is None:
        process.terminate()
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline and not hurry():
        time.sleep(PAUSE / 2)
    processes.kill_group(process.pid)
    process.wait()


def delay_after(failures: int) -> float:
    """Seconds before the next start: 1, 2, 4 … and never more than the longest."""
    return min(FIRST_DELAY * 2.0 ** (failures - 1), LONGEST_DELAY)


def describe_ending(code: int) -> str:
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def read_record(record: Path) -> dict[str, dict[str, Any]]:
    """Name, process id and identity of each service that a run recorded; empty where there is none."""
    try:
        kept = json.loads(record.read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
