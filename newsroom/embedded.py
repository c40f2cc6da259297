"""The embedded PostgreSQL: a cluster of our own under var/, started and stopped by the one-command desk.

    cluster = Cluster.of(VAR)
    url = cluster.start()      # makes the data folder at first, attaches to a server that still runs
    cluster.stop()

What is running stands in var/database.json, with the desk's own address, so that `manage.py` reaches it and writes the
same addresses as the services, without any setting.
The programs come from a wheel; newsroom/postgres_programs.py finds and runs them.
"""

import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from newsroom import processes
from newsroom.files import write_privately
from newsroom.postgres_programs import (
    EmbeddedDatabaseError,
    Programs,
    find_programs,
    give_to_account,
    others_may_enter,
    runs_as_root,
)

ROOT = Path(__file__).resolve().parent.parent
# NEWSROOM_VAR moves everything that a desk keeps: two desks can run from one checkout.
VAR = Path(os.environ.get("NEWSROOM_VAR") or ROOT / "var").absolute()
RECORD = "database.json"
# Where a cluster lives that cannot live in var/.
OUTSIDE = Path("/var/lib")
NAME = "newsroom"
NOT_RUNNING_URL = "postgres://newsroom@127.0.0.1:1/the-embedded-database-is-not-running"
# Of `make run` without another PORT.
USUAL_ADDRESS = "http://127.0.0.1:8000"
NOT_RUNNING_MESSAGE = "The embedded database is not running: start it with `make run`, or set DATABASE_URL."
START_SECONDS = 15.0

# A throw-away cluster loses its data at the end in any case, so it need not wait for the disk.
THROWAWAY_OPTIONS = ("-cfsync=off", "-csynchronous_commit=off", "-cfull_page_writes=off")
# Statistics taken by themselves in the middle of a test's transaction call its tables empty, and plans for empty tables
# take minutes. What fills a database for an hour needs them.
WITHOUT_AUTOVACUUM = "-cautovacuum=off"


def recorded_url(var: Path = VAR) -> str:
    """The URL of the database that var/ records as running, or one that nothing answers."""
    return str(read_record(var).get("url") or NOT_RUNNING_URL)


def recorded_address(var: Path = VAR) -> str:
    """The address of the desk that var/ records as running."""
    return str(read_record(var).get("site_url") or USUAL_ADDRESS)


