"""What was done with the facts of an edition of an exercise: lines of its history, each with the story that said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry

from articles.models import Article, ReportedFact

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WRITTEN_DOWN = "Written down from"
CONFIRMED = "Confirmed by"
TAKEN_BACK = "Taken back from"
CORRECTED = "Taken back with the correction of"
HEADLINE_SHOWN = 90


def log(fact: ReportedFact, what: str, *, by: User) -> None:
    """ "Taken back with the correction of #12 “Norway readies 7,000”: personnel 9,000"."""
    line = f"{what} {_number(fact.article)} “{str(fact.article)[:HEADLINE_SHOWN]}”: {fact.says}"
    LogEntry.objects.log_actions(by.pk, [fact.edition], CHANGE, line, single_object=True)


def _number(article: Article) -> str:
    """As the desk's fields take it for the story."""
    return f"#{article.pk}"
