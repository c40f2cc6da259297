"""The site as a release serves it: DEBUG off, static files collected, the web server of production."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from newsroom import processes
from newsroom.embedded import ROOT, free_port
from newsroom.supervisor import stop_process
from newsroom.throwaway import ThrowawayDatabase

# A busy machine takes minutes for the first page.
START_SECONDS = 300


class ServedSite:
    """A throw-away database, folders of its own, and a server on a free port of the loopback.

    `open` prepares database and environment, so that this process can fill it; `serve` starts the server.
    """

    def __init__(self, settings: str, *, autovacuum: bool = False, **environment: str) -> None:
        """`settings` names the module of a release's settings, `environment` what they read beside the usual. With
        `autovacuum` PostgreSQL cleans up and counts by itself."""
        self.settings, self.environment, self.autovacuum = settings, environment, autovacuum
        self.stack = ExitStack()
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ServedSite:
        try:
            self.open()
        except BaseException:
            self.stack.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        self.stack.close()

    def open(self) -> None:
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-audit-")))
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        os.environ |= {
            "DATABASE_URL": self.stack.enter_context(ThrowawayDatabase(autovacuum=self.autovacuum)),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "NEWSROOM_VAR": str(self.folder / "var"),
            "STATIC_ROOT": str(self.folder / "static"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "SITE_URL": self.address,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "PRODUCTION": "true",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "DEBUG": "false",
            "DEMONSTRATION": "true",
            # What a proxy in front of a release does, which there is none of here.
            "SECURE_SSL_REDIRECT": "false",
            "SECURE_HSTS_SECONDS": "0",
            "LOG_LEVEL": "ERROR",
            **self.environment,
        }

    def serve(self) -> None:
        """Collect the static files as a release does, and start, anew where one runs already. Raises RuntimeError where
        nothing answers."""
        # The desk imports models, which are there only now.
        from newsroom.desk import answers, web_service

        self.stop()
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, cwd=ROOT, check=True)
        service = web_service(self.port)
        with (self.folder / "web.log").open("wb") as log:
            self.server = subprocess.Popen(
                service.command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.port):
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start:\n{(self.folder / 'web.log').read_text()[-3000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """End the server, where one runs."""
        if self.server is not None:
            stop_process(self.server, patience=8)
            self.server = None

    def pids(self) -> list[int]:
        """The server's process and its workers."""
        assert self.server is not None
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        assert processes.is_alive(self.server.pid)
        return [self.server.pid, *map(int, children.read_text().split())]
