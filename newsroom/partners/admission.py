"""Who asks with a key, and whether the key still has requests left: asked and counted in one statement.

The row of the key's day is locked by the statement that counts, so that of any number of requests at the same moment
exactly as many are granted as are left. Windows are minutes of the clock and days in UTC.
"""

from __future__ import annotations

import hmac
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from articles.api.positions import Position
from articles.api.products import Product, Selection
from articles.planned_query import planning_cursor
from newsroom.partners.key_format import WrittenKey

MINUTE, DAY = 60, 86_400

# A key that is not whole, not current or of a closed partner is told why and counts nothing. A poll is remembered only
# where its position is one of the current log. The last use is written at most once a minute.
_STATEMENT = """
WITH key AS (
    SELECT key.*, partner.uuid AS partner_uuid, partner.name AS partner_name, partner.is_active
    FROM partners_apikey key JOIN partners_partner partner ON partner.id = key.partner_id
    WHERE key.prefix = %(prefix)s
), admitted AS (
    SELECT * FROM key
    WHERE hash = %(hash)s AND is_active AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
), poll AS (
    SELECT %(sequence)s::bigint AS sequence FROM articles_changecounter counter
    WHERE counter.epoch = %(epoch)s::uuid AND counter.sequence >= %(sequence)s::bigint
), used AS (
    INSERT INTO partners_dailyusage AS usage
        (key_id, day, requests, refused, minute, minute_requests, is_granted, sequence, polled_at)
    SELECT id, %(day)s::date, 1, 0, %(minute)s::timestamptz, 1, TRUE,
        (SELECT sequence FROM poll), (SELECT %(now)s::timestamptz FROM poll)
    FROM admitted
    ON CONFLICT (key_id, day) DO UPDATE SET
        is_granted = {granted},
        requests = usage.requests + CASE WHEN {granted} THEN 1 ELSE 0 END,
        refused = usage.refused + CASE WHEN {granted} THEN 0 ELSE 1 END,
        minute = greatest(usage.minute, excluded.minute),
        minute_requests = {in_minute} + CASE WHEN {granted} THEN 1 ELSE 0 END,
        sequence = coalesce(excluded.sequence, usage.sequence),
        polled_at = coalesce(excluded.polled_at, usage.polled_at)
    RETURNING requests, minute, minute_requests, is_granted
), touched AS (
    UPDATE partners_apikey SET last_used_at = %(now)s
    WHERE id = (SELECT id FROM admitted)
        AND (last_used_at IS NULL OR last_used_at <= %(now)s::timestamptz - interval '1 minute')
)
SELECT key.id, key.hash, key.name, key.scopes, key.per_minute, key.per_day, key.expires_at, key.revoked_at,
    key.created_at, key.is_active, key.partner_id, key.partner_uuid, key.partner_name,
    used.requests, used.minute, used.minute_requests, used.is_granted,
    (
        SELECT jsonb_agg(to_jsonb(product) - 'notes' ORDER BY product.id) FROM partners_product product
        JOIN partners_apikey_products held ON held.product_id = product.id AND held.apikey_id = key.id
    ) AS products
FROM key LEFT JOIN used ON TRUE
"""
_IN_MINUTE = "CASE WHEN usage.minute >= excluded.minute THEN usage.minute_requests ELSE 0 END"
_GRANTED = f"({_IN_MINUTE} < (SELECT per_minute FROM admitted) AND usage.requests < (SELECT per_day FROM admitted))"  # noqa: S608
_ADMIT = _STATEMENT.format(granted=_GRANTED, in_minute=_IN_MINUTE)
_COLUMNS = (
    *("id", "hash", "name", "scopes", "per_minute", "per_day", "expires_at", "revoked_at", "created_at", "is_active"),
    *("partner_id", "partner_uuid", "partner_name", "requests", "minute", "minute_requests", "is_granted", "products"),
)
_GIVE_BACK = """
UPDATE partners_dailyusage
SET requests = greatest(requests - 1, 0),
    minute_requests = greatest(minute_requests - CASE WHEN minute = %s THEN 1 ELSE 0 END, 0)
WHERE key_id = %s AND day = %s
"""


