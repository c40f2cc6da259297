"""What of version 1 will go, and since when that is known.

An operation or a parameter that is to go is named in the view's `deprecations`. From then on its answers carry the
headers `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a link to the changelog, and the description marks it. It
stays for a year at least; removing it without that fails the tests (`newsroom/api/breaking.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

NOTICE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Deprecation:
    """An operation, or one `parameter` of it, that is to go on the day `sunset`. `instead` says what to use.

    Raises:
        ValueError: less than a year lies between the days.
    """

    since: date
    sunset: date
    instead: str
    parameter: str = ""

    def __post_init__(self) -> None:
        if self.sunset - self.since < NOTICE:
            raise ValueError(f"Whoever built on it needs {NOTICE.days} days from {self.since} on.")

    def concerns(self, request: HttpRequest) -> bool:
        return not self.parameter or self.parameter in request.GET


def announce(request: HttpRequest, response: HttpResponse) -> None:
    """Say on the answer what of the request will go; of several the first to go."""
    concerning = [one for one in _of_view(request) if one.concerns(request)]
    if not concerning:
        return
    first = min(concerning, key=lambda one: one.sunset)
    response["Deprecation"] = f"@{int(_midnight(first.since).timestamp())}"
    response["Sunset"] = http_date(_midnight(first.sunset).timestamp())
    link = f'<{settings.SITE_URL}/api/v1/changelog>; rel="deprecation"; type="text/html"'
    response["Link"] = f"{response['Link']}, {link}" if response.has_header("Link") else link


def is_deprecated(view: Any) -> bool:
    """Whether the whole operation will go."""
    return any(not one.parameter for one in getattr(view, "deprecations", ()))


def _of_view(request: HttpRequest) -> tuple[Deprecation, ...]:
    match = request.resolver_match
    return getattr(getattr(match.func, "cls", None), "deprecations", ()) if match else ()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("UTC"))
