"""Verb of the machine: run the engine over a revision, and replace its own proposals.

What a person has decided it never touches; the verdicts on what it proposes are verbs of `articles.suggestions`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles import desk_gazetteer
from articles.models import Article, Notification, Revision, TaggingRun
from articles.notifications import notify, people_of
from articles.planned_query import PlannedQuery
from articles.proposed.names import write_names
from articles.proposed.quotes import write_quotes
from articles.proposed.related import write_related
from articles.proposed.tags import write_tags
from articles.tagging import Document, analyse
from articles.updating import update_in

if TYPE_CHECKING:
    from articles.desk_gazetteer import DeskGazetteer
    from articles.tagging import Analysis

logger = logging.getLogger(__name__)

# A run cut short this often kills its worker with it: an operator must look.
MAXIMUM_ATTEMPTS = 20
_REVISION = PlannedQuery(lambda key: Revision.objects.filter(pk=key), {"key": "bigint"})
_RUN = PlannedQuery(
    lambda revision: TaggingRun.objects.select_for_update().filter(revision=revision), {"revision": "bigint"}
)
_NEWEST_OF = PlannedQuery(
    lambda revision: Article.objects.filter(revision=revision).values_list("pk"), {"revision": "bigint"}
)
# Of an article's columns these alone are asked for: the words that count are the revision's.
_LOCKED = PlannedQuery(
    lambda key: Article.objects.select_for_update(no_key=True).only("revision", "published_at").filter(pk=key),
    {"key": "bigint"},
)
RUN_COLUMNS = ("status", "attempts", "failures", "error", "gazetteer_version", "started_at", "finished_at")


def suggest(revision_id: int, *, again: bool = False) -> TaggingRun | None:
    """Tag one revision: the whole flow from text to proposals. Running it twice changes nothing.

    A revision that is no longer the newest is marked as overtaken and writes nothing; the lock on the article
    decides. `again` tags a revision whose run has finished, with the gazetteer of today. Returns None where
    there was nothing to do.

    Raises:
        Exception: whatever the engine raised, after the failure was counted; at five the run is given up.
    """
    revision = _REVISION.first(key=revision_id)
    if revision is None:
        return None
    run = _begin(revision, again=again)
    if run is None:
        return None
    try:
        gazetteer = desk_gazetteer.current()
        analysis = analyse(
            Document(text=revision.text, title=revision.headline, standfirst=revision.standfirst),
            gazetteer.compiled,
        )
        return _write(run, revision, analysis, gazetteer)
    except Exception as error:
        _count_failure(run, error)
        raise


def _begin(revision: Revision, *, again: bool) -> TaggingRun | None:
    """Count the attempt before the work, so that a worker killed by it is noticed."""
    with transaction.atomic():
        run: TaggingRun | None = _RUN.first(revision=revision.pk)
        if run is None:
            run, _ = TaggingRun.objects.select_for_update().get_or_create(
                revision=revision, defaults={"started_at": timezone.now()}
            )
        if run.status == TaggingRun.Status.FAILED or (run.status != TaggingRun.Status.RUNNING and not again):
            return None
        if _NEWEST_OF.first(revision=revision.pk) is None:
            return _close(run, TaggingRun.Status.SUPERSEDED)
        run.attempts += 1
        if run.attempts > MAXIMUM_ATTEMPTS and not again:
            run.error = f"Given up: the worker did not survive {MAXIMUM_ATTEMPTS} attempts."
            _close(run, TaggingRun.Status.FAILED)
            return None
        run.status = TaggingRun.Status.RUNNING
        run.started_at = timezone.now()
        update_in(TaggingRun, [run], RUN_COLUMNS)
    return run


@transaction.atomic
def _write(run: TaggingRun, revision: Revision, analysis: Analysis, gazetteer: DeskGazetteer) -> TaggingRun:
    article = _LOCKED.first(key=revision.article_id)
    if article.revision_id != revision.pk:
        return _close(run, TaggingRun.Status.SUPERSEDED)
    write_tags(article, revision, analysis, gazetteer)
    write_quotes(article, revision, analysis, gazetteer)
    write_related(article, revision)
    write_names(article, revision, analysis)
    run.gazetteer_version = gazetteer.version
    run.error = ""
    return _close(run, TaggingRun.Status.FINISHED)


def _count_failure(run: TaggingRun, error: Exception) -> None:
    run.failures += 1
    run.error = f"{type(error).__name__}: {error}"[:2000]
    given_up = run.failures >= TaggingRun.MAXIMUM_FAILURES
    logger.error("Tagging revision %s failed for the %s. time: %s", run.revision_id, run.failures, run.error)
    _close(run, TaggingRun.Status.FAILED if given_up else TaggingRun.Status.RUNNING)


def _close(run: TaggingRun, status: TaggingRun.Status) -> TaggingRun:
    run.status = status
    run.finished_at = timezone.now()
    update_in(TaggingRun, [run], RUN_COLUMNS)
    if status == TaggingRun.Status.FAILED:
        _tell_of_failure(run)
    return run


def _tell_of_failure(run: TaggingRun) -> None:
    article = run.revision.article
    notify(
        people_of(article),
        article,
        f"The tagger gave up on “{article}”: run it again from the board, or tell an operator.",
        kind=Notification.Kind.TAGGING_FAILED,
        occasion=f"tagging_failed:{run.revision_id}:{run.started_at:%Y%m%dT%H%M%S}",
    )