def read_record(var: Path) -> dict[str, Any]:
    try:
        record = json.loads((var / RECORD).read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def home_for(var: Path) -> Path:
    """Where the cluster of `var` lives: in it, or under /var/lib where `nobody` cannot enter it."""
    var.mkdir(parents=True, exist_ok=True)
    if not runs_as_root() or others_may_enter(var):
        return var / "postgres"
    return OUTSIDE / f"newsroom-{sha256(str(var.resolve()).encode()).hexdigest()[:12]}" / "postgres"


def free_port(preferred: int = 0) -> int:
    """A port of the loopback address that nobody listens on: the preferred one where it is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", preferred))
        except OSError:
            return free_port()
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """A PostgreSQL cluster in `home`: data folder, password file and log. `say` hears what takes its time.
    `site_url` is recorded beside the database's own."""

    home: Path
    var: Path | None = None
    programs: Programs = field(default_factory=find_programs)
    throwaway: bool = False
    port: int = 0
    autovacuum: bool = True
    site_url: str = ""
    say: Callable[[str], None] = lambda line: None

    @classmethod
    def of(
        cls, var: Path = VAR, *, throwaway: bool = False, say: Callable[[str], None] = lambda line: None
    ) -> "Cluster":
        """The cluster that belongs to `var`, with programs that the account of PostgreSQL can run."""
        home = home_for(var)
        programs = find_programs()
        if home.parent != var:
            say(f"The account `nobody` cannot enter {var}: the database lives in {home}.")
        if runs_as_root() and not others_may_enter(programs.folder):
            programs = programs.copy_to(home.parent / f"programs-{programs.major}")
        return cls(home=home, var=var, programs=programs, throwaway=throwaway, say=say)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def password(self) -> str:
        return (self.home / "password").read_text().strip()

    @property
    def url(self) -> str:
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        return f"postgres://{NAME}:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> str:
        """Starts the server, or attaches to the one that runs on this data folder; returns its URL."""
        self.prepare()
        if not self.attach():
            self.launch()
        self.ensure_database()
        self.record()
        return self.url

    def prepare(self) -> None:
        """Makes the data folder; one of another major version or another account is refused in words."""
        try:
            made_by = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            self.initialise()
        except PermissionError:
            raise EmbeddedDatabaseError(
                f"The data folder {self.data} belongs to another account (was the desk started as root "
                "before?). Start the desk under that account, or remove the folder under it."
            ) from None
        else:
            if made_by != str(self.programs.major):
                raise EmbeddedDatabaseError(
                    f"The data folder {self.data} was made by PostgreSQL {made_by}, but the installed "
                    f"programs are PostgreSQL {self.programs.major}. Start afresh with `make run RESET=1`, "
                    "or carry the data over with pg_dump of the old version first."
                )

    def initialise(self) -> None:
        """Runs initdb beside the final place and moves the folder there, so that it is whole or absent."""
        self.say("Making the database folder …")
        draft = self.home / "data.unfinished"
        self.home.mkdir(parents=True, exist_ok=True)
        give_to_account(self.home)
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        write_privately(self.home / "password", secrets.token_urlsafe(24))
        give_to_account(self.home / "password")
        made = self.programs.run("initdb", *self.initdb_arguments(draft), cwd=self.home)
        if made.returncode != 0:
            raise EmbeddedDatabaseError(f"The database folder could not be made:\n{made.stdout}{made.stderr}")
        draft.rename(self.data)

    def initdb_arguments(self, target: Path) -> list[str]:
        # The built-in provider sorts alike on every machine, but only PostgreSQL 17 and newer have it.
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        arguments = [f"--pgdata={target}", f"--username={NAME}", f"--pwfile={self.home / 'password'}"]
        arguments += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        arguments += builtin if self.programs.major >= 17 else []
        return arguments + (["--no-sync"] if self.throwaway else [])

    def attach(self) -> bool:
        """Uses the server that runs on this data folder, if one does; waits while it comes or goes."""
        deadline = time.monotonic() + START_SECONDS
        while server := self.recorded_server():
            pid, self.port = server
            if self.answers():
                return True
            if not processes.is_alive(pid) or "postgres" not in processes.command_line(pid):
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                return False
            if time.monotonic() > deadline:
                raise EmbeddedDatabaseError(
                    f"The data folder {self.data} is in use by process {pid}, which does not answer. "
                    f"End it (kill {pid}) and start again."
                )
            time.sleep(0.2)
        return False

    def recorded_server(self) -> tuple[int, int] | None:
        """Process id and port from the server's own lock file."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]), int(lines[3])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.url_of("postgres"), connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]).resolve() == self.data.resolve()

    def is_running(self) -> bool:
        server = self.recorded_server()
        return server is not None and "postgres" in processes.command_line(server[0])

    def launch(self) -> None:
        """Starts the server; after a crash its lock stays taken for a moment, so it tries again."""
        self.say("Starting the database …")
        deadline = time.monotonic() + START_SECONDS
        self.port = free_port(self.port)
        while True:
            self.log.unlink(missing_ok=True)
            started = self.programs.run("pg_ctl", "start", *self.start_arguments(), cwd=self.home)
            if started.returncode == 0:
                return
            if time.monotonic() > deadline:
                reasons = f"{started.stderr}{self.last_log_lines()}"
                raise EmbeddedDatabaseError(f"The database did not start:\n{reasons}")
            time.sleep(0.3)

    def start_arguments(self) -> list[str]:
        options = ["-c", "listen_addresses=127.0.0.1", "-c", f"port={self.port}"]
        options += ["-c", "unix_socket_directories=", *(THROWAWAY_OPTIONS if self.throwaway else ())]
        options += [] if self.autovacuum else [WITHOUT_AUTOVACUUM]
        wait = ["--wait", "--timeout=60", "--silent"]
        return [f"--pgdata={self.data}", f"--log={self.log}", *wait, f"--options={' '.join(options)}"]

    def last_log_lines(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        except OSError:
            return ""

    def ensure_database(self) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
                connection.execute(f'CREATE DATABASE "{NAME}"')

    def record(self) -> None:
        if self.var is not None:
            kept = {"url": self.url, "home": str(self.home), "major": self.programs.major}
            kept |= {"site_url": self.site_url} if self.site_url else {}
            write_privately(self.var / RECORD, json.dumps(kept, indent=2))

    def stop(self) -> None:
        """Stops the server; it ends its connections, and is stopped at once where it takes too long."""
        if self.recorded_server() is not None:
            for mode in ("immediate",) if self.throwaway else ("fast", "immediate"):
                arguments = (f"--pgdata={self.data}", f"--mode={mode}", "--wait", "--timeout=30", "--silent")
                if self.programs.run("pg_ctl", "stop", *arguments, cwd=self.home).returncode == 0:
                    break
        if self.var is not None:
            kept = {"home": str(self.home), "major": self.programs.major}
            write_privately(self.var / RECORD, json.dumps(kept, indent=2))

    def remove(self) -> None:
        """Stops the server and deletes the whole cluster, with the folder of its own where it has one."""
        self.stop()
        is_outside = self.var is not None and self.home.parent != self.var
        shutil.rmtree(self.home.parent if is_outside else self.home, ignore_errors=True)
