"""What production does not start with: each weakness said in words, all at once, before anything is served."""

from __future__ import annotations

import ipaddress
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

# Characters, and bits by the frequency of its characters: what `secrets.token_urlsafe(48)` gives has 64 and over 300.
SHORTEST_KEY, LEAST_BITS = 50, 180
# What examples and generators put where a key belongs.
KNOWN = (
    "django-insecure",
    "put-here",
    "changeme",
    "change-me",
    "secret-key",
    "secretkey",
    "example",
    "your-",
    "password",
    "0123456789",
)
MAKE_ONE = 'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'


def refuse(settings: Mapping[str, Any], *, environment: Mapping[str, str]) -> None:
    """Raises ImproperlyConfigured, which names every weakness and what to do about it."""
    found = [*_weaknesses(settings, environment)]
    if found:
        listed = "".join(f"\n- {weakness}" for weakness in found)
        raise ImproperlyConfigured(f"PRODUCTION is on, and these settings are too weak for it:{listed}")


def _weaknesses(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[str]:
    if settings["DEBUG"]:
        yield "DEBUG shows source code and settings to everybody: unset it."
    if words := why_weak(settings["SECRET_KEY"]):
        yield f"SECRET_KEY {words}: {MAKE_ONE}"
    for place, key in enumerate(settings["SECRET_KEY_FALLBACKS"], start=1):
        if words := why_weak(key):
            yield f"SECRET_KEY_FALLBACKS, number {place}, {words}: seal anew what it "
            "sealed (PRODUCTION=false manage.py reseal_secrets), then take it out."
    yield from _weak_hosts(settings["ALLOWED_HOSTS"], environment)
    yield from _weak_database(settings["DATABASES"]["default"])
    if settings["SESSION_COOKIE_AGE"] <= 0:
        yield "SESSION_HOURS must be 1 or more."


def why_weak(key: str) -> str:
    """What is wrong with a signing key; empty where nothing is."""
    if not key:
        return "is not set"
    if len(key) < SHORTEST_KEY:
        return f"has {len(key)} characters, and {SHORTEST_KEY} is the least"
    if any(known in key.lower() for known in KNOWN):
        return "looks like one from an example, which others know"
    if len(set(key)) < 5 or _bits(key) < LEAST_BITS:
        return "repeats itself and could be guessed"
    return ""


def _bits(key: str) -> float:
    counts = Counter(key).values()
    return -sum(count * math.log2(count / len(key)) for count in counts)


def _weak_hosts(hosts: list[str], environment: Mapping[str, str]) -> Iterator[str]:
    if not environment.get("ALLOWED_HOSTS"):
        yield "ALLOWED_HOSTS is not set: name the hosts of the site, such as desk.example.org."
    elif any(host.startswith("*") for host in hosts):
        yield "ALLOWED_HOSTS takes any host: name those of the site."
    elif "testserver" in hosts:
        yield "ALLOWED_HOSTS names testserver, which is for tests: take it out."


def _weak_database(database: Mapping[str, Any]) -> Iterator[str]:
    host = str(database.get("HOST") or "")
    if not database.get("PASSWORD") and not _is_this_machine(host):
        yield f"DATABASE_URL has no password, and {host} is another machine: postgres://user:password@{host}/name."


def _is_this_machine(host: str) -> bool:
    """No host at all and a folder mean a socket here."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
