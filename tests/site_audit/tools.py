"""The programs that judge: found here, or said to be lacking, so that no bar passes because nobody looked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
MODULES = FOLDER / "node_modules"
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
    """A judge cannot run, or let a page pass that is known to be faulty; the text says what to do."""


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


def module(path: str) -> Path:
    """A file of a judge that comes from npm, such as axe-core/axe.min.js."""
    found = MODULES / path
    if not found.exists():
        raise JudgeAbsentError(f"{path} is not installed: make site-audit installs it (npm ci in tests/site_audit)")
    return found


def judges_folder() -> Path:
    """The folder of schemas that others wrote, which are no part of this repository."""
    folder = Path(os.environ.get("NEWSROOM_JUDGES") or ROOT.parent / "shared" / "judges")
    if not folder.is_dir():
        raise JudgeAbsentError(f"no schemas in {folder}; name the folder of sitemap.xsd in NEWSROOM_JUDGES")
    return folder


def node(script: str, *arguments: str, seconds: int = 120) -> Any:
    """What one of our scripts for Node printed as JSON. Raises JudgeAbsentError where it failed."""
    command = [program("node", package="nodejs"), str(FOLDER / script), *arguments]
    ended = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=seconds)
    if ended.returncode:
        raise JudgeAbsentError(f"{script} failed: {ended.stderr.strip()[-2000:]}")
    return json.loads(ended.stdout)
