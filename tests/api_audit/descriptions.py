"""The description of the API by the rules of three judges, each of which finds what the others do not."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError

from .tools import PACKAGES

Judge = Callable[[Path], list[Finding]]
FAULTY: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Faulty"},
    "paths": {"/a/{b}": {"get": {"responses": {"nope": {}}}}},
}


def judge_descriptions(report: Report, description: bytes) -> None:
    """What the served site says of itself, judged by each; a judge that lets a faulty one pass has not run."""
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        served, faulty = Path(folder) / "openapi.json", Path(folder) / "faulty.json"
        served.write_bytes(description)
        faulty.write_text(json.dumps(FAULTY))
        for name, judge in JUDGES.items():
            if not judge(faulty):
                raise JudgeAbsentError(f"the judge of {name} let a faulty description pass")
            report.count(name, judge(served))


def by_validator(path: Path) -> list[Finding]:
    errors = OpenAPIV31SpecValidator(json.loads(path.read_text())).iter_errors()
    return [
        Finding("openapi-spec-validator", "/".join(map(str, error.absolute_path)), error.message) for error in errors
    ]


def by_redocly(path: Path) -> list[Finding]:
    found = _said("@redocly/cli/bin/cli.js", "lint", "--config=redocly.yaml", "--format=json", str(path))["problems"]
    return [
        Finding("redocly", problem["location"][0]["pointer"], f"{problem['ruleId']}: {problem['message']}")
        for problem in found
    ]


def by_spectral(path: Path) -> list[Finding]:
    quiet = ("--quiet", "--ruleset=spectral.yaml", "--format=json")
    found = _said("@stoplight/spectral-cli/dist/index.js", "lint", *quiet, str(path))
    return [
        Finding("spectral", "/".join(map(str, problem["path"])), f"{problem['code']}: {problem['message']}")
        for problem in found
    ]


def _said(program: str, *arguments: str) -> Any:
    """What a judge from npm prints as JSON, whatever its exit status says of the description."""
    ended = PACKAGES.run(PACKAGES.path(program), *arguments)
    try:
        return json.loads(ended.stdout)
    except ValueError:
        raise JudgeAbsentError(f"{program} failed: {ended.stderr.strip()[-1000:]}") from None


JUDGES: dict[str, Judge] = {
    "openapi_errors": by_validator,
    "redocly_problems": by_redocly,
    "spectral_problems": by_spectral,
}
