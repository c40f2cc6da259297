"""Who asks with a key, and whether the key still has requests left: asked and counted in one statement, on the first
request of a day in two. What names a copy that its bearer holds is asked here and counted once the answer is another,
for "not changed" costs nothing.

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

from django.utils import timezone

from articles.api.positions import Position
from articles.api.products import Product, Selection
from articles.planned_query import planned_rows
from newsroom.partners.key_format import WrittenKey

MINUTE, DAY = 60, 86_400

# Whether a request is one of those that the key has left, and what it makes of the row of the key's day.
_CURRENT = "key.revoked_at IS NULL AND (key.expires_at IS NULL OR key.expires_at > %(now)s::timestamptz)"
_IN_MINUTE = "CASE WHEN usage.minute >= %(minute)s::timestamptz THEN usage.minute_requests ELSE 0 END"
_GRANTED = f"({_IN_MINUTE} < {{per_minute}} AND usage.requests < {{per_day}})"
_COUNTED = f"""
    is_granted = {_GRANTED},
    requests = usage.requests + CASE WHEN {_GRANTED} THEN %(cost)s::integer ELSE 0 END,
    refused = usage.refused + CASE WHEN {_GRANTED} THEN 0 ELSE 1 END,
    minute = greatest(usage.minute, %(minute)s::timestamptz),
    minute_requests = {_IN_MINUTE} + CASE WHEN {_GRANTED} THEN %(cost)s::integer ELSE 0 END"""
_PRODUCTS = """(
    SELECT jsonb_agg(to_jsonb(product) - 'notes' ORDER BY product.id) FROM partners_product product
    JOIN partners_apikey_products held ON held.product_id = product.id AND held.apikey_id = key.id
)"""
# The last use is written at most once a minute.
_IS_OLD = "(key.last_used_at IS NULL OR key.last_used_at <= %(now)s::timestamptz - interval '1 minute')"
_OF_USAGE = "usage.requests, extract(epoch FROM usage.minute)::bigint, usage.minute_requests, usage.is_granted"
_COLUMNS = (
    *("id", "scopes", "per_minute", "per_day", "partner_id", "requests", "minute", "minute_requests", "is_granted"),
    "products",
)

# A key that has asked today already: its row is found, judged and counted. There is none where the key is not known or
# not current, its partner closed, or this the first request of the day.
_COUNT = f"""
WITH touched AS (
    UPDATE partners_apikey key SET last_used_at = %(now)s::timestamptz
    WHERE prefix = %(prefix)s AND hash = %(hash)s AND {_CURRENT} AND {_IS_OLD}
)
UPDATE partners_dailyusage usage SET {_COUNTED.format(per_minute="key.per_minute", per_day="key.per_day")}{{poll}}
FROM partners_apikey key JOIN partners_partner partner ON partner.id = key.partner_id{{counter}}
WHERE key.prefix = %(prefix)s AND key.hash = %(hash)s AND partner.is_active AND {_CURRENT}
    AND usage.key_id = key.id AND usage.day = %(day)s::date
RETURNING key.id, key.scopes, key.per_minute, key.per_day, key.partner_id, {_OF_USAGE}, {_PRODUCTS}
"""  # noqa: S608
_COUNT_REQUEST = _COUNT.format(poll="", counter="")
# A poll is remembered only where its position is one of the current log.
_COUNT_POLL = _COUNT.format(
    poll=""",
    sequence = CASE WHEN counter.sequence IS NULL THEN usage.sequence ELSE %(sequence)s::bigint END,
    polled_at = CASE WHEN counter.sequence IS NULL THEN usage.polled_at ELSE %(now)s::timestamptz END""",
    counter="""
    LEFT JOIN articles_changecounter counter
        ON counter.epoch = %(epoch)s::uuid AND counter.sequence >= %(sequence)s::bigint""",
)

# Any other: what is known of the key, and the row of its day made and counted, where it may ask.
_ADMIT = f"""
WITH key AS (
    SELECT key.*, partner.is_active
    FROM partners_apikey key JOIN partners_partner partner ON partner.id = key.partner_id
    WHERE key.prefix = %(prefix)s
), admitted AS (
    SELECT * FROM key WHERE hash = %(hash)s AND is_active AND {_CURRENT}
), poll AS (
    SELECT %(sequence)s::bigint AS sequence FROM articles_changecounter counter
    WHERE counter.epoch = %(epoch)s::uuid AND counter.sequence >= %(sequence)s::bigint
), usage AS (
    INSERT INTO partners_dailyusage AS usage
        (key_id, day, requests, refused, minute, minute_requests, is_granted, sequence, polled_at)
    SELECT id, %(day)s::date, %(cost)s::integer, 0, %(minute)s::timestamptz, %(cost)s::integer, TRUE,
        (SELECT sequence FROM poll), (SELECT %(now)s::timestamptz FROM poll)
    FROM admitted
    ON CONFLICT (key_id, day) DO UPDATE SET {
    _COUNTED.format(per_minute="(SELECT per_minute FROM admitted)", per_day="(SELECT per_day FROM admitted)")
},
        sequence = coalesce(excluded.sequence, usage.sequence),
        polled_at = coalesce(excluded.polled_at, usage.polled_at)
    RETURNING requests, minute, minute_requests, is_granted
), touched AS (
    UPDATE partners_apikey key SET last_used_at = %(now)s::timestamptz
    WHERE id = (SELECT id FROM admitted) AND {_IS_OLD}
)
SELECT key.id, key.scopes, key.per_minute, key.per_day, key.partner_id, {_OF_USAGE}, {_PRODUCTS},
    key.hash, key.is_active, key.revoked_at, key.expires_at
