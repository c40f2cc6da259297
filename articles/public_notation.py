"""How a value is written wherever the public gets it: documents, feeds, sitemaps, webhooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from datetime import datetime


def encode(document: dict[str, Any]) -> bytes:
    """UTF-8 JSON without needless space, keys in the order given."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds left out."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
