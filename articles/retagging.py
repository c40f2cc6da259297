"""Verb: read a story again with the gazetteer of today. It only proposes: no edition and no verdict changes.

Which stories are due is found in their rows, so that a retag can be killed anywhere and started again, and
two at once share the work: each story is read by whoever gets its lock.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from articles import proposing
from articles.models import Article, Quote, RelatedLink, Sighting, Tag, TaggingRun
from articles.states import PubState
from entities.models import GazetteerVersion

logger = logging.getLogger(__name__)

ADVISORY_CLASS = 5_052
STEP = 200
# As many as a task reads well within its time limit.
BATCH = 50


class Outcome(Enum):
    """What became of one story."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_DUE = "not due"
    BUSY = "read by another at this moment"


@dataclass(frozen=True, slots=True)
class Due:
    """Which stories are due: last read with an older gazetteer, or before `read_before`."""

    read_before: datetime | None = None

    def of(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        """Those due among the articles. The killed and spiked never are, nor is what the tagger has given up."""
        version = GazetteerVersion.current().number
        stale = Q(revision__tagging_run=None) | ~Q(revision__tagging_run__gazetteer_version=version)
        stale |= Q(revision__tagging_run__status=TaggingRun.Status.RUNNING)
        if self.read_before is not None:
            stale |= Q(revision__tagging_run__finished_at__lt=self.read_before)
        open_ones = articles.exclude(pub_state__in=(PubState.KILLED, PubState.SPIKED)).exclude(revision=None)
        return open_ones.filter(stale).exclude(revision__tagging_run__status=TaggingRun.Status.FAILED)


def never_read() -> QuerySet[Article]:
    """Stories that came with their tags, whose text the tagger has not read yet."""
    return Due().of(Article.objects.filter(revision__tagging_run__gazetteer_version=0))


def retag(article_id: int, *, due: Due) -> Outcome:
    """Read one story again, if it is still due and nobody else is at it.

    Raises:
        Exception: whatever the engine raised; it is counted with the story's run.
    """
    with _reserved(article_id) as is_ours:
        if not is_ours:
            return Outcome.BUSY
        article = due.of(Article.objects.filter(pk=article_id)).first()
        if article is None or article.revision_id is None:
            return Outcome.NOT_DUE
        before = _proposals(article)
        proposing.suggest(article.revision_id, again=True)
        return Outcome.UNCHANGED if _proposals(article) == before else Outcome.CHANGED


def read_again(article: Article) -> None:
    """Ask for a story to be read again, once this transaction has been committed."""

    def send() -> None:
        current_app.send_task("articles.retag_story", args=[article.pk])

    transaction.on_commit(send, robust=True)


def ids_in_steps(articles: QuerySet[Article]) -> Iterator[int]:
    """Ids in rising order, a step at a time: memory does not grow with the archive."""
    last = 0
    while step := list(articles.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:STEP]):
        yield from step
        last = step[-1]


def retag_stories_of(new_name_id: int, *, after: int = 0) -> int | None:
    """Read the next stories again that name a new name; the last id read, or None at the end.

    A story that cannot be read is left to the sweep.
    """
    sightings = Sighting.objects.filter(new_name=new_name_id, article__gt=after).order_by("article")
    batch = list(sightings.values_list("article_id", flat=True)[:BATCH])
    for article_id in batch:
        try:
            retag(article_id, due=Due())
        except Exception:
            logger.exception("Reading story %s again failed", article_id)
    return batch[-1] if len(batch) == BATCH else None


@contextmanager
def _reserved(article_id: int) -> Iterator[bool]:
    """A lock of the session, not of a transaction: it ends with the process, whatever ends that."""
    key = [ADVISORY_CLASS, article_id % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def _proposals(article: Article) -> list[list[tuple[Any, ...]]]:
    """What the desk is shown of the machine's work, to tell whether reading again changed it."""
    tags = Tag.objects.filter(article=article).order_by("entity_id")
    quotes = Quote.objects.filter(article=article).order_by("pk")
    related = RelatedLink.objects.filter(article=article).order_by("ordinal", "pk")
    names = Sighting.objects.filter(article=article).order_by("new_name_id")
    return [
        list(tags.values_list("entity_id", "is_found", "is_accepted", "is_primary", "mention_count")),
        list(quotes.values_list("pk", "text", "start", "speaker_name", "speaker_entity_id")),
        list(related.values_list("target_id", "title")),
        list(names.values_list("new_name_id", "count")),
    ]
