"""Addresses for machines that watch the desk: /healthz, /readyz and /metrics.

They are answered outside of everything else, so that a probe by number and without https gets an answer and not a
redirect, costs no session and writes no line in the log. Other requests pay one look into a dictionary.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from ipaddress import ip_address

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound, JsonResponse
from django.utils.crypto import constant_time_compare

from newsroom import broker
from newsroom.backups.unfinished import unfinished_restore
from newsroom.metrics import CONTENT_TYPE, exposition

# Each says that the request came through somebody else, who then is the one on this machine.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = answer(request)
        response["Cache-Control"] = "no-store"
        # Django would log an error for each probe that finds us unready; who probes knows.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


def healthz(request: HttpRequest) -> HttpResponse:
    """This process is alive. It asks nobody else: a database that is away is no reason to kill web processes."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests should be sent here; with which check failed, but not how, for anybody may ask.

    `?exclude=broker` leaves a check out: without a broker, readers and writers miss nothing but speed.
    """
    excluded = request.GET.getlist("exclude")
    checks = {}
    for name, is_well in CHECKS.items():
        if name not in excluded:
            checks[name] = "ok" if is_well() else "failed"
        if checks.get("database") == "failed":
            # The others would only wait for it.
            break
    is_ready = "failed" not in checks.values()
    return JsonResponse(
        {"status": "ready" if is_ready else "unready", "checks": checks}, status=200 if is_ready else 503
    )


def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus. To who may not read them they are not there."""
    if not _may_read_metrics(request):
        return HttpResponseNotFound("Not found\n", content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def _may_read_metrics(request: HttpRequest) -> bool:
    """With a METRICS_TOKEN, its bearer. Without, and not in production, a program of this machine that asks directly:
    a proxy on the same machine has the same address, and would let everybody in."""
    if settings.METRICS_TOKEN:
        expected = f"Bearer {settings.METRICS_TOKEN}"
        return constant_time_compare(request.META.get("HTTP_AUTHORIZATION", ""), expected)
    if settings.PRODUCTION or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        connection.close()
        return False
    return True


def _migrations() -> bool:
    """Whether the newest migration of each app was applied. Others that this code does not know do no harm: the next
    version may have migrated already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT app, name FROM django_migrations")
        return newest_migrations() <= set(cursor.fetchall())


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """Of the code that this process runs, which stays the same."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _restore() -> bool:
    """A restore that was cut short has to be finished first."""
    return not unfinished_restore(connection)


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "restore": _restore,
    "broker": broker.is_reachable,
}
ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics,
}
