"""In how many stories each term stands: counted at night, kept by every process until counted again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Heartbeat, TermFrequency, TermVector
from articles.planned_query import array_of, planned_rows
from articles.tagging.relating.related import Frequencies, rarity
from articles.tagging.relating.vectors import unpack

# Of far more stories than this, a sample of about so many is counted: it tells as much and takes no longer.
SAMPLE = 50_000
# The commonest terms, which decide how long a story's vector is; rarer ones are looked up where they matter.
KEPT = 20_000
# A young desk is counted again whenever it has doubled, not only at night.
YOUNG = 10_000
# Fewer stories than this say nothing of how rare a word is.
ENOUGH = 50
OVERDUE = timedelta(hours=36)
ADVISORY_LOCK = 5_052

_REPLACE = """
WITH counted AS (
    SELECT * FROM unnest(%(numbers)s::bigint[], %(stories)s::int[]) AS counted (number, stories)
), gone AS (
    DELETE FROM articles_termfrequency AS old
    WHERE NOT EXISTS (SELECT FROM counted WHERE counted.number = old.number)
)
INSERT INTO articles_termfrequency (number, stories) SELECT number, stories FROM counted
ON CONFLICT (number) DO UPDATE SET stories = excluded.stories
WHERE articles_termfrequency.stories <> excluded.stories
"""
_STORIES_OF = "SELECT number, stories FROM articles_termfrequency WHERE number = ANY (%s::bigint[])"
_COUNTED_AT = "SELECT at FROM articles_heartbeat WHERE name = %s::text"


def refresh() -> None:
    """Count in how many live stories each term stands. Safe to run twice, and by two workers at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            return
        counts = _count()
        cursor.execute(_REPLACE, {"numbers": list(counts), "stories": list(counts.values())})
        Heartbeat.beat(Heartbeat.TERM_FREQUENCIES)


def _count() -> dict[int, int]:
    """In how many stories each term stands that more than one has; of very many stories, by a sample of them."""
    total = TermVector.objects.count()
    step = max(1, total // SAMPLE)
    counts: Counter[int] = Counter()
    sample = TermVector.objects.annotate(turn=F("article_id") % step).filter(turn=0)
    for packed in sample.values_list("terms", flat=True).iterator(chunk_size=2_000):
        counts.update(unpack(packed).keys())
    common = {number: count * step for number, count in counts.items() if count > 1}
    return common | {TermFrequency.ALL: total}


def is_refresh_due() -> bool:
    """Whether the last count is missing or overdue, or of a young desk that has doubled since."""
    last = Heartbeat.last(Heartbeat.TERM_FREQUENCIES)
    if last is None or last < timezone.now() - OVERDUE:
        return TermVector.objects.exists()
    counted = _counted()
    return counted < YOUNG and TermVector.objects.count() >= 2 * max(counted, ENOUGH)


def frequencies_for(numbers: Iterable[int]) -> Frequencies:
    """How rare terms are, by number and the last count; without any rarities as long as that counted too few stories.

    Exact for the terms given and for the commonest; the others are taken to be as rare as each other.
    """
    beats = planned_rows(_COUNTED_AT, [Heartbeat.TERM_FREQUENCIES])
    kept = _kept(beats[0][0] if beats else None)
    if kept.total < ENOUGH:
        return Frequencies({}, 1.0)
    own = {number: kept.rarities.get(number, 0.0) for number in numbers}
    rare = [number for number, known in own.items() if not known]
    counted = dict(planned_rows(_STORIES_OF, [array_of(rare)]))
    own.update((number, rarity(counted.get(number, 1), kept.total)) for number in rare)
    return Frequencies(own, kept.unseen, kept.rarities)


@dataclass(frozen=True, slots=True)
class Kept:
    """How rare each of the commonest terms is among `total` stories; `unseen` is for all other terms."""

    total: int
    rarities: dict[int, float]
    unseen: float


@lru_cache(maxsize=1)
def _kept(counted_at: datetime | None) -> Kept:
    """What a process keeps until the next count; the time of the last one is the key."""
    rows = dict(TermFrequency.objects.order_by("-stories", "number").values_list("number", "stories")[:KEPT])
    total = rows.pop(TermFrequency.ALL, 0)
    rarest = max(1, min(rows.values(), default=1) // 2)
    return Kept(total, {number: rarity(stories, total) for number, stories in rows.items()}, rarity(rarest, total))


def _counted() -> int:
    return TermFrequency.objects.filter(number=TermFrequency.ALL).values_list("stories", flat=True).first() or 0
