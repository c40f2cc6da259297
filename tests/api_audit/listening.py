"""Servers of this machine that count who comes: a bare listener, and one that speaks TLS under a name of its own."""

from __future__ import annotations

import contextlib
import socket
import ssl
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.certificates import self_signed

# The only port that webhooks may go to and that needs no privilege.
PORT = 8443


class Listener:
    """Takes every connection on a port, on all addresses of this machine or on one, counts it and hangs up."""

    def __init__(self, port: int = 0, host: str = "") -> None:
        self.knocks = 0
        self.sockets = [_listening(socket.AF_INET, host or "0.0.0.0", port)]
        self.port = self.sockets[0].getsockname()[1]
        if not host and socket.has_ipv6:
            with contextlib.suppress(OSError):
                self.sockets.append(_listening(socket.AF_INET6, "::", self.port))
        self.threads = [threading.Thread(target=self._take, args=[each], daemon=True) for each in self.sockets]

    def __enter__(self) -> Listener:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        for each in self.sockets:
            # Closing alone does not wake who waits for a connection.
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self.threads:
            thread.join()

    def _take(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                self.knocks += 1
                connection.close()


def _listening(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    made.bind((host, port))
    made.listen(64)
    return made


class TlsServer:
    """Answers every POST with a status, and a Location where there is one. `trust` believes its certificate."""

    def __init__(self, name: str, status: int, *, location: str = "", host: str = "127.0.0.1") -> None:
        self.host = host
        certificate = b"".join(self_signed(name))
        self.trust = ssl.create_default_context(cadata=certificate.decode().partition("-----BEGIN PRIVATE")[0])
        self.server = ThreadingHTTPServer((host, PORT), _answering(status, location))
        self.server.socket = _served(certificate).wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> TlsServer:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Take no more connections; those that stand are closed after each answer anyway."""
        if self.thread.is_alive():
            self.server.shutdown()
            self.server.server_close()
            self.thread.join()


def _answering(status: int, location: str) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            """Nothing of it is worth reading."""

    return Answering


def _served(certificate: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        path = Path(folder) / "certificate.pem"
        path.write_bytes(certificate)
        context.load_cert_chain(path)
    return context
