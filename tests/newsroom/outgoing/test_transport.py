"""Where connections really go: real servers of this machine, and only the looking-up of names is ours."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsroom.outgoing import destinations, transport
from newsroom.outgoing.destinations import is_public
from newsroom.outgoing.transport import MOST_BYTES, Answer, Line
from tests.certificates import self_signed
from tests.services import LOOKS

NAME = "hooks.example.org"


class Server:
    """Counts who comes. `tls` is a certificate's file."""

    def __init__(self, address: str = "127.0.0.1", *, port: int = 0, tls: str = "", status: int = 200) -> None:
        self.asked: list[str] = []
        self.status, self.headers, self.body = status, {}, b"fine"
        door = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                door.asked.append(f"{self.headers['Host']}{self.path}")
                self.send_response(door.status)
                for name, value in door.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(door.body)))
                self.end_headers()
                self.wfile.write(door.body)

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer((address, port), Door)
        self.server.daemon_threads = True
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=[LOOKS], daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Names:
    """A name server whose answers change from one question to the next."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


@pytest.fixture
def certificate(tmp_path) -> str:
    """For hooks.example.org, signed by itself."""
    path = tmp_path / "server.pem"
    path.write_bytes(b"".join(self_signed(NAME)))
    return str(path)


@pytest.fixture
def secure(certificate, monkeypatch) -> Iterator[Server]:
    """An https server on this machine; its port is permitted for the test."""
    server = Server(tls=certificate)
    monkeypatch.setattr(destinations, "PORTS", (server.port,))
    yield server
    server.close()


@pytest.fixture
def plain(settings) -> Iterator[Server]:
    settings.WEBHOOK_LOOPBACK = True
    server = Server()
    yield server
    server.close()


def post(server: Server, *, name: str = NAME, path: str = "/hook", certificate: str = "", **options) -> Answer:
    trust = ssl.create_default_context(cafile=certificate) if certificate else None
    with Line(trust=trust, **options) as line:
        return line.post(f"https://{name}:{server.port}{path}", b"{}", {"Content-Type": "application/json"})


def here(address: str) -> bool:
    """For tests only: our own machine in the place of a public one."""
    return address == "127.0.0.1" or is_public(address)


def test_post_reaches_the_address_that_was_looked_up(secure, certificate):
    names = Names(["127.0.0.1"])

    answer = post(secure, certificate=certificate, resolve=names, permits=here)

    assert (answer.status, answer.error, answer.body, names.asked) == (200, "", b"fine", 1)
    assert secure.asked == [f"{NAME}:{secure.port}/hook"]


@pytest.mark.parametrize(
    "addresses",
    [
        *(["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["::127.0.0.1"]),
        *(["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["100.64.0.1"], ["0.0.0.0"], ["224.0.0.1"]),
        # One of several is enough to refuse them all, in whichever place it stands.
        *(["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"]),
    ],
)
def test_post_goes_nowhere_when_a_name_leads_into_our_own_network(secure, certificate, addresses):
    answer = post(secure, certificate=certificate, resolve=lambda host, port: addresses)

    assert (answer.status, answer.error) == (None, f"The name {NAME} leads to an address that is not public.")
    assert secure.asked == []


def test_post_connects_to_what_was_checked_when_the_name_changes_meanwhile(secure, certificate):
    """Rebinding: whoever asks a second time is led to another machine. Nobody does."""
    inside = Server("127.0.0.2", port=secure.port, tls=certificate)
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    try:
        answer = post(secure, certificate=certificate, resolve=names, permits=here)

        assert (answer.status, names.asked, len(secure.asked), inside.asked) == (200, 1, 1, [])
        # Even a name server of the system's that answers otherwise is not asked by the connection itself.
        again = post(secure, certificate=certificate, resolve=names, permits=here)
        assert (again.status, again.error[:24], inside.asked) == (None, f"The name {NAME}"[:24], [])
    finally:
        inside.close()


def test_post_asks_the_systems_name_server_for_nothing_once_the_name_was_looked_up(secure, certificate, monkeypatch):
    asked = []
    original = socket.getaddrinfo

    def listening(host, *args, **kwargs):
        asked.append(host)
        return original(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", listening)

    post(secure, certificate=certificate, resolve=lambda host, port: ["127.0.0.1"], permits=here)

    assert set(asked) <= {"127.0.0.1"}


def test_post_checks_a_name_anew_for_each_connection(secure, certificate):
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    trust = ssl.create_default_context(cafile=certificate)
    answers = []
    for _ in range(2):
        with Line(trust=trust, resolve=names, permits=here) as line:
            answers.append(line.post(f"https://{NAME}:{secure.port}/", b"{}", {}).status)

    assert (answers, names.asked) == ([200, None], 2)


def test_post_uses_a_connection_again(secure, certificate):
    names = Names(["127.0.0.1"])
    with Line(trust=ssl.create_default_context(cafile=certificate), resolve=names, permits=here) as line:
        answers = [line.post(f"https://{NAME}:{secure.port}/", b"{}", {}).status for _ in range(3)]

    assert (answers, names.asked) == ([200] * 3, 1)


def test_post_does_not_believe_the_certificate_of_another_name(secure, certificate):
    answer = post(secure, name="other.example.org", certificate=certificate, resolve=Names(["127.0.0.1"]), permits=here)

    assert answer.error.startswith("Its certificate is not accepted:")
    assert secure.asked == []


def test_post_does_not_believe_a_certificate_of_nobody(secure):
    answer = post(secure, resolve=Names(["127.0.0.1"]), permits=here)

    assert answer.error.startswith("Its certificate is not accepted:")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_post_follows_no_redirect(plain, status):
    inside = Server()
    plain.status, plain.headers = status, {"Location": f"http://127.0.0.1:{inside.port}/secret"}
    try:
        with Line() as line:
            answer = line.post(f"http://127.0.0.1:{plain.port}/hook", b"{}", {})
    finally:
        inside.close()

    assert (answer.status, answer.is_success, inside.asked) == (status, False, [])
    assert "redirects are not followed" in answer.error


def test_post_uses_no_proxy_of_the_environment(plain, monkeypatch):
    proxy = Server()
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    try:
        with Line() as line:
            answer = line.post(f"http://127.0.0.1:{plain.port}/hook", b"{}", {})
    finally:
        proxy.close()

    assert (answer.status, proxy.asked) == (200, [])


def test_post_reads_no_more_of_an_answer_than_is_needed(plain):
    plain.body = b"x" * 5_000_000

    with Line() as line:
        answer = line.post(f"http://127.0.0.1:{plain.port}/hook", b"{}", {})

    assert (answer.status, len(answer.body)) == (200, MOST_BYTES)


@pytest.mark.parametrize("drip", [b"H", b"HTTP/1.1 200 OK\r\nX: "])
def test_post_ends_by_its_deadline_whatever_drips(settings, drip):
    """Each byte comes in time, the whole never does."""
    settings.WEBHOOK_LOOPBACK = True
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def trickle() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(drip)
            while not ended.wait(0.05):
                connection.sendall(b"a")

    threading.Thread(target=trickle, daemon=True).start()
    begun = time.monotonic()
    with Line() as line:
        answer = line.post(f"http://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {}, seconds=0.6)
    took = time.monotonic() - begun
    ended.set()
    listening.close()

    assert (answer.status, answer.error) == (None, "It did not answer in time.")
    assert 0.5 < took < 2


def test_post_gives_up_a_name_server_that_is_silent(monkeypatch):
    silent = threading.Event()
    monkeypatch.setattr(transport, "LOOK_UP_SECONDS", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: silent.wait(5))

    with Line() as line:
        answer = line.post(f"https://{NAME}/", b"{}", {})
    silent.set()

    assert answer.error.startswith("The name server did not answer")
    assert answer.milliseconds < 1500


def test_post_says_when_nobody_listens(settings):
    settings.WEBHOOK_LOOPBACK = True
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with Line() as line:
        answer = line.post(f"http://127.0.0.1:{port}/", b"{}", {})

    assert (answer.status, answer.error) == (None, "No connection could be made.")


def test_post_looks_again_at_what_was_written_down():
    """An address that got past the door all the same."""
    with Line(permits=lambda address: True) as line:
        answers = [line.post(url, b"{}", {}).error for url in ("http://127.0.0.1/", "https://[::1]/", "file:///etc")]

    assert all(answers)
    assert json.dumps(answers).count("Only https") == 2
