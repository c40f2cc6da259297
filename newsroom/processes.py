"""Processes of other runs: is a recorded process still the one that was recorded?

A process id alone proves nothing, for the system hands ids out again. When it was started, read when the id
is recorded and compared before anything is sent to it, does.
"""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")


def identity(pid: int) -> str:
    """What tells this process from a later one with the same id; empty when there is none (or a zombie).

    The command line is no part of it: a process that was started this moment does not have it yet.
    """
    if BOOT.exists():
        return linux_identity(pid)
    state, _, started = ask_ps(pid, "stat=,lstart=").partition(" ")
    return "" if state.startswith("Z") else started.strip()


def linux_identity(pid: int) -> str:
    try:
        # The command's name stands in brackets and may hold brackets: count from the last one.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    state, started = fields[0], fields[19]
    return "" if state in "ZX" else f"{BOOT.read_text().strip()} {started}"


def command_line(pid: int) -> str:
    """The command that the process runs; empty when there is none."""
    if not BOOT.exists():
        return ask_ps(pid, "command=")
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def ask_ps(pid: int, columns: str) -> str:
    said = subprocess.run(["ps", "-o", columns, "-p", str(pid)], capture_output=True, text=True)
    return said.stdout.strip()


def is_alive(pid: int) -> bool:
    return identity(pid) != ""


def wait_for_end(pid: int, *, seconds: float) -> bool:
    """Waits until the process has ended; False when it outlives `seconds`."""
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end(pid: int, *, recorded: str, seconds: float = 10) -> bool:
    """Ends a recorded process, politely, then by force with all of its group. False when not ours."""
    if not recorded or identity(pid) != recorded:
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    wait_for_end(pid, seconds=seconds)
    kill_group(pid)
    wait_for_end(pid, seconds=seconds)
    return True


def kill_group(leader: int) -> None:
    """Kills whatever is left of the process group that `leader` founded."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
