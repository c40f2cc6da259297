"""A cache in front of the site, as far as purging goes: a real server that notes what it is told to let go of."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from tests.services import LOOKS


class Cache:
    """Notes what it is told; answers with `status`."""

    def __init__(self) -> None:
        self.status = 200
        self.told: list[list[str]] = []
        self.headers: list[dict[str, str]] = []
        cache = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                cache.told.append(body["surrogate_keys"])
                cache.headers.append(dict(self.headers))
                self.send_response(cache.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/purge"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=[LOOKS], daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def keys(self) -> list[str]:
        return [key for request in self.told for key in request]
