"""How often somebody may guess: counted before the guess is looked at, in one statement, so that it is exact over any
number of processes. django-axes keeps the rows; a right guess is given back.

For one name from one address: AXES_FAILURE_LIMIT wrong guesses, then none for AXES_COOLOFF_TIME, and asking meanwhile
does not make it longer. For all names from one address: SIGN_IN_ADDRESS_LIMIT, but people who have signed in from there
lately go on: nobody at the newsroom's own address can lock out the others. A passkey is no guess and is never refused.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from axes.backends import AxesStandaloneBackend
from axes.handlers.base import AxesBaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from newsroom.accounts.models import AccountEvent
from newsroom.api.throttles import address_of

KNOWN_FOR = timedelta(days=30)
LONGEST_NAME = 150
# Stands for a connection without an address, such as a socket: they share one count.
NOWHERE = "0.0.0.0"  # noqa: S104 — no server listens there

_COUNT = """
INSERT INTO axes_accessattempt AS guess
    (username, ip_address, user_agent, http_accept, path_info, get_data, post_data, attempt_time, failures_since_start)
VALUES (%(name)s, %(address)s, '', '', '', '', '', %(now)s, 1)
ON CONFLICT (username, ip_address, user_agent) DO UPDATE SET
    failures_since_start = CASE WHEN guess.attempt_time <= %(stale)s THEN 1 ELSE guess.failures_since_start + 1 END,
    attempt_time = CASE
        WHEN guess.attempt_time <= %(stale)s OR guess.failures_since_start < %(limit)s THEN excluded.attempt_time
        ELSE guess.attempt_time
    END
RETURNING failures_since_start, attempt_time
"""
_GIVE_BACK = """
UPDATE axes_accessattempt SET failures_since_start = greatest(failures_since_start - 1, 0)
WHERE username = %s AND ip_address = %s AND user_agent = ''
"""
_OF_ADDRESS = """
SELECT coalesce(sum(least(failures_since_start, %s)), 0), min(attempt_time) FROM axes_accessattempt
WHERE ip_address = %s AND attempt_time > %s
"""


@dataclass(frozen=True, slots=True)
class Guess:
    """`number` of how many in a row; refused until `until`, where that is told."""

    name: str
    address: str
    number: int
    until: datetime | None = None

    @property
    def is_last(self) -> bool:
        return self.number == settings.AXES_FAILURE_LIMIT


def name_in(given: str) -> str:
    """A name as the sign-in reads it; empty for what can be nobody's."""
    name = unicodedata.normalize("NFKC", given).strip()
    return "" if "\x00" in name or len(name) > LONGEST_NAME else name


def where_from(request: HttpRequest) -> str:
    """The address that guesses are counted for; of IPv6 the network that one subscriber has."""
    told = address_of(cast(Request, request))
    return NOWHERE if told == "unknown" else told.partition("/")[0]


def count(name: str, *, address: str) -> Guess:
    """Count a guess for a name, before it is looked at."""
    now = timezone.now()
    stale = now - settings.AXES_COOLOFF_TIME
    if until := _address_refused_until(name, address, stale):
        return Guess(name, address, 0, until)
    limit = settings.AXES_FAILURE_LIMIT
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"name": name, "address": address, "now": now, "stale": stale, "limit": limit})
        number, counted_at = cursor.fetchone()
    return Guess(name, address, number, counted_at + settings.AXES_COOLOFF_TIME if number > limit else None)


def give_back(guess: Guess) -> None:
    """It was right."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [guess.name, guess.address])


def forget(name: str, *, address: str | None = None) -> int:
    """Forget the wrong guesses for a name, from one address or from all; returns from how many."""
    rows = AccessAttempt.objects.filter(username=name)
    forgotten: int = (rows.filter(ip_address=address) if address else rows).delete()[0]
    return forgotten


def forget_stale() -> None:
    """What is past the time that counts; called after each wrong guess, so that rows do not pile up."""
    AccessAttempt.objects.filter(attempt_time__lte=timezone.now() - settings.AXES_COOLOFF_TIME).delete()


def _address_refused_until(name: str, address: str, stale: datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(_OF_ADDRESS, [settings.AXES_FAILURE_LIMIT, address, stale])
        wrong, first_at = cursor.fetchone()
    until: datetime | None = first_at and first_at + settings.AXES_COOLOFF_TIME
    if wrong < settings.SIGN_IN_ADDRESS_LIMIT or _is_known(name, address):
        return None
    return until


def _is_known(name: str, address: str) -> bool:
    """Whether this person has signed in from there lately."""
    since = timezone.now() - KNOWN_FOR
    signed_in = AccountEvent.objects.filter(name=name, verb=AccountEvent.Verb.SIGNED_IN, at__gt=since)
    return signed_in.filter(address=address).exists()


class CountingBackend(AxesStandaloneBackend):
    """Stands before the backend that compares passwords: no door that forgot to count gets past it."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, **credentials: Any) -> None:
        """Without a request there is no stranger to guess: the shell, or a test."""
        if request is not None and username and getattr(request, "guess", None) is None:
            super().authenticate(request, username=username, **credentials)


class CountedFirst(AxesBaseHandler):
    """What django-axes asks and tells; signing in and failing are written down by the page where they happen."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        name = name_in((credentials or {}).get("username") or "")
        request.guess = count(name, address=where_from(request))  # type: ignore[attr-defined]
        return request.guess.until is None  # type: ignore[attr-defined]

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        row = AccessAttempt.objects.filter(username=(credentials or {}).get("username"), ip_address=where_from(request))
        return row.values_list("failures_since_start", flat=True).first() or 0

    def reset_attempts(
        self, *, ip_address: str | None = None, username: str | None = None, ip_or_username: bool = False
    ) -> int:
        """For the commands that django-axes brings; ours is `manage.py lift_lock`."""
        rows = AccessAttempt.objects.all()
        wanted = {"ip_address": ip_address, "username": username}
        removed: int = rows.filter(**{column: value for column, value in wanted.items() if value}).delete()[0]
        return removed

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **kwargs: Any) -> None:
        pass

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        pass

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        pass

    def post_save_access_attempt(self, instance: Any, **kwargs: Any) -> None:
        pass

    def post_delete_access_attempt(self, instance: Any, **kwargs: Any) -> None:
        pass
