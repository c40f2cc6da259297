"""Addresses at which a partner could make us knock: none may be reached, whatever it is written as.

Over the transport that webhooks really go by. Listeners on this machine count who knocks; a refusal that comes after
a knock is none. Names are looked up by resolvers of the audit's own, for it asks nobody outside.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError

from .listening import PORT, Listener, TlsServer

NAME = "hooks.example.org"
BODY, HEADERS = b"{}", {"Content-Type": "application/json"}
SECONDS = 5.0

# What a name may lead to: private, loopback, link-local, metadata of clouds, shared and special ranges, multicast, and
# whatever hides an IPv4 address in an IPv6 one.
ADDRESSES = (
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254"),
    *("192.168.0.1", "192.168.255.255", "100.64.0.1", "100.127.255.254", "169.254.0.1", "169.254.169.254"),
    *("100.100.100.200", "192.0.0.192", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.1"),
    *("203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::10.0.0.1", "100::1"),
    *("2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::", "5f00::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1"),
    *("fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "ff05::1:3", "4000::1"),
)
# What stands in the place of a name: decimal, octal and hexadecimal forms, short ones, full-width digits, brackets.
WRITTEN = (
    *("127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1"),
    *("0177.0.0.1", "0177.0000.0000.0001", "127.0.0.0x1", "127.000.000.001", "3232235521", "0xa9fea9fe", "2852039166"),
    *(
        "169.254.169.254",
        "169.254.43518",
        "0251.0376.0251.0376",
        "10.0.0.1",
        "192.168.0.1",
        "127.0.0.1.",
        "１２７.０.０.１",
    ),
    *(
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:a9fe:a9fe]",
    ),
    *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "[fd00:ec2::254]", "[2606:4700::1111]", "localhost"),
    *("LOCALHOST", "localhost.", "localhost.localdomain", "a.localhost", "metadata.google.internal", "metadata"),
    *("printer.local", "nas.lan", "db.corp", "router.home.arpa", "x.onion", "ip6-localhost", "%6cocalhost"),
)
# Whole addresses: other schemes, ports and users, and what parsers read in two ways.
WHOLE = (
    *("http://hooks.example.org/", "ftp://hooks.example.org/", "file:///etc/passwd", "gopher://hooks.example.org/_x"),
    *(
        "unix:///run/postgresql/.s.PGSQL.5432",
        "//hooks.example.org/",
        "https:///x",
        "https://",
        "https:hooks.example.org",
    ),
    *("https://hooks.example.org:22/", "https://hooks.example.org:5432/", "https://hooks.example.org:0/"),
    *("https://hooks.example.org:65536/", "https://hooks.example.org:/", "https://user@hooks.example.org/"),
    *("https://hooks.example.org@127.0.0.1:8443/", "https://127.0.0.1:8443@hooks.example.org/"),
    *("https://127.0.0.1:8443\\@hooks.example.org/", "https://hooks.example.org\\@127.0.0.1:8443/"),
    *("https://127.0.0.1:8443#@hooks.example.org/", "https://hooks.example.org#@127.0.0.1/"),
    *("https://127.0.0.1:8443?@hooks.example.org/", "https://hooks.example.org\t.127.0.0.1/"),
    *("https://hooks.example.org\r\nHost: 127.0.0.1/", "https://hooks.example.org\n.evil/", " https://127.0.0.1:8443/"),
    *("https://hooks.exam\x00ple.org/", "https://hooks_example/", "https://-hooks.example.org/", "https://hooks..org/"),
)
REDIRECTS = (301, 302, 303, 307, 308)


def judge_forbidden(report: Report) -> None:
    tries = [*_resolved(), *_written(), *_led_on(), *_rebound()]
    found = [Finding("forbidden", what, fault) for what, attempt in tries if (fault := attempt())]
    _require_sight()
    report.figure("forbidden_addresses_tried", len(tries))
    report.count("forbidden_addresses_reached", found)


Attempt = tuple[str, Callable[[], str]]


def _resolved() -> Iterator[Attempt]:
    """A good name that leads to an address that is not public; alone, and beside one that is."""
    for address in ADDRESSES:
        yield f"{NAME} → {address}", lambda address=address: refused(f"https://{NAME}:{PORT}/", [address])
    for address in ("127.0.0.1", "::1", "169.254.169.254"):
        both = ["198.41.0.4", address]
        yield f"{NAME} → {both}", lambda both=both: refused(f"https://{NAME}:{PORT}/", both)
        yield f"{NAME} → {both[::-1]}", lambda both=both: refused(f"https://{NAME}:{PORT}/", both[::-1])


def _written() -> Iterator[Attempt]:
    """What stands in the place of a name, where everything leads to this machine."""
    for url in (*(f"https://{host}:8443/" for host in WRITTEN), *WHOLE):
        yield repr(url), lambda url=url: refused(url, ["127.0.0.1"])


def refused(url: str, addresses: list[str]) -> str:
    """What is wrong, if anything: it was sent, or somebody knocked at this machine."""
    from newsroom.outgoing.transport import Line

    with Listener(PORT) as listener, Line(resolve=lambda host, port: addresses) as line:
        answer = line.post(url, BODY, HEADERS, seconds=SECONDS)
        return _fault(answer.status, listener.knocks, answer.error)


def _led_on() -> Iterator[Attempt]:
    """A server that may be reached and sends us on to one that may not."""
    for status in REDIRECTS:
        yield f"redirect {status}", lambda status=status: _not_followed(status)


def _not_followed(status: int) -> str:
    from newsroom.outgoing.transport import Line

    with ExitStack() as stack:
        inside = stack.enter_context(Listener())
        outside = stack.enter_context(TlsServer(NAME, status, location=f"http://127.0.0.1:{inside.port}/"))
        line = stack.enter_context(
            Line(resolve=lambda host, port: [outside.host], permits=lambda address: True, trust=outside.trust)
        )
        answer = line.post(f"https://{NAME}:{outside.port}/", BODY, HEADERS, seconds=SECONDS)
    if answer.status != status:
        raise JudgeAbsentError(f"the server that sends on was not reached: {answer}")
    return "the redirect was taken for a success" if answer.is_success else _fault(None, inside.knocks, answer.error)


def _rebound() -> Iterator[Attempt]:
    """A name that leads somewhere good when it is checked and to this machine when it is connected to."""
    for places in itertools.permutations(("127.0.0.2", "127.0.0.3"), 2):
        yield f"rebinding {places}", lambda places=places: _not_asked_again(*places)


def _not_asked_again(good: str, bad: str) -> str:
    from newsroom.outgoing.transport import Line

    asked = itertools.chain([[good]], itertools.repeat([bad]))
    with ExitStack() as stack:
        outside = stack.enter_context(TlsServer(NAME, 200, host=good))
        inside = stack.enter_context(Listener(outside.port, host=bad))
        line = stack.enter_context(
            Line(
                resolve=lambda host, port: next(asked),
                permits=lambda address: address == good,
                trust=outside.trust,
            )
        )
        first = line.post(f"https://{NAME}:{outside.port}/", BODY, HEADERS, seconds=SECONDS)
        outside.hang_up()
        second = line.post(f"https://{NAME}:{outside.port}/", BODY, HEADERS, seconds=SECONDS)
        if not first.is_success and not inside.knocks:
            raise JudgeAbsentError(f"the good address was not reached: {first}")
        return _fault(second.status, inside.knocks, second.error)


def _fault(status: int | None, knocks: int, error: str) -> str:
    if status is not None:
        return f"was sent and answered {status}"
    return f"{knocks} knocks at this machine, then: {error}" if knocks else ""


def _require_sight() -> None:
    """Raises JudgeAbsentError where a line that may reach this machine is not seen to do so."""
    from newsroom.outgoing.transport import Line

    with Listener(PORT) as listener:
        with Line(resolve=lambda host, port: ["127.0.0.1"], permits=lambda address: True) as line:
            line.post(f"https://{NAME}:{PORT}/", BODY, HEADERS, seconds=SECONDS)
        if not listener.knocks:
            raise JudgeAbsentError("a knock at this machine was not counted")
