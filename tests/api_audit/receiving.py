"""A partner that lives by webhooks alone, and answers a third of them with a failure of some kind.

Every message is first verified by npm's standardwebhooks in a process of Node. What it tells is applied by the rule
of the guide: nothing older than what is held, and the story itself is fetched with the key.
"""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.audits.tools import JudgeAbsentError, program

from .asking import Client
from .comparing import Held
from .tools import FOLDER, PACKAGES

FAILING = 1 / 3
SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")


class Verifier:
    """npm's standardwebhooks, asked about one message after the other."""

    def __init__(self) -> None:
        PACKAGES.path("standardwebhooks/package.json")
        command = [program("node", package="nodejs"), str(FOLDER / "signatures.mjs")]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=FOLDER, stdin=pipe, stdout=pipe, text=True)
        self.lock = threading.Lock()

    def accepts(self, secret: str, headers: dict[str, str], body: str) -> bool:
        with self.lock:
            assert self.process.stdin
            assert self.process.stdout
            self.process.stdin.write(json.dumps({"secret": secret, "headers": headers, "body": body}) + "\n")
            self.process.stdin.flush()
            said = self.process.stdout.readline()
        if not said:
            raise JudgeAbsentError("the process that verifies signatures has ended")
        return bool(json.loads(said))

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


class Receiver:
    """One endpoint with what it holds, and a count of what came."""

    def __init__(self, name: str, site: str, key: str, verifier: Verifier) -> None:
        self.name, self.site, self.key, self.verifier = name, site, key, verifier
        self.secret = ""
        self.documents: dict[str, Any] = {}
        # Also of what was taken off: what is told late must not bring it back.
        self.versions: dict[str, int] = {}
        self.came = self.failed = self.verified = 0
        self.refused: list[str] = []
        self.forged: list[str] = []
        self.ids: set[str] = set()
        self.dice, self.lock, self.own = random.Random(), threading.Lock(), threading.local()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> Receiver:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def take(self, headers: dict[str, str], body: str) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer; a status of 0 hangs up without one."""
        message = json.loads(body)
        if not self.is_ours(headers, body):
            return 401, {}
        if message["type"] == "endpoint.challenge":
            return 200, {"challenge": message["data"]["challenge"]}
        with self.lock:
            self.came += 1
            self.ids.add(headers["webhook-id"])
            failure = self.dice.choice((500, 503, 0, -1)) if self.dice.random() < FAILING else 200
            self.failed += failure != 200
        # The last of the failures comes after the work is done, as when an answer is lost on its way.
        if failure in (200, -1):
            self.apply(message["data"])
        return (500 if failure == -1 else failure), {}

    def is_ours(self, headers: dict[str, str], body: str) -> bool:
        """Verified; and the same message with one letter changed must not be."""
        signed = {name: headers.get(name, "") for name in SIGNED}
        with self.lock:
            secret = self.secret
        is_good = self.verifier.accepts(secret, signed, body)
        with self.lock:
            self.verified += is_good
            if not is_good:
                self.refused.append(signed["webhook-id"])
        if self.verifier.accepts(secret, signed, body.replace('"type"', '"Type"', 1)):
            self.forged.append(signed["webhook-id"])
        return is_good

    def apply(self, change: dict[str, Any]) -> None:
        key, version = change["object_id"], change["version"]
        if version <= self.versions.get(key, 0):
            return
        document = self.fetched(key) if change["action"] == "upsert" else None
        with self.lock:
            newest = max(version, document["version"] if document else 0)
            if newest < self.versions.get(key, 0):
                return
            self.versions[key] = newest
            if document is None:
                self.documents.pop(key, None)
            else:
                self.documents[key] = document

    def fetched(self, key: str) -> Any:
        """The story as it is now; None where the key may not have it any more: it will be told so."""
        if not hasattr(self.own, "client"):
            self.own.client = Client(self.site, self.key)
        answer = self.own.client.get(f"/api/v1/articles/{key}")
        if answer.status not in (200, 404, 410):
            raise RuntimeError(f"{key} was answered with {answer.status}")
        return answer.json() if answer.status == 200 else None

    def begin(self) -> None:
        """As the guide says: first all that is there, then what one is told."""
        for document in Client(self.site, self.key).every("/api/v1/articles"):
            self.documents[document["id"]], self.versions[document["id"]] = document, document["version"]

    def held(self) -> Held:
        return Held(dict(self.documents), json.dumps(self.documents).encode())


def _handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                status, answer = receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
            except Exception as error:
                receiver.refused.append(f"{type(error).__name__}: {error}")
                status, answer = 500, {}
            if not status:
                self.close_connection = True
                return
            said = json.dumps(answer).encode()
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Counted, not written."""

    return Handler
