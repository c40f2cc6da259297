"""How much may be asked: by key exactly, without one by address and nearly so."""

from __future__ import annotations

import ipaddress
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils import timezone
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView

    from newsroom.partners.admission import Allowance as KeyAllowance

# An open reader's requests are counted in the database by so many at a time: a casual reader costs it nothing, and
# nobody gets more than so many beyond the limit from each server process.
COUNTED_BY = 20
MOST_ADDRESSES = 10_000
# An IPv6 network of this length is one customer.
IPV6_NETWORK = 64
MINUTE = timedelta(minutes=1)

_STATEMENT = """
WITH forgotten AS (
    DELETE FROM partners_anonymoususage WHERE id IN (
        SELECT id FROM partners_anonymoususage WHERE minute < %(minute)s::timestamptz - interval '10 minutes'
        LIMIT 1000 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO partners_anonymoususage AS usage (address, minute, requests) VALUES (%(address)s, %(minute)s, %(count)s)
ON CONFLICT (address, minute) DO UPDATE SET requests = usage.requests + excluded.requests
RETURNING requests
"""


class Allowance(BaseThrottle):
    """A key was counted when it was recognised; an address is counted here."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        if request.auth is not None:
            if not request.auth.allowance.is_granted:
                raise Throttled(wait=request.auth.allowance.wait - 1, detail=words_of(request.auth.allowance))
            return True
        limit = settings.API_ANONYMOUS_PER_MINUTE
        if not limit or addresses.count(address_of(request), limit=limit):
            return True
        detail = f"Without a key an address may ask {limit} times a minute. Wait, or ask the newsroom for a key."
        raise Throttled(wait=MINUTE.seconds - timezone.now().second - 1, detail=detail)


class Addresses:
    """What the addresses asked of this process in the running minute, and what they asked of all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._minute = datetime.min
        # Address: asked since it was last counted, and asked of all processes by then.
        self._asked: dict[str, tuple[int, int]] = {}

    def count(self, address: str, *, limit: int) -> bool:
        """Whether the address may ask once more in this minute."""
        minute = timezone.now().replace(second=0, microsecond=0)
        step = min(COUNTED_BY, limit)
        with self._lock:
            if minute != self._minute or len(self._asked) > MOST_ADDRESSES:
                self._minute, self._asked = minute, {}
            new, known = self._asked.get(address, (0, 0))
            if known + new >= limit:
                return False
            is_due = new + 1 >= step
            self._asked[address] = (0, known + new + 1) if is_due else (new + 1, known)
        if is_due:
            self._know(address, minute, _counted(address, minute, step))
        return True

    def _know(self, address: str, minute: datetime, total: int) -> None:
        with self._lock:
            if minute == self._minute:
                new, known = self._asked.get(address, (0, 0))
                self._asked[address] = (new, max(known, total))


addresses = Addresses()


def address_of(request: Request) -> str:
    """The address that connected, or that our own proxy says did; of IPv6 the network."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # The last entry is the one that our proxy wrote; those before it anybody can write.
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2].strip() or told
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))


def _counted(address: str, minute: datetime, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"address": address, "minute": minute, "count": count})
        return int(cursor.fetchone()[0])


def words_of(allowance: KeyAllowance) -> str:
    """What the bearer of a key that has nothing left is told."""
    if allowance.day_left <= 0:
        return f"This key may ask {allowance.per_day} times a day (UTC), and has."
    return f"This key may ask {allowance.per_minute} times a minute, and has."
