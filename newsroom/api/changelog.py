"""What has changed in version 1 of the API since partners build on it, newest first; shown at /api/v1/changelog."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    ADDED = "added"
    DEPRECATED = "deprecated"
    REMOVED = "removed"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Entry:
    on: date
    kind: Kind
    says: str


ENTRIES = (
    Entry(
        date(2026, 11, 27),
        Kind.ADDED,
        "Storylines: articles that tell one thing, in the order of the editors (/storylines, /storylines/{id}).",
    ),
    Entry(
        date(2026, 11, 26),
        Kind.ADDED,
        "Pictures come in several widths as AVIF and WebP, and cut for heroes and shared addresses (renditions, each "
        "with its type), and say by what right they are shown (rights.category).",
    ),
    Entry(
        date(2026, 11, 26),
        Kind.ADDED,
        "format=ninjs gives articles, lists, versions and tombstones as IPTC ninjs 3.1.",
    ),
    Entry(
        date(2026, 11, 26),
        Kind.ADDED,
        "Pictures say until when you may show them (rights.expires_on) and in which renditions they come.",
    ),
    Entry(
        date(2026, 11, 26),
        Kind.ADDED,
        "dateline.country names the country of the place where a story was written, where its tags tell.",
    ),
    Entry(
        date(2026, 11, 26),
        Kind.ADDED,
        "A search counts up to 12,000 matches (total.count), and says how many of them are ranked (total.ranked).",
    ),
    Entry(
        date(2026, 11, 26),
        Kind.ADDED,
        "Webhooks: be told of changes by signed messages (/webhooks/endpoints).",
    ),
    Entry(date(2026, 11, 26), Kind.ADDED, "country_role works below /countries/{code}, too, without country."),
    Entry(date(2026, 11, 26), Kind.ADDED, "fields works on /articles/{id}/versions/{n}, too."),
    Entry(date(2026, 11, 23), Kind.ADDED, "Version 1: articles, quotes, countries, entities, search and changes."),
)
