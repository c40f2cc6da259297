"""Where we may be sent: which addresses partners and editors may name, and which of the network are public.

An address is checked when it is written down, and what its name leads to whenever a connection is made
(`newsroom.outgoing.transport`).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

LONGEST_URL = 500
# Nobody shall make us knock at other services of a public machine.
PORTS = (443, 8443)
LOOPBACK = ("127.0.0.1", "localhost")

# Takes "hooks.example.org" and "xn--bcher-kva.example"; refuses "localhost", "a..b", "-a.org", a dot at the end, and a
# last part with a digit in it. No top-level domain has one, but numbers of IPv4 addresses do.
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_NAME = rf"({_LABEL}\.){{1,9}}([A-Za-z]{{2,63}}|[Xx][Nn]--[A-Za-z0-9-]{{0,57}}[A-Za-z0-9])"
LONGEST_NAME = 253
# What is printed, but for "#" and backslashes.
_PATH = r'(/[!"$-\[\]-~]*)?'
_URL = re.compile(rf"https://{_NAME}(:[0-9]{{1,5}})?{_PATH}", re.ASCII)
# The same for the description of the API, in every language's regular expressions.
PATTERN = f"^https://{_NAME}({'|'.join(f':{port}' for port in PORTS)})?{_PATH}$"
# What browsers and C libraries read as a number of an IPv4 address: "1", "0177", "0x7f" in the last place.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
# Names that lead nowhere but into somebody's own network (RFC 6761, 6762, 8375, 9476, and what clouds use).
_OWN_NETWORKS = (".local", ".localhost", ".internal", ".home.arpa", ".lan", ".intranet", ".corp", ".alt", ".onion")

# IANA's registries of special-purpose addresses, and multicast. Python's `is_global` differs between its versions,
# and holds relays such as NAT64 and 6to4 for public, behind which any IPv4 address may be.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            # Only 2000::/3 is given out; of that, not these: Teredo, benchmarks, ORCHID, examples, 6to4.
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20",
        ),
    )
)
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")


class Forbidden(Exception):
    """The address may not be used; the message tells its owner why."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address that may be written down. `host` is in small letters."""

    url: str
    host: str
    port: int


def destination_of(url: str) -> Destination:
    """The parts of an address.

    Raises:
        Forbidden: it is not one that partners may name.
    """
    if not 0 < len(url) <= LONGEST_URL:
        raise Forbidden(f"At most {LONGEST_URL} characters.")
    # urlsplit drops line breaks and tabs in silence; and nothing else than what is printed belongs here.
    if not re.fullmatch(r"[!-~]+", url, re.ASCII) or "\\" in url:
        raise Forbidden("Printable ASCII only, without backslashes: percent-encode the path, write xn-- names.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Forbidden("This is no web address. Write one such as https://www.example.org/news.") from None
    if is_loopback_of_a_test(parts):
        return Destination(url, parts.hostname or "", port or 80)
    _refuse(url, parts, port)
    return Destination(url, (parts.hostname or "").lower(), port or 443)


def is_loopback_of_a_test(parts: SplitResult) -> bool:
    """Whether it is http on this very machine, which only tests and the demonstration may permit."""
    return may_reach_loopback() and parts.scheme == "http" and parts.hostname in LOOPBACK and "@" not in parts.netloc


def may_reach_loopback() -> bool:
    """Never in production, whatever the setting says; the settings refuse the two together as well."""
    return bool(settings.WEBHOOK_LOOPBACK) and not settings.PRODUCTION


def is_public(address: str) -> bool:
    """Whether an address of the network is one that anybody on the internet can have."""
    try:
        # "fe80::1%eth0" names an interface of ours.
        parsed = ipaddress.ip_address(address) if "%" not in address else None
    except ValueError:
        parsed = None
    if parsed is None:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed not in _GIVEN_OUT:
        # Also ::1, ::127.0.0.1, ::ffff:10.0.0.1, 64:ff9b::/96, 64:ff9b:1::/48, 100::/64, fc00::/7, fe80::/10, ff00::/8.
        return False
    is_special = any(parsed in network for network in _NOT_PUBLIC if network.version == parsed.version)
    return not is_special and parsed.is_global


def _refuse(url: str, parts: SplitResult, port: int | None) -> None:
    host = (parts.hostname or "").lower()
    if parts.scheme != "https":
        raise Forbidden("Only https: write the address from https:// on.")
    if "@" in parts.netloc:
        raise Forbidden("No user name or password in the address: others would read them there.")
    if "#" in url:
        raise Forbidden("No fragment (#…): it would not be sent.")
    if (port is not None and port not in PORTS) or parts.netloc.endswith(":"):
        raise Forbidden("Only the ports 443 and 8443.")
    if "[" in parts.netloc or _NUMBER.fullmatch(host.rpartition(".")[2]):
        raise Forbidden("A name, no number: addresses such as 192.0.2.1 or [2001:db8::1] are refused.")
    if not _URL.fullmatch(url) or len(host) > LONGEST_NAME or f".{host}".endswith(_OWN_NETWORKS):
        raise Forbidden("A name that everybody on the internet can look up, such as www.example.org.")
