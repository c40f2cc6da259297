"""What production does not start with: each weakness said in words, all at once, before anything is served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from newsroom.weak_connections import weak_broker, weak_cache, weak_database
from newsroom.weak_words import MAKE_ONE, OF_A_TOKEN, why_weak


def refuse(settings: Mapping[str, Any], *, environment: Mapping[str, str]) -> None:
    """Raises ImproperlyConfigured, which names every weakness and what to do about it."""
    found = [*_weaknesses(settings, environment)]
    if found:
        listed = "".join(f"\n- {weakness}" for weakness in found)
        raise ImproperlyConfigured(f"PRODUCTION is on, and these settings are too weak for it:{listed}")


def _weaknesses(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[str]:
    yield from _for_trying_out(settings)
    yield from _weak_keys(settings)
    yield from _weak_hosts(settings["ALLOWED_HOSTS"], environment)
    yield from weak_database(settings["DATABASES"]["default"], environment)
    yield from weak_broker(settings["CELERY_BROKER_URL"])
    yield from weak_cache(settings["CACHES"]["default"])
    if not settings["REQUIRE_SECOND_FACTOR"]:
        yield "REQUIRE_SECOND_FACTOR lets editors and the chief in with a password alone: unset it."
    if settings["SESSION_COOKIE_AGE"] <= 0:
        yield "SESSION_HOURS must be 1 or more."
    if "put-here" in environment.get("EMAIL_URL", ""):
        yield "EMAIL_URL is that of the example: name your mail server, with the name and password that it asks for."


def _for_trying_out(settings: Mapping[str, Any]) -> Iterator[str]:
    if settings["DEBUG"]:
        yield "DEBUG shows source code and settings to everybody: unset it."
    if settings["WEBHOOK_LOOPBACK"]:
        yield "WEBHOOK_LOOPBACK is for tests, and lets partners reach this very machine: unset it."
    if settings["WEBHOOK_RETRY_SCALE"] != 1.0:
        yield "WEBHOOK_RETRY_SCALE is for tests, and sends to partners out of time: unset it."


def _weak_keys(settings: Mapping[str, Any]) -> Iterator[str]:
    if words := why_weak(settings["SECRET_KEY"]):
        yield f"SECRET_KEY {words}: {MAKE_ONE}"
    for place, key in enumerate(settings["SECRET_KEY_FALLBACKS"], start=1):
        if words := why_weak(key):
            yield (
                f"SECRET_KEY_FALLBACKS, number {place}, {words}: seal anew what it sealed "
                "(PRODUCTION=false manage.py reseal_secrets), then take it out."
            )
    token = settings["METRICS_TOKEN"]
    if token and (words := why_weak(token, OF_A_TOKEN)):
        yield f"METRICS_TOKEN {words}: unset it, or {MAKE_ONE}"


def _weak_hosts(hosts: list[str], environment: Mapping[str, str]) -> Iterator[str]:
    if not environment.get("ALLOWED_HOSTS"):
        yield "ALLOWED_HOSTS is not set: name the hosts of the site, such as desk.example.org."
    elif any(host.startswith("*") for host in hosts):
        yield "ALLOWED_HOSTS takes any host: name those of the site."
    elif "testserver" in hosts:
        yield "ALLOWED_HOSTS names testserver, which is for tests: take it out."
