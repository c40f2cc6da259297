"""The reference client of docs/examples, killed at random while sixteen writers work: exactly equal in the end.

One mirror holds everything, one what a key with products may have. Each is a process that gets SIGKILL and is started
again on the same file. "While" is meant: kills after the last writer has ended do not count.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.audits.report import Finding, Report
from tests.audits.tools import ROOT, JudgeAbsentError

from .asking import Client
from .comparing import Held, differences, not_purged, require_sight
from .site import Keys
from .writing import start_writers

PROGRAM = ROOT / "docs" / "examples" / "mirror.py"
# Seconds that a mirror lives on average; now and then it lives long, so that it gets somewhere.
LIFE = 1.0
PATIENCE = 900


@dataclass
class KilledMirror:
    """A mirror's file, and how often whoever kept it was killed."""

    name: str
    site: str
    key: str
    file: Path
    kills: int = 0
    moved: int = 0
    errors: list[str] = field(default_factory=list)

    def live(self, is_over: threading.Event) -> None:
        """Killed and started again until it is over."""
        dice, stood = random.Random(), ""
        while not is_over.is_set():
            process = self.start()
            time.sleep(dice.expovariate(1 / LIFE))
            if process.poll() is not None:
                self.errors.append(f"ended by itself with {process.returncode}")
                return
            process.send_signal(signal.SIGKILL)
            process.wait()
            if not is_over.is_set():
                self.kills += 1
                place = self.place()
                self.moved, stood = self.moved + (place != stood), place

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(PROGRAM), "--url", self.site, str(self.file), *options]
        return subprocess.Popen(command, env=os.environ | {"NEWSROOM_KEY": self.key}, start_new_session=True)

    def place(self) -> str:
        """Where it stands in the log; nowhere as long as there is no such table."""
        try:
            with sqlite3.connect(self.file, timeout=60) as database:
                return str(database.execute("SELECT after, cursor FROM place").fetchone())
        except sqlite3.OperationalError:
            return ""

    def finish(self) -> None:
        """One life to its natural end."""
        process = self.start("--once")
        try:
            if process.wait(PATIENCE):
                self.errors.append(f"could not finish: {process.returncode}")
        finally:
            process.kill()

    def held(self) -> Held:
        with sqlite3.connect(self.file) as database:
            return Held.read(database.execute("SELECT id, version, document FROM articles"), self.file)


def judge_mirror(report: Report, site: str, keys: Keys, *, changes: int) -> None:
    """Both mirrors through the same storm."""
    require_sight()
    before = _sequence(site)
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        mirrors = [
            KilledMirror("everything", site, keys.whole, Path(folder) / "whole.sqlite"),
            KilledMirror("products", site, keys.of_products, Path(folder) / "products.sqlite"),
        ]
        through_the_storm(mirrors, changes)
        report.figure("mirror_changes", _sequence(site) - before)
        report.figure("mirror_kills", min(mirror.kills for mirror in mirrors))
        found = [finding for mirror in mirrors for finding in _faults(mirror)]
        report.count("mirror_differences", found)
        report.count(
            "mirror_held_after_a_kill", [one for mirror in mirrors for one in not_purged(mirror.name, mirror.held())]
        )
        for mirror in mirrors:
            held = len(mirror.held().documents)
            report.note(
                f"mirror of {mirror.name}: {mirror.kills} kills, {mirror.moved} of them after it got on; holds {held}"
            )


def through_the_storm(mirrors: list[KilledMirror], changes: int) -> None:
    """Raises JudgeAbsentError where a writer failed: then nobody knows what was to be mirrored."""
    is_over = threading.Event()
    lives = [threading.Thread(target=mirror.live, args=[is_over]) for mirror in mirrors]
    for life in lives:
        life.start()
    writers = start_writers(changes)
    try:
        said = [writer.communicate(timeout=PATIENCE)[0] for writer in writers]
    finally:
        is_over.set()
        for writer in writers:
            writer.kill()
        for life in lives:
            life.join()
    if any(writer.returncode for writer in writers):
        raise JudgeAbsentError(f"a writer failed, after {said}")
    for mirror in mirrors:
        mirror.finish()


def _sequence(site: str) -> int:
    return int(Client(site).get("/api/v1/articles?page_size=1&fields=id").json()["sequence"])


def _faults(mirror: KilledMirror) -> Iterator[Finding]:
    yield from (Finding("mirror", mirror.name, error) for error in mirror.errors)
    yield from differences(mirror.name, mirror.held(), _server(mirror))


def _server(mirror: KilledMirror) -> dict[str, Any]:
    return {story["id"]: story for story in Client(mirror.site, mirror.key).every("/api/v1/articles")}
