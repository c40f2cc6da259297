"""The programs that judge: found here, or said to be lacking, so that no bar passes because nobody looked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Milliseconds for a page to come, on a machine that has other things to do.
PATIENCE_MS = 120_000
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class JudgeAbsentError(Exception):
    """A judge cannot run, or let something pass that is known to be faulty; the text says what to do."""


def program(name: str, *, package: str) -> str:
    """The path of a program. Raises JudgeAbsentError with the Debian package that brings it."""
    found = shutil.which(name)
    if found is None:
        raise JudgeAbsentError(f"{name} is not installed: apt-get install {package}")
    return found


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise JudgeAbsentError("Chromium is not installed: apt-get install chromium, or set CHROMIUM")
    return found


def judges_folder(*, holding: str) -> Path:
    """The folder of schemas that others wrote, which are no part of this repository; `holding` is one of them."""
    folder = Path(os.environ.get("NEWSROOM_JUDGES") or ROOT.parent / "shared" / "judges")
    if not (folder / holding).is_file():
        raise JudgeAbsentError(f"no {holding} in {folder}; name the folder of it in NEWSROOM_JUDGES")
    return folder


@dataclass(frozen=True, slots=True)
class NodePackages:
    """What an audit's package-lock.json brings from npm. `command` installs it."""

    folder: Path
    command: str

    def path(self, inside: str) -> Path:
        """A file of a package, such as axe-core/axe.min.js."""
        found = self.folder / "node_modules" / inside
        if not found.exists():
            raise JudgeAbsentError(f"{inside} is not installed: {self.command} installs it (npm ci in {self.folder})")
        return found

    def run(self, script: Path | str, *arguments: str, seconds: int = 120) -> subprocess.CompletedProcess[str]:
        """A script for Node, run in the audit's folder, with whatever exit status it has."""
        command = [program("node", package="nodejs"), str(self.folder / script), *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=seconds)

    def said(self, script: str, *arguments: str, seconds: int = 120) -> Any:
        """What one of our scripts for Node printed as JSON. Raises JudgeAbsentError where it failed."""
        ended = self.run(script, *arguments, seconds=seconds)
        if ended.returncode:
            raise JudgeAbsentError(f"{script} failed: {ended.stderr.strip()[-2000:]}")
        return json.loads(ended.stdout)
