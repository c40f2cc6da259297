"""How a value is written wherever the public gets it: documents, feeds, sitemaps, webhooks."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from datetime import datetime


def encode(document: dict[str, Any]) -> bytes:
    """UTF-8 JSON without needless space, keys in the order given."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@lru_cache(maxsize=20_000)
def path_of(route: str, *names: str) -> str:
    """The path of a page that many stories lead to: a section's, an author's, a country's. Kept, for each publication
    needs dozens of them."""
    return reverse(route, args=names)


def path_of_entity(kind: str, slug: str) -> str:
    return path_of("country", slug) if kind == "country" else path_of("entity", kind, slug)


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds left out."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
