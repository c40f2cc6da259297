"""Schemathesis: thousands of requests that the description permits or forbids, every answer held to every check.

Once with a key that may do everything and once without, in all its phases. What it calls a failure or an error counts;
its words go to the findings.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.audits.report import Finding, Report
from tests.audits.tools import ROOT, JudgeAbsentError

from .asking import Client
from .site import bearer
from .tools import FOLDER

PROGRAM = ROOT / ".venv-audit" / "bin" / "st"
BEARERS = ("key", "nobody")
PHASES = ("examples", "coverage", "fuzzing", "stateful")
PATIENCE = 1_200
# Takes the escapes that colour a terminal's text.
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FAULTY = {
    "openapi": "3.1.0",
    "info": {"title": "Faulty", "version": "1"},
    "paths": {"/fails": {"get": {"responses": {"200": {"description": "Never."}}}}},
}


def judge_with_schemathesis(report: Report, site: str, key: str, *, examples: int) -> None:
    values = known(site)
    _require_sight()
    address = f"{site}/api/v1/openapi.json"
    with ThreadPoolExecutor(len(BEARERS)) as both:
        started = [both.submit(run, address, values, key if who == "key" else "", examples) for who in BEARERS]
    runs = {who: one.result() for who, one in zip(BEARERS, started, strict=True)}
    for who, (document, said) in runs.items():
        missing = [phase for phase in PHASES if document["phases"].get(phase, {}).get("status") == "skip"]
        if not document["complete"] or missing:
            raise JudgeAbsentError(
                f"schemathesis did not finish ({document['stop_reason']}, without {missing}): {said}"
            )
        cases = document["test_cases"]
        report.note(
            f"schemathesis as {who}: {cases['generated']} cases in {document['running_time']:.0f} s, "
            f"seed {document['seed']}"
        )
    report.figure("schemathesis_cases", sum(document["test_cases"]["generated"] for document, _ in runs.values()))
    report.count(
        "schemathesis_failures", [found for who, (document, _) in runs.items() for found in _failures(who, document)]
    )
    report.count(
        "schemathesis_errors", [found for who, (document, _) in runs.items() for found in _errors(who, document)]
    )
    if any(document["failures"] or document["errors"] for document, _ in runs.values()):
        for who, (_, said) in runs.items():
            report.note(f"schemathesis as {who}:\n{said}")


def known(site: str) -> dict[str, list[Any]]:
    """Values of parameters that name something, as the public lists have them."""
    client = Client(site)
    articles = client.every("/api/v1/articles?fields=section,authors")
    codes = [country["code"] for country in client.every("/api/v1/countries")]
    entities = [entity["id"] for entity in client.get("/api/v1/entities?page_size=50").json()["items"]]
    changes = client.get("/api/v1/changes?limit=1000").json()["items"]
    return {
        "sequence": [change["sequence"] for change in changes if change["must_purge"]],
        "section": sorted({article["section"]["slug"] for article in articles}),
        "author": sorted({author["slug"] for article in articles for author in article["authors"]}),
        "article": [article["id"] for article in articles],
        # All of them: a description cannot say that an answer has less where less was asked for.
        "fields": [",".join(client.get(f"/api/v1/articles/{articles[0]['id']}").json())],
        "search fields": [",".join(client.get("/api/v1/search?q=navy").json()["items"][0])],
        "country": codes,
        "country_all": codes,
        "entity": entities,
        "speaker_entity": entities,
    }


def run(
    address: str, values: dict[str, list[Any]], key: str, examples: int, *, seconds: int = PATIENCE
) -> tuple[dict[str, Any], str]:
    """Its report of one run, and what it printed. Raises JudgeAbsentError where there is no report."""
    if not PROGRAM.exists():
        raise JudgeAbsentError(f"{PROGRAM} is not installed: make api-audit installs it")
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        path = Path(folder) / "report.json"
        options = [f"--report-json-path={path}", f"--max-examples={examples}", f"--phases={','.join(PHASES)}"]
        headers = [f"--header={name}: {value}" for name, value in bearer(key).items()]
        ended = subprocess.run(
            [str(PROGRAM), "--config-file=schemathesis.toml", "run", address, "--checks=all", *options, *headers],
            cwd=FOLDER,
            env=os.environ | {"NEWSROOM_AUDIT_KNOWN": json.dumps(values)},
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        said = COLOUR.sub("", ended.stdout + ended.stderr)
        if not path.exists():
            raise JudgeAbsentError(f"schemathesis wrote no report: {said[-2000:]}")
        return json.loads(path.read_text()), said


def _failures(who: str, document: dict[str, Any]) -> Iterator[Finding]:
    for failure in document["failures"]:
        where = ", ".join(failure["operations"])
        yield Finding(
            "schemathesis", where, f"as {who}: {failure['title']} ({failure['code']}), {failure['count']} times"
        )


def _errors(who: str, document: dict[str, Any]) -> Iterator[Finding]:
    for error in document["errors"]:
        yield Finding("schemathesis", "its run", f"as {who}: {error['title']}, {error['count']} times")


def _require_sight() -> None:
    """Raises JudgeAbsentError where an address that always fails passes."""
    with _failing() as address:
        document, said = run(f"{address}/openapi.json", {}, "", 5, seconds=120)
    if not document["failures"]:
        raise JudgeAbsentError(f"schemathesis let an address pass that always answers 500: {said[-1000:]}")


@contextmanager
def _failing() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Failing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Failing(BaseHTTPRequestHandler):
    """Describes itself well and answers everything else with 500."""

    def do_GET(self) -> None:
        is_description = self.path == "/openapi.json"
        body = json.dumps(FAULTY if is_description else {}).encode()
        self.send_response(200 if is_description else 500)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing of it is worth reading."""
