"""A Chromium of the test's own, which can be killed in mid-sentence and started again on the same profile."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from newsroom import processes
from tests.services import CHROMIUM_FLAGS, wait_until


class KillableChromium:
    """Starts Chromium as a process of its own and drives it over its debugging port."""

    def __init__(self, program: str, browser_type: Any, folder: Path) -> None:
        self.program, self.browser_type, self.folder = program, browser_type, folder
        self.process: subprocess.Popen | None = None

    def start(self, profile: str) -> Any:
        """A page of a fresh process, on the profile of this name."""
        place = self.folder / profile
        port = place / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        flags = [*CHROMIUM_FLAGS, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={place}"]
        with (self.folder / f"{profile}.log").open("a") as log:
            self.process = subprocess.Popen(
                [self.program, *flags, "about:blank"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: port.exists() and "\n" in port.read_text(), what="Chromium opens its debugging port")
        number = port.read_text().splitlines()[0]
        return self.browser_type.connect_over_cdp(f"http://127.0.0.1:{number}").contexts[0].new_page()

    def kill(self) -> None:
        """SIGKILL for the browser and its children: nothing of it can say a last word."""
        assert self.process is not None
        processes.kill_group(self.process.pid)
        self.process.wait()
