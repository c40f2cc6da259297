"""A desk of the command's own: the demonstration in a folder that is gone afterwards, beside whatever else runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError

from newsroom.embedded import ROOT, free_port

# So that the pages about mail can be shown; nobody of the demonstration has an address.
MAIL = "filemail:///"


@contextmanager
def own_desk() -> Iterator[dict[str, str]]:
    """Starts `manage.py demo` and gives the environment in which another command reaches the same desk.

    Raises:
        CommandError: the desk did not start; its own words stand above.
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        port = free_port()
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
            "NEWSROOM_VAR": name,
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "DEMONSTRATION": "true",
            "EMAIL_URL": f"{MAIL}{name}/mail",
        }
        command = [sys.executable, str(ROOT / "manage.py"), "demo"]
        desk = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert desk.stdout is not None
            if not desk.stdout.readline().startswith("http"):
                raise CommandError("The desk to be photographed did not start.")
            yield environment
        finally:
            desk.send_signal(signal.SIGINT)
            desk.communicate()
