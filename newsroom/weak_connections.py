"""Whether others could open the database, the broker or the cache: each weakness said in words."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from newsroom.weak_words import OF_A_PASSWORD, why_weak

# By which of libpq's options and variables somebody signs in without a password in the address.
OTHER_PROOFS = ("sslcert", "passfile", "service")
OTHER_PROOFS_TOLD = ("PGSSLCERT", "PGPASSFILE", "PGSERVICE")


def weak_database(database: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[str]:
    """A socket, or this machine, may know who asks without a password; a password that is given must be a good one."""
    options = database.get("OPTIONS") or {}
    password = str(database.get("PASSWORD") or options.get("password") or environment.get("PGPASSWORD") or "")
    if password:
        if words := why_weak(password, OF_A_PASSWORD):
            yield f"DATABASE_URL: the password {words}. Give the role a random one (ALTER ROLE), and name it."
        return
    if any(options.get(name) for name in OTHER_PROOFS) or any(environment.get(name) for name in OTHER_PROOFS_TOLD):
        return
    for host in filter(_is_elsewhere, _database_hosts(database, options, environment)):
        yield (
            f"DATABASE_URL has no password, and {host} is another machine: postgres://user:password@{host}/name, a "
            "certificate (sslcert, sslkey), or a file of passwords (PGPASSFILE)."
        )


def _database_hosts(
    database: Mapping[str, Any], options: Mapping[str, Any], environment: Mapping[str, str]
) -> list[str]:
    """Where libpq would connect to: in its order, and several with commas."""
    told = (options.get("hostaddr"), database.get("HOST"), options.get("host"))
    named = next(filter(None, (*told, environment.get("PGHOSTADDR"), environment.get("PGHOST"))), "")
    return str(named).split(",")


def weak_broker(url: str) -> Iterator[str]:
    """`url` may be several, with semicolons."""
    for one in url.split(";"):
        yield from _weak_server("CELERY_BROKER_URL", one)


def weak_cache(cache: Mapping[str, Any]) -> Iterator[str]:
    """Of Redis: memcached asks for no password and its place is no URL, nor is that of a table or a folder."""
    place = cache.get("LOCATION") or ""
    options = cache.get("OPTIONS") or {}
    # Django's settings hold what the address says after its question mark.
    if options.get("ssl_certfile"):
        return
    for one in place if isinstance(place, list) else [str(place)]:
        yield from _weak_server("CACHE_URL", one, password=str(options.get("password") or ""))


def _weak_server(name: str, url: str, *, password: str = "") -> Iterator[str]:
    """Redis, RabbitMQ and the like, on another machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not _is_elsewhere(host):
        return
    password = unquote(parts.password or "") or password
    # The server knows by it who asks.
    if "ssl_certfile" in parse_qs(parts.query) and not password:
        return
    if not password:
        yield (
            f"{name} has no password, and {host} is another machine: have it ask for one (of Redis: requirepass), and "
            f"name it: {parts.scheme}://:password@{host}"
        )
    elif words := why_weak(password, OF_A_PASSWORD):
        yield f"{name}: the password for {host} {words}. Give that server a random one, and name it."


def _is_elsewhere(host: str) -> bool:
    """No host at all, a folder and an abstract socket are here."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
