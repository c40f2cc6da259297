"""One request to an address that was checked, over a connection to the very address that was looked up.

The name is looked up once for each connection, every address it has must be public, and the connection is made to
one of those, so that a name server that answers differently the second time is not asked a second time. The
certificate must be the name's. Redirects are not followed, proxies of the environment not used: httpcore, on which
this stands, knows neither. Everything together ends by a deadline, also when the other side sends a byte a second.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any

import certifi
import httpcore

from newsroom.outgoing.destinations import (
    LOOPBACK,
    Destination,
    Forbidden,
    destination_of,
    is_public,
    may_reach_loopback,
)
from newsroom.outgoing.unpacking import Unreadable, unpacked

# Seconds for everything together: looking up, connecting, sending, and the answer.
DEADLINE = 10.0
LOOK_UP_SECONDS = 5.0
# For each address of a name, so that a dead one leaves time for the next.
CONNECT_SECONDS = 4.0
# More of an answer is not read.
MOST_BYTES = 16_384
LONGEST_ERROR = 200

Resolver = Callable[[str, int], list[str]]
# What is read of an answer, once its head is there.
Taking = Callable[[httpcore.Response], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` is None where nothing did; `error` then says why. `milliseconds` is how long it took."""

    status: int | None
    milliseconds: int
    error: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class LookupFailed(Exception):
    """The name leads nowhere."""


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system's own resolver, which cannot be told to hurry: it is left behind.

    Raises:
        LookupFailed: there are none, or it took too long.
    """
    found: list[list[Any] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True, name=f"look up {host}")
    asking.start()
    asking.join(LOOK_UP_SECONDS)
    if not found:
        raise LookupFailed(f"The name server did not answer within {LOOK_UP_SECONDS:.0f} s.")
    (answer,) = found
    if isinstance(answer, Exception):
        raise LookupFailed(f"The name {host} was not found.") from answer
    return list(dict.fromkeys(str(entry[4][0]) for entry in answer))


class _Clock:
    """Counts down to the deadline."""

    def __init__(self) -> None:
        self.set(DEADLINE)

    def set(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, timeout: float | None = None) -> float:
        """Seconds, at most `timeout`.

        Raises:
            ReadTimeout: none are left.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection of which every reading and writing ends by the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self._inner, self._clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._clock.left(timeout)), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to what a name was found to lead to, where all of that is permitted."""

    def __init__(self, clock: _Clock, *, resolve: Resolver, permits: Callable[[str], bool]) -> None:
        self._clock, self._resolve, self._permits = clock, resolve, permits
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = LookupFailed(f"The name {host} has no address.")
        for address in self._checked(host, port):
            try:
                # An address, no name: nothing is looked up again.
                seconds = min(CONNECT_SECONDS, self._clock.left(timeout))
                stream = self._inner.connect_tcp(address, port, seconds, None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._clock)
        raise failure

    def _checked(self, host: str, port: int) -> list[str]:
        """Raises Forbidden where one address of several is not public: a trick needs only one."""
        if host in LOOPBACK and may_reach_loopback():
            return ["127.0.0.1"]
        addresses = self._resolve(host, port)
        if not all(self._permits(address) for address in addresses):
            raise Forbidden(f"The name {host} leads to an address that is not public.")
        return addresses

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise Forbidden("Nothing is asked of a socket of this machine.")


class Line:
    """Asks one address after the other; a connection is used again as long as it stands.

    `resolve`, `permits` and `trust` are for tests: how names are looked up, which addresses may be reached, and
    which certificates are believed.
    """

    def __init__(
        self,
        *,
        resolve: Resolver = look_up,
        permits: Callable[[str], bool] = is_public,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = _Clock()
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust or _trust(),
            network_backend=PinnedBackend(self._clock, resolve=resolve, permits=permits),
            max_connections=1,
            keepalive_expiry=5,
            retries=0,
        )

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *exception: object) -> None:
        self._pool.close()

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = DEADLINE) -> Answer:
        """Send, and say what came of it, whatever that was. Of the answer only the beginning is read."""
        return self._ask("POST", url, body, headers, seconds=seconds, take=_beginning)

    def get(self, url: str, headers: Mapping[str, str], *, seconds: float = DEADLINE, most_bytes: int) -> Answer:
        """Fetch, and say what came of it, whatever that was. A body that came with success is whole and unpacked: one
        larger than `most_bytes`, packed or not, is an error and no answer."""

        def whole(response: httpcore.Response) -> bytes:
            if response.status != HTTPStatus.OK:
                return b""
            packing = dict(_found(response)).get("content-encoding", "")
            return unpacked(response.iter_stream(), packing, most_bytes=most_bytes)

        return self._ask("GET", url, None, {"Accept-Encoding": "gzip", **headers}, seconds=seconds, take=whole)

    def _ask(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], *, seconds: float, take: Taking
    ) -> Answer:
        begun = time.monotonic()
        self._clock.set(seconds)
        try:
            answer = self._exchange(method, destination_of(url), body, headers, take)
        except Exception as error:
            return Answer(None, _since(begun), _words(error)[:LONGEST_ERROR])
        return Answer(answer.status, _since(begun), _refusal(answer), answer.body, answer.headers)

    def _exchange(
        self, method: str, destination: Destination, body: bytes | None, headers: Mapping[str, str], take: Taking
    ) -> Answer:
        sent = {"User-Agent": "Newsroom-Webhooks/1", "Accept": "*/*", "Accept-Encoding": "identity", **headers}
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._clock.left())
        with self._pool.stream(
            method,
            destination.url,
            headers=[(name.encode(), value.encode()) for name, value in sent.items()],
            content=body,
            extensions={"timeout": timeouts},
        ) as response:
            return Answer(response.status, 0, body=take(response), headers=dict(_found(response)))


def _beginning(response: httpcore.Response) -> bytes:
    read = b""
    for part in response.iter_stream():
        read += part
        if len(read) >= MOST_BYTES:
            break
    return read[:MOST_BYTES]


def _found(response: httpcore.Response) -> Iterator[tuple[str, str]]:
    for name, value in response.headers:
        yield name.decode("latin-1").lower(), value.decode("latin-1")


@cache
def _trust() -> ssl.SSLContext:
    """The authorities that browsers trust. Reading them takes a while; one context serves all threads."""
    return ssl.create_default_context(cafile=certifi.where())


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)


def _refusal(answer: Answer) -> str:
    if answer.is_success:
        return ""
    if answer.status is not None and 300 <= answer.status < 400:
        return f"It answered {answer.status}: redirects are not followed. Give the address it leads to."
    return f"It answered {answer.status}."


def _words(error: Exception) -> str:
    """For who owns the address: what to look at, and nothing of our own machines."""
    if isinstance(error, (Forbidden, LookupFailed, Unreadable)):
        return str(error)
    if isinstance(error, httpcore.TimeoutException):
        return "It did not answer in time."
    if isinstance(error.__context__, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
        return f"Its certificate is not accepted: {_reason_of(error)}"
    if isinstance(error, httpcore.ConnectError):
        return "No connection could be made."
    if isinstance(error, (httpcore.NetworkError, httpcore.ProtocolError)):
        return "The connection broke before the answer was whole."
    return f"It could not be sent ({type(error).__name__})."


def _reason_of(error: Exception) -> str:
    verification = error.__context__ if isinstance(error.__context__, ssl.SSLCertVerificationError) else None
    return verification.verify_message if verification else "it cannot be verified."
