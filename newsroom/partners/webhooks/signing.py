"""Signatures as Standard Webhooks 1.0 has them: HMAC-SHA256 over id, time and body, one for each secret that holds."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

SECRET_BYTES = 32


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_webhook_id() -> str:
    """Of one message for life: whoever gets it twice knows it by this."""
    return f"msg_{secrets.token_hex(16)}"


def headers_of(body: bytes, *, webhook_id: str, at: datetime, secrets: Sequence[str]) -> dict[str, str]:
    """What is sent beside the body; `at` is the time of this attempt, not of the event."""
    # The library takes the hands of the clock, whatever the zone.
    moment, text = at.astimezone(UTC), body.decode()
    signatures = [Webhook(secret).sign(webhook_id, moment, text) for secret in secrets]
    return {
        "Content-Type": "application/json",
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
