"""A throw-away PostgreSQL for tests and measurements, gone when whoever asked for it is gone.

    with ThrowawayDatabase() as url: …

A keeper process of its own holds the server and waits at a pipe. The pipe closes however its maker ends,
by a return, an exception, Ctrl-C or SIGKILL; then the keeper stops the server and deletes the folder.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from newsroom.embedded import Cluster, home_for
from newsroom.postgres_programs import EmbeddedDatabaseError, Programs

ROOT = Path(__file__).resolve().parent.parent


class ThrowawayDatabase:
    """Starts a keeper and gives the database's URL; `programs` names other programs than the wheel's. `autovacuum` lets
    it clean up and count by itself, as every other database does."""

    def __init__(self, programs: Path | None = None, *, autovacuum: bool = False) -> None:
        self.programs, self.autovacuum = programs, autovacuum
        self.keeper: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Returns the URL of an empty database; raises EmbeddedDatabaseError with the reason."""
        command = [sys.executable, "-m", "newsroom.throwaway"]
        command += [] if self.programs is None else [f"--programs={self.programs}"]
        command += ["--autovacuum"] if self.autovacuum else []
        self.keeper = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.keeper.stdout is not None
        url = self.keeper.stdout.readline().strip()
        if not url:
            self.stop()
            raise EmbeddedDatabaseError("The throw-away database did not start; the reason stands above.")
        return url

    def stop(self) -> None:
        """End the server; nothing where none was started."""
        if self.keeper is not None:
            self.keeper.communicate()
            self.keeper = None

    def __enter__(self) -> str:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()


def keep(programs: Programs | None, *, autovacuum: bool) -> None:
    """Runs a cluster until standard input closes."""
    with tempfile.TemporaryDirectory(prefix="newsroom-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        cluster = Cluster.of(folder, throwaway=True)
        if programs is not None:
            cluster = Cluster(home=home_for(folder), var=folder, programs=programs, throwaway=True)
        cluster.autovacuum = autovacuum
        try:
            print(cluster.start(), flush=True)
            sys.stdin.read()
        finally:
            cluster.remove()


def main() -> None:
    parser = argparse.ArgumentParser(description="Keep a throw-away PostgreSQL until standard input closes.")
    parser.add_argument("--programs", type=Path, help="folder of initdb and pg_ctl, instead of the wheel's")
    parser.add_argument("--autovacuum", action="store_true", help="let it clean up and count by itself")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        keep(Programs.at(chosen.programs) if chosen.programs else None, autovacuum=chosen.autovacuum)
    except EmbeddedDatabaseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