FROM key LEFT JOIN usage ON TRUE
"""  # noqa: S608
_STATE = ("hash", "is_active", "revoked_at", "expires_at")
_CHARGE = f"""
UPDATE partners_dailyusage usage
SET {_COUNTED.format(per_minute="%(per_minute)s::integer", per_day="%(per_day)s::integer")}
WHERE usage.key_id = %(key)s AND usage.day = %(day)s::date
RETURNING {_OF_USAGE}
"""  # noqa: S608
_GIVE_BACK = """
UPDATE partners_dailyusage
SET requests = greatest(requests - 1, 0),
    minute_requests = greatest(minute_requests - CASE WHEN minute = %(minute)s THEN 1 ELSE 0 END, 0)
WHERE key_id = %(key)s AND day = %(day)s
RETURNING requests
"""


@dataclass(slots=True)
class Allowance:
    """What a key has left, with this request. `at` is when it was asked for, `is_counted` whether it was counted."""

    key_id: int
    at: datetime
    minute: datetime
    is_granted: bool
    per_minute: int
    per_day: int
    minute_left: int
    day_left: int
    is_counted: bool = True

    def charge(self) -> bool:
        """Count what was not counted yet; whether the key still has a request left, for others may have asked."""
        parameters = {"per_minute": self.per_minute, "per_day": self.per_day, "cost": 1, "minute": self.minute}
        found = planned_rows(_CHARGE, parameters | {"key": self.key_id, "day": self.at.date()})
        # None where the clock of another server has turned the page of the day meanwhile.
        for requests, _, in_minute, is_granted in found:
            self.is_granted = is_granted
            self.minute_left, self.day_left = max(0, self.per_minute - in_minute), max(0, self.per_day - requests)
        self.is_counted = True
        return self.is_granted

    def give_back(self) -> None:
        """The answer cost nothing."""
        if self.is_counted:
            planned_rows(_GIVE_BACK, {"minute": self.minute, "key": self.key_id, "day": self.at.date()})
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
    partner_id: int
    scopes: frozenset[str]
    products: list[dict[str, Any]]
    selection: Selection | None
    allowance: Allowance


class NotAdmitted(Exception):
    """The key is refused; the message tells its bearer what to do."""


def admit(key: WrittenKey, *, poll: Position | None = None, is_counted: bool = True) -> Bearer:
    """Check a key and count the request. `poll` is where its bearer stands in the log, when the feed is asked. Without
    `is_counted`, whoever answers charges it.

    Raises:
        NotAdmitted: there is no such key, or it may not be used any more.
    """
    now = timezone.now()
    row = _count(key, now, poll, cost=int(is_counted))
    products = json.loads(row["products"] or "[]")
    return Bearer(
        key_id=row["id"],
        partner_id=row["partner_id"],
        scopes=frozenset(row["scopes"]),
        products=products,
        selection=selection_of(products),
        allowance=_allowance(row, now, is_counted=is_counted),
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


def _count(key: WrittenKey, now: datetime, poll: Position | None, *, cost: int) -> dict[str, Any]:
    """What is known of a key that may ask, and of its day with this request. Raises NotAdmitted."""
    parameters: dict[str, Any] = {
        "prefix": key.prefix,
        "hash": key.hash,
        "now": now,
        "day": now.astimezone(UTC).date(),
        "minute": now.replace(second=0, microsecond=0),
        "cost": cost,
        "sequence": poll.sequence if poll else None,
        "epoch": poll.epoch if poll else None,
    }
    if found := planned_rows(_COUNT_POLL if poll else _COUNT_REQUEST, parameters):
        return dict(zip(_COLUMNS, found[0], strict=True))
    found = planned_rows(_ADMIT, parameters)
    row = dict(zip((*_COLUMNS, *_STATE), found[0], strict=True)) if found else {"hash": ""}
    if not hmac.compare_digest(row["hash"], key.hash):
        raise NotAdmitted("There is no such key. Check that it is whole, or ask the newsroom for another.")
    if row["is_granted"] is None:
        raise NotAdmitted(_why_not(row))
    return row


def _why_not(row: dict[str, Any]) -> str:
    if not row["is_active"]:
        return "The newsroom has closed this partner's access. Ask the newsroom."
    if row["revoked_at"] is not None:
        return f"This key was revoked on {row['revoked_at']:%d %B %Y}. Use another, or ask the newsroom for one."
    return f"This key expired on {row['expires_at']:%d %B %Y}. Use the one that replaces it, or ask for another."


def _allowance(row: dict[str, Any], now: datetime, *, is_counted: bool) -> Allowance:
    # As if it were counted already.
    own = 0 if is_counted else 1
    minute_begins = datetime.fromtimestamp(row["minute"], UTC)
    return Allowance(
        key_id=row["id"],
        at=max(now, minute_begins),
        minute=minute_begins,
        is_granted=row["is_granted"],
        per_minute=row["per_minute"],
        per_day=row["per_day"],
        minute_left=max(0, row["per_minute"] - row["minute_requests"] - own),
        day_left=max(0, row["per_day"] - row["requests"] - own),
        is_counted=is_counted,
    )
