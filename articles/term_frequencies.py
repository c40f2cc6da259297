"""In how many stories each term stands: counted at night, kept by every process until counted again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone

from articles.models import Heartbeat, TermFrequency, TermVector
from articles.tagging.related import Frequencies, rarity

# Beyond this many stories a sample of so many tells as much, and takes no longer than it does now.
SAMPLE = 50_000
# The commonest terms, which decide how long a story's vector is; rarer ones are looked up where they matter.
KEPT = 20_000
# A young desk is counted again whenever it has doubled, not only at night.
YOUNG = 10_000
# Fewer stories than this say nothing of how rare a word is.
ENOUGH = 50
OVERDUE = timedelta(hours=36)
ADVISORY_LOCK = 5_052

_COUNT = """
WITH sample AS (
    SELECT terms FROM articles_termvector TABLESAMPLE SYSTEM (%(percent)s)
), counted AS MATERIALIZED (
    SELECT '' AS term, %(stories)s::int AS stories
    UNION ALL
    SELECT term, round(count(*) * 100 / %(percent)s)::int
    FROM sample CROSS JOIN json_object_keys(sample.terms::json) AS term
    GROUP BY term HAVING count(*) > 1
), gone AS (
    DELETE FROM articles_termfrequency AS old
    WHERE NOT EXISTS (SELECT FROM counted WHERE counted.term = old.term)
)
INSERT INTO articles_termfrequency (term, stories) SELECT term, stories FROM counted
ON CONFLICT (term) DO UPDATE SET stories = excluded.stories
WHERE articles_termfrequency.stories <> excluded.stories
"""


def refresh() -> None:
    """Count in how many live stories each term stands. Safe to run twice, and by two workers at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            return
        stories = TermVector.objects.count()
        percent = min(100.0, 100 * SAMPLE / max(1, stories))
        cursor.execute(_COUNT, {"percent": percent, "stories": stories})
        Heartbeat.beat(Heartbeat.TERM_FREQUENCIES)


def is_refresh_due() -> bool:
    """Whether the last count is missing or overdue, or of a young desk that has doubled since."""
    last = Heartbeat.last(Heartbeat.TERM_FREQUENCIES)
    if last is None or last < timezone.now() - OVERDUE:
        return TermVector.objects.exists()
    counted = _counted()
    return counted < YOUNG and TermVector.objects.count() >= 2 * max(counted, ENOUGH)


def frequencies_for(terms: Iterable[str]) -> Frequencies:
    """How rare terms are, by the last count; without any rarities as long as that counted too few stories.

    Exact for the terms given and for the commonest; the others are taken to be as rare as each other.
    """
    kept = _kept(Heartbeat.last(Heartbeat.TERM_FREQUENCIES))
    if kept.total < ENOUGH:
        return Frequencies({}, 1.0)
    rare = [term for term in terms if term not in kept.rarities]
    counted = dict(TermFrequency.objects.filter(term__in=rare).values_list("term", "stories"))
    exact = {term: rarity(counted.get(term, 1), kept.total) for term in rare}
    return Frequencies(kept.rarities | exact, kept.unseen)


@dataclass(frozen=True, slots=True)
class Kept:
    """How rare each of the commonest terms is among `total` stories; `unseen` is for all other terms."""

    total: int
    rarities: dict[str, float]
    unseen: float


@lru_cache(maxsize=1)
def _kept(counted_at: datetime | None) -> Kept:
    """What a process keeps until the next count; the time of the last one is the key."""
    rows = dict(TermFrequency.objects.order_by("-stories").values_list("term", "stories")[:KEPT])
    total = rows.pop(TermFrequency.ALL, 0)
    rarest = max(1, min(rows.values(), default=1) // 2)
    return Kept(total, {term: rarity(stories, total) for term, stories in rows.items()}, rarity(rarest, total))


def _counted() -> int:
    return TermFrequency.objects.filter(term=TermFrequency.ALL).values_list("stories", flat=True).first() or 0
