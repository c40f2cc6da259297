"""A receiver of webhooks: a real server of this machine that does what a partner's would."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from newsroom.partners.models import ApiKey, WebhookEndpoint
from newsroom.partners.webhooks.challenging import challenge
from newsroom.partners.webhooks.dispatching import write_deliveries
from newsroom.partners.webhooks.endpoints import make_endpoint
from newsroom.partners.webhooks.leases import Lane
from newsroom.partners.webhooks.sending import send_due
from tests.services import LOOKS


@dataclass(slots=True)
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def message(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def data(self) -> dict[str, Any]:
        return self.message["data"]

    def verified_by(self, secret: str) -> dict[str, Any]:
        """As a partner does it; raises WebhookVerificationError."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """Answers `status` with `headers` after `seconds`; a challenge by the book, unless `is_deaf`."""

    status: int = 204
    seconds: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    is_deaf: bool = False
    # Asked for each message; what it returns is the status.
    decide: Callable[[Received], int] | None = None
    received: list[Received] = field(default_factory=list)
    challenges: list[Received] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _door(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=[LOOKS], daemon=True).start()

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def sequences(self) -> list[int]:
        return [received.data["sequence"] for received in self.received if "sequence" in received.data]

    def take(self, received: Received) -> tuple[int, bytes]:
        if received.message["type"] == "endpoint.challenge":
            self.challenges.append(received)
            return self.status_of_challenge(), b"" if self.is_deaf else json.dumps(
                {"challenge": received.data["challenge"]}
            ).encode()
        self.received.append(received)
        time.sleep(self.seconds)
        return (self.decide(received) if self.decide else self.status), b""

    def status_of_challenge(self) -> int:
        return 200


def _door(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer = receiver.take(Received(headers, body))
            self.send_response(status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            pass

    return Door


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    """On this machine, which the settings then permit."""
    settings.WEBHOOK_LOOPBACK = True
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def subscribe(keys, receiver) -> Callable[..., tuple[WebhookEndpoint, str]]:
    """Makes an endpoint, answered its challenge and active, of a new key or of the one that is given."""

    def make(path: str = "/hook", *, key: ApiKey | None = None, at: Receiver | None = None, **options: Any) -> Any:
        own = key or keys.make(**options)[0]
        endpoint, secret = make_endpoint(own, url=(at or receiver).url(path))
        answer = challenge(endpoint.pk)
        assert answer is not None
        assert answer.is_success, answer
        endpoint.refresh_from_db()
        return endpoint, secret

    return make


def tell(*endpoints: WebhookEndpoint) -> None:
    """What the senders do in one round."""
    write_deliveries()
    for endpoint in endpoints or WebhookEndpoint.objects.all():
        for lane in Lane:
            while send_due(endpoint.pk, lane):
                pass