@dataclass(slots=True)
class Allowance:
    """What a key has left. `at` is when the request was counted."""

    key_id: int
    at: datetime
    minute: datetime
    is_granted: bool
    per_minute: int
    per_day: int
    minute_left: int
    day_left: int

    def give_back(self) -> None:
        """The answer cost nothing."""
        with planning_cursor() as cursor:
            cursor.execute(_GIVE_BACK, [self.minute, self.key_id, self.at.date()])
        self.minute_left = min(self.minute_left + 1, self.per_minute)
        self.day_left = min(self.day_left + 1, self.per_day)

    @property
    def minute_resets_in(self) -> int:
        """Seconds."""
        return max(1, MINUTE - int((self.at - self.minute).total_seconds()))

    @property
    def day_resets_in(self) -> int:
        """Seconds."""
        begun = self.at.replace(hour=0, minute=0, second=0, microsecond=0)
        return DAY - int((self.at - begun).total_seconds())

    @property
    def wait(self) -> int:
        """Seconds until the key has something left."""
        return self.day_resets_in if self.day_left <= 0 else self.minute_resets_in

    @property
    def headers(self) -> dict[str, str]:
        """As the IETF's draft of RateLimit header fields has them."""
        return {
            "RateLimit-Policy": f'"minute";q={self.per_minute};w={MINUTE}, "day";q={self.per_day};w={DAY}',
            "RateLimit": f'"minute";r={self.minute_left};t={self.minute_resets_in}, '
            f'"day";r={self.day_left};t={self.day_resets_in}',
        }


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who asks: DRF's `request.auth`. `selection` is None for a key without products, which may have everything."""

    key_id: int
    prefix: str
    key_name: str
    partner_id: int
    partner_uuid: UUID
    partner_name: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    products: list[dict[str, Any]]
    selection: Selection | None
    allowance: Allowance


class NotAdmitted(Exception):
    """The key is refused; the message tells its bearer what to do."""


def admit(key: WrittenKey, *, poll: Position | None = None) -> Bearer:
    """Check a key and count the request. `poll` is where its bearer stands in the log, when the feed is asked.

    Raises:
        NotAdmitted: there is no such key, or it may not be used any more.
    """
    now = timezone.now()
    row = _ask(key, now, poll)
    if row is None or not hmac.compare_digest(row["hash"], key.hash):
        raise NotAdmitted("There is no such key. Check that it is whole, or ask the newsroom for another.")
    if row["is_granted"] is None:
        raise NotAdmitted(_why_not(row))
    return Bearer(
        key_id=row["id"],
        prefix=key.prefix,
        key_name=row["name"],
        partner_id=row["partner_id"],
        partner_uuid=row["partner_uuid"],
        partner_name=row["partner_name"],
        scopes=frozenset(row["scopes"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        products=row["products"],
        selection=selection_of(row["products"]),
        allowance=_allowance(row, now),
    )


def selection_of(products: list[dict[str, Any]]) -> Selection | None:
    """What rows of products select together. Its revision is another whenever a product or its filter is."""
    if not products:
        return None
    filters = tuple(
        Product(
            **{name: tuple(product[name]) for name in ("types", "sections", "languages", "authors")},
            countries=tuple(product["countries"]),
            entities=tuple(str(entity) for entity in product["entities"]),
            only_about=product["only_about"],
        )
        for product in products
    )
    named = ",".join(f"{product['id']}.{product['revision']}" for product in products)
    return Selection(filters, revision=zlib.crc32(named.encode()) % 999_999_999 + 1)


def _ask(key: WrittenKey, now: datetime, poll: Position | None) -> dict[str, Any] | None:
    parameters: dict[str, Any] = {
        "prefix": key.prefix,
        "hash": key.hash,
        "now": now,
        "day": now.astimezone(UTC).date(),
        "minute": now.replace(second=0, microsecond=0),
        "sequence": poll.sequence if poll else None,
        "epoch": poll.epoch if poll else None,
    }
    with planning_cursor() as cursor:
        cursor.execute(_ADMIT, parameters)
        found = cursor.fetchone()
    if found is None:
        return None
    row = dict(zip(_COLUMNS, found, strict=True))
    return row | {"products": json.loads(row["products"] or "[]")}


def _why_not(row: dict[str, Any]) -> str:
    if not row["is_active"]:
        return "The newsroom has closed this partner's access. Ask the newsroom."
    if row["revoked_at"] is not None:
        return f"This key was revoked on {row['revoked_at']:%d %B %Y}. Use another, or ask the newsroom for one."
    return f"This key expired on {row['expires_at']:%d %B %Y}. Use the one that replaces it, or ask for another."


def _allowance(row: dict[str, Any], now: datetime) -> Allowance:
    minute_begins = row["minute"].astimezone(UTC)
    return Allowance(
        key_id=row["id"],
        at=max(now, minute_begins),
        minute=minute_begins,
        is_granted=row["is_granted"],
        per_minute=row["per_minute"],
        per_day=row["per_day"],
        minute_left=max(0, row["per_minute"] - row["minute_requests"]),
        day_left=max(0, row["per_day"] - row["requests"]),
    )
