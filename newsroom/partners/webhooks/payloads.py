"""What partners are told: little, for the story itself is fetched with a key.

Made at the moment of sending, so that a story's address is the one of now, and no longer told once it was killed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from articles.api.changes import LEFT_SCOPE, url_now
from articles.models import Change
from articles.public_notation import encode, instant
from newsroom.partners.models import WebhookDelivery

CHALLENGE = "endpoint.challenge"
PRODUCTS_CHANGED, LOG_RESTORED = "products_changed", "log_restored"

_COLUMNS = (
    *("sequence", "version", "at", "must_purge", "article__uuid"),
    *("article__representation__path", "article__representation__edition__may_syndicate"),
)


def body_of(delivery: WebhookDelivery) -> bytes:
    """The body of a message, in one query where it tells of a change."""
    if delivery.change_id is None:
        why = {"reason": delivery.reason} if delivery.reason else {}
        return _message(delivery.type, delivery.created_at, why)
    row = Change.objects.filter(pk=delivery.change_id).values(*_COLUMNS).get()
    is_removal = delivery.type == WebhookDelivery.Type.REMOVE
    data: dict[str, Any] = {
        "sequence": row["sequence"],
        "previous_sequence": delivery.previous_sequence,
        "object_id": str(row["article__uuid"]),
        "version": row["version"],
        "action": Change.Action.REMOVE.value if is_removal else Change.Action.UPSERT.value,
        "reason": delivery.reason or None,
        "must_purge": row["must_purge"],
        "url": None if delivery.reason == LEFT_SCOPE else url_now(row),
    }
    return _message(delivery.type, row["at"], data)


def challenge_body(value: str, *, at: datetime) -> bytes:
    return _message(CHALLENGE, at, {"challenge": value})


def _message(kind: str, at: datetime, data: dict[str, Any]) -> bytes:
    return encode({"type": str(kind), "timestamp": instant(at), "data": data})
