"""What was done with the facts of an edition of an exercise: lines of its history, each with the story that said so.

A line repeats what the fact says and the headline of its story: where that is destroyed on an order, so are these.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from articles.models import Article, Edition, ExerciseEdition, ReportedFact
from articles.states import PubState

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

WRITTEN_DOWN = "Written down from"
CONFIRMED = "Confirmed by"
TAKEN_BACK = "Taken back from"
CORRECTED = "Taken back with the correction of"
HEADLINE_SHOWN = 90


def log(fact: ReportedFact, what: str, *, by: User) -> None:
    """ "Taken back with the correction of #12 “Norway readies 7,000”: personnel 9,000"."""
    line = f"{what} {_number(fact.article)} “{str(fact.article)[:HEADLINE_SHOWN]}”: {fact.says}"
    LogEntry.objects.log_actions(by.pk, [fact.edition], CHANGE, line, single_object=True)


def erase_lines(article: Article, *, gone: Collection[ReportedFact], sealed_at: datetime) -> None:
    """Take headlines and facts of a story out of the lines from before its seal; of a killed one, of all. What a fact
    says that stays is left. `gone` are those that are destroyed with it, whose lines may be of the release before: that
    named no story."""
    staying = tuple(f": {fact.says}" for fact in article.reported_facts.exclude(pk__in=[fact.pk for fact in gone]))
    number = _number(article)
    lines = _lines().filter(change_message__contains=f" {number} “")
    if article.pub_state != PubState.KILLED:
        lines = lines.filter(action_time__lt=sealed_at)
    for line in lines:
        says = next((said for said in staying if line.change_message.endswith(said)), f": {Edition.ERASED}")
        _write(line, f"{line.change_message.partition(f' {number} ')[0]} {number}{says}")
    for fact in gone:
        unnamed = _lines().filter(object_id=str(fact.edition_id), change_message__endswith=f": {fact.says}")
        for line in unnamed.exclude(change_message__contains=" #"):
            _write(line, f"{line.change_message.partition(':')[0]}: {Edition.ERASED}")


def _number(article: Article) -> str:
    """As the desk's fields take it for the story."""
    return f"#{article.pk}"


def _lines() -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(ExerciseEdition))


def _write(line: LogEntry, words: str) -> None:
    line.change_message = words
    line.save(update_fields=["change_message"])
