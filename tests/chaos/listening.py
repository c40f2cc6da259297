"""Partners: one whose endpoint is told of every change and fails now and then, one who follows the feed."""

from __future__ import annotations

import contextlib
import json
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

FAILING = 0.2


class Endpoint:
    """Answers a challenge, verifies each message, and remembers which changes it was told of."""

    def __init__(self, *, seed: int) -> None:
        self.secret = ""
        self.heard: set[int] = set()
        self.refused: list[str] = []
        self.dice, self.lock = random.Random(f"{seed} endpoint"), threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _door(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def __enter__(self) -> Endpoint:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def take(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        with self.lock:
            try:
                Webhook(self.secret).verify(body, headers)
            except WebhookVerificationError as error:
                self.refused.append(str(error))
                return 401, {}
            message = json.loads(body)
            if message["type"] == "endpoint.challenge":
                return 200, {"challenge": message["data"]["challenge"]}
            if self.dice.random() < FAILING:
                return 503, {}
            self.heard.add(message["data"]["sequence"])
            return 200, {}


def _door(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = endpoint.take({name.lower(): value for name, value in self.headers.items()}, body)
            said = json.dumps(answer).encode()
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Counted, not written."""

    return Door


class Follower:
    """Reads the feed of changes from the beginning, in small pages, through every death of the server."""

    def __init__(self, site: str) -> None:
        self.client = httpx.Client(base_url=site, timeout=30)
        self.items: list[dict[str, Any]] = []
        self.after = ""

    def run(self, is_over: threading.Event) -> None:
        while not is_over.wait(0.3):
            with contextlib.suppress(httpx.TransportError):
                self.read()

    def finish(self) -> None:
        while self.read():
            time.sleep(0.01)

    def read(self) -> bool:
        """One page; whether there is more."""
        query = {"limit": "25"} | ({"after": self.after} if self.after else {})
        answer = self.client.get("/api/v1/changes", params=query)
        if answer.status_code != 200:
            return False
        page = answer.json()
        self.items += page["items"]
        self.after = page["next_after"]
        return bool(page["has_more"])
