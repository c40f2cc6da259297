"""Who kills: SIGKILL for a process of the desk at a random moment, the same plan for the same seed.

Only processes that the stage started are killed, each by its own number and only while it is known to run.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import psutil

from newsroom import processes

from .stage import Stage

# Seconds between two kills: some fall on what is just coming back.
SHORTEST, LONGEST = 2.0, 10.0
# The other kills wait until something was done since the last one, or so many seconds at most: on a slow machine all
# would fall on a desk that is just being started.
LET_WORK, WORK, PATIENCE = 0.6, 4, 20.0


class Killer:
    """Kills by a plan of its own dice; counts only who was there to be killed."""

    def __init__(self, stage: Stage, *, seed: int) -> None:
        self.stage, self.dice = stage, random.Random(f"{seed} killer")
        self.kills: Counter[str] = Counter()
        self.ways: dict[str, tuple[int, Callable[[], bool]]] = {
            "database": (5, self.kill_database),
            "database connection": (2, self.kill_connection),
            "web": (3, lambda: self.kill_service("web")),
            "web process": (2, lambda: self.kill_child("web")),
            "worker": (3, lambda: self.kill_service("worker")),
            "worker process": (3, lambda: self.kill_child("worker")),
            "sender": (3, lambda: self.kill_service("sender")),
            "beat": (2, lambda: self.kill_service("beat")),
        }
        if stage.broker != "pgmq":
            self.ways["broker"] = (3, lambda: self.kill_service("broker"))

    def run(self, kills: int, *, done: Callable[[], int], still_up: Callable[[], bool]) -> None:
        """So many kills; ends before them where `still_up` says no. `done` counts what people got answered."""
        weights = [weight for weight, _ in self.ways.values()]
        while self.kills.total() < kills and still_up():
            before = done()
            time.sleep(self.dice.uniform(SHORTEST, LONGEST))
            if self.dice.random() < LET_WORK:
                wait_until_work(done, before + WORK)
            way = self.dice.choices(list(self.ways), weights)[0]
            if self.ways[way][1]():
                self.kills[way] += 1
                sys.stderr.write(f"{self.kills.total()}: {way}, {datetime.now(UTC):%H:%M:%S}\n")

    def kill_service(self, name: str) -> bool:
        process = self.stage.child(name).process
        if process is None or process.poll() is not None:
            return False
        processes.kill_group(process.pid)
        return True

    def kill_child(self, name: str) -> bool:
        """One process of a service, whose parent has to notice."""
        process = self.stage.child(name).process
        return process is not None and process.poll() is None and self._kill_one_below(process.pid)

    def kill_database(self) -> bool:
        server = self.stage.cluster.recorded_server()
        if server is None or not self.stage.cluster.is_running():
            return False
        self.stage.died_at = time.monotonic()
        os.kill(server[0], signal.SIGKILL)
        return True

    def kill_connection(self) -> bool:
        """A process behind one connection; the server then ends all of them and recovers."""
        server = self.stage.cluster.recorded_server()
        return server is not None and self.stage.cluster.is_running() and self._kill_one_below(server[0])

    def _kill_one_below(self, pid: int) -> bool:
        try:
            below = psutil.Process(pid).children(recursive=True)
            chosen = self.dice.choice(sorted(below, key=lambda process: process.pid)) if below else None
            if chosen is not None:
                chosen.kill()
        except psutil.NoSuchProcess:
            return False
        return chosen is not None


def wait_until_work(done: Callable[[], int], enough: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while done() < enough and time.monotonic() < deadline:
        time.sleep(0.2)
