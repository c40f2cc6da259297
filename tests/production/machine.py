"""A machine of a production site: an address of the loopback, with an environment, folders and processes of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from newsroom import processes
from newsroom.embedded import ROOT
from tests.production import shipped
from tests.services import wait_until

# Of the run of tests and of this machine, not of a server of its own.
FOREIGN = ("NEWSROOM_", "PYTEST_", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CELERY_BROKER_URL")


class Machine:
    """What runs at one address. `told` is what stands in its /etc/newsroom/environment beside what is shipped."""

    def __init__(self, name: str, folder: Path, told: dict[str, str], *, address: str = shipped.LOOPBACK) -> None:
        self.name, self.folder, self.address = name, folder, address
        folder.mkdir(exist_ok=True)
        # nginx reads as an account of its own.
        folder.chmod(0o755)
        self.static = folder / "static"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        here = {"NEWSROOM_VAR": str(folder / "var"), "STATIC_ROOT": str(self.static), "WEB_ADDRESS": address}
        self.environment = own | told | here | {"PYTHONUNBUFFERED": "1"}

    def start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def start_unit(self, name: str, unit: str, instance: str = "") -> None:
        """What systemd would start here."""
        self.start(name, shipped.command_of(unit, instance=instance, machine=self.name))

    def start_web(self, port: int) -> None:
        self.start_unit(f"web{port}", "newsroom-web@.service", str(port))

    def start_worker(self, number: int) -> None:
        self.start_unit(f"worker{number}", "newsroom-worker@.service", str(number))

    def kill(self, name: str) -> None:
        """SIGKILL, for a service with all its processes."""
        process = self.running.pop(name)
        processes.kill_group(process.pid)
        process.wait()
        # Its children die by themselves: one that still holds a connection would answer the next request with nothing.
        wait_until(partial(is_gone, process.pid), what=f"all of {name} is gone")

    def lose_power(self) -> None:
        """All that runs here is gone at once."""
        for name in list(self.running):
            self.kill(name)

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py printed; fails with what it said."""
        ran = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def assert_alive(self) -> None:
        for name, process in self.running.items():
            assert process.poll() is None, (
                f"{name} of {self.name} ended:\n{(self.folder / f'{name}.log').read_text()[-3000:]}"
            )

    def end(self) -> None:
        """SIGTERM for all, and SIGKILL for what is there after ten seconds."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 10
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            processes.kill_group(process.pid)
            process.wait()
        self.running.clear()


def is_gone(group: int) -> bool:
    """Whether no process of a group runs any more. One that is dead and not buried yet does nothing, once its threads
    are dead as well: until then its connections are open."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, founded_by = status.read_text().rpartition(")")[2].split()[:3]
            if int(founded_by) != group:
                continue
            if state != "Z" or len(list((status.parent / "task").iterdir())) > 1:
                return False
    return True
