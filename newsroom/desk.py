"""The one-command desk: embedded database, web server, Celery worker, sender and beat, under one supervisor."""

import errno
import fcntl
import http.client
import json
import os
import platform
import shutil
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsroom import sign_ins
from newsroom.broker import SENDER_QUEUES
from newsroom.celery import TASK_TIME_LIMIT
from newsroom.embedded import ROOT, Cluster
from newsroom.supervisor import Child, Interrupted, Service, Supervisor

LOCK = "desk.lock"
# What a run leaves in var/. Starting afresh deletes these names and no other: var/ may be any folder.
OURS = ("media", "log", "postgres", "sign-ins.txt", "secret-key", "database.json", "processes.json")


class DeskError(Exception):
    """The desk cannot start; the text says why and what to do."""


def web_service(port: int) -> Service:
    server = [sys.executable, "-m", "newsroom.web_server", f"--port={port}", "--workers=2", "--threads=4"]
    return Service("web", [*server, "--patience=5"], patience=8, is_ready=lambda child: answers(port))


def worker_service() -> Service:
    # Forking a threaded process is not safe on macOS.
    pool = "threads" if platform.system() == "Darwin" else "prefork"
    worker = [sys.executable, "-m", "newsroom.worker", "--hostname=worker@newsroom"]
    shape = [f"--pool={pool}", "--concurrency=2"]
    return Service("worker", [*worker, *shape], patience=TASK_TIME_LIMIT + 5, is_ready=says_ready)


def sender_service() -> Service:
    """Sends webhooks. It waits for other machines most of the time: threads, and more of them than may be busy with
    stories at once, so that some are always free for removals."""
    worker = [sys.executable, "-m", "newsroom.worker", "--hostname=sender@newsroom"]
    shape = ["--pool=threads", "--concurrency=12", f"--queues={','.join(SENDER_QUEUES)}"]
    return Service("sender", [*worker, *shape], patience=25, is_ready=says_ready)


def beat_service() -> Service:
    # The timetable is code and every entry may be repeated: beat need not remember when it last ran.
    celery = [sys.executable, "-m", "celery", "--app=newsroom", "beat", "--pidfile="]
    return Service("beat", [*celery, "--scheduler=celery.beat:Scheduler", "--loglevel=INFO"], patience=5)


def answers(port: int) -> bool:
    """Whether the web server answers, with whatever page."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20).close()
    except urllib.error.HTTPError:
        return True
    except (OSError, http.client.HTTPException):
        return False
    return True


def says_ready(child: Child) -> bool:
    with child.log.open(errors="replace") as log:
        log.seek(child.read)
        return any(" ready." in line for line in log)


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            is_taken = error.errno == errno.EADDRINUSE
            reason = "is in use by another program" if is_taken else f"is refused ({error})"
            raise DeskError(f"Port {port} {reason}. Choose another one: PORT={port + 1} make run") from error


@contextmanager
def only_desk(var: Path, address: str) -> Iterator[None]:
    """Holds the lock of `var`; the system lets go of it however we end."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise DeskError(
                f"The desk runs already from {var}: {lock.read().strip() or 'it is just starting'}. "
                "Stop it with Ctrl-C where it was started."
            ) from None
        lock.truncate(0)
        lock.write(f"{address}, process {os.getpid()}")
        lock.flush()
        yield
        lock.truncate(0)


@dataclass
class Desk:
    """One desk: its folder, its port, and whether the database is the embedded one."""

    var: Path
    port: int

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.port}/"
        self.cluster: Cluster | None = None
        services = [worker_service(), sender_service(), web_service(self.port), beat_service()]
        self.supervisor = Supervisor(services, self.var / "log", self.var / "processes.json", say)

    def run(self, *, reset: bool) -> None:
        """Runs until Ctrl-C; raises DeskError, EmbeddedDatabaseError or ServiceFailed."""
        with only_desk(self.var, self.address):
            self.supervisor.listen_for_stop()
            try:
                self.start(reset=reset)
                self.supervisor.watch(self.look_after_database)
            except Interrupted:
                say("Stopping; press Ctrl-C again to stop without waiting for running tasks.")
            finally:
                self.stop()

    def start(self, *, reset: bool) -> None:
        self.supervisor.end_leftovers()
        refuse_taken_port(self.port)
        if reset:
            self.reset()
        self.start_database()
        prepare = [sys.executable, str(ROOT / "manage.py"), "prepare_demo"]
        printed = self.supervisor.run_to_end("prepare", prepare)
        say("Starting web, worker, sender and beat …")
        self.supervisor.start()
        self.announce(json.loads(printed.splitlines()[-1]))

    def reset(self) -> None:
        """Deletes everything that earlier runs left: database, media, sign-ins, logs."""
        say(f"Starting afresh: deleting what is in {self.var}.")
        if "DATABASE_URL" in os.environ:
            say("The database of DATABASE_URL is left as it is.")
        else:
            Cluster.of(self.var).remove()
        for path in (self.var / name for name in OURS):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def start_database(self) -> None:
        environment = self.supervisor.environment
        environment.setdefault("SITE_URL", self.address.rstrip("/"))
        if "DATABASE_URL" not in os.environ:
            cluster = Cluster.of(self.var, say=say)
            cluster.site_url = environment["SITE_URL"]
            environment["DATABASE_URL"] = cluster.start()
            # Ours to stop only now: a server that refused us belongs to somebody else.
            self.cluster = cluster
        environment.setdefault("DEMONSTRATION", "true")
        environment["PYTHONUNBUFFERED"] = "1"

    def look_after_database(self) -> None:
        if self.cluster is None or self.cluster.is_running():
            return
        say("The database has died; starting it again.")
        url = self.cluster.start()
        if url != self.supervisor.environment["DATABASE_URL"]:
            self.supervisor.environment["DATABASE_URL"] = url
            self.supervisor.restart_all()

    def announce(self, new_sign_ins: dict[str, str]) -> None:
        """The site's address comes first and alone, so that a script can read it."""
        kept = self.var / sign_ins.FILE
        lines = [self.address, f"Admin: {self.address}admin/", f"API:   {self.address}api/v1/", ""]
        if new_sign_ins:
            lines.append(f"Sign in (shown once, kept in {kept}):")
            lines += [f"  {name:10}{password}" for name, password in new_sign_ins.items()]
        else:
            lines.append(f"Sign in as reporter, editor or chief: the passwords stand in {kept}")
        print(*lines, "", "Ctrl-C stops the desk.", sep="\n", flush=True)

    def stop(self) -> None:
        self.supervisor.stop()
        if self.cluster is not None:
            say("Stopping the database …")
            self.cluster.stop()
        if self.cluster is not None or self.supervisor.children:
            say("The desk is closed.")


def say(line: str) -> None:
    """Progress goes to standard error, so that the address comes first on standard output."""
    print(line, file=sys.stderr, flush=True)
