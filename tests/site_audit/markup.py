"""The Nu HTML checker on every page, as files of the very bytes that were served."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError, program

from .pages import Answer
from .tools import PACKAGES

FAULTY = "<!DOCTYPE html><html lang='en'><title>Faulty</title><p><ul><li id='a'><li id='a'></ul></p></html>"
FAULTY_NAME = "known-to-be-faulty"


def judge_markup(report: Report, answers: dict[str, Answer]) -> None:
    """Errors and warnings count alike."""
    html = {name: answer.body for name, answer in answers.items() if answer.kind == "text/html"}
    messages = checked(html | {FAULTY_NAME: FAULTY.encode()})
    if not any(finding.page == FAULTY_NAME for finding in messages):
        raise JudgeAbsentError("the Nu HTML checker let a faulty page pass")
    report.count("html_errors", [finding for finding in messages if finding.page != FAULTY_NAME])


def checked(pages: dict[str, bytes]) -> list[Finding]:
    """What the checker says of each page."""
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        for name, body in pages.items():
            (Path(folder) / f"{name}.html").write_bytes(body)
        jar = str(PACKAGES.path("vnu-jar/build/dist/vnu.jar"))
        options = ["--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html"]
        command = [program("java", package="default-jre-headless"), "-jar", jar, *options, folder]
        said = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if said.returncode:
        raise JudgeAbsentError(f"the Nu HTML checker failed: {said.stderr.strip()[-1000:]}")
    return [_finding(message) for message in json.loads(said.stdout)["messages"]]


def _finding(message: dict[str, Any]) -> Finding:
    place = f"line {message.get('lastLine', '?')}"
    extract = " ".join(message.get("extract", "").split())
    kind = message.get("subType") or message["type"]
    return Finding("nu", Path(message["url"]).stem, f"{kind}, {place}: {message['message']} {extract}")
