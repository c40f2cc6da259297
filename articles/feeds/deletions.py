"""What was taken from the public lately, as feeds tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from articles.feeds.formats import Deleted
from articles.models import Change, Correction, EditionQuote, Representation

TOLD_FOR = timedelta(days=30)
MOST = 200
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Removal:
    """A story that was taken from the public and is not back. Only a kill says why."""

    article: int
    uuid: UUID
    at: datetime
    notice: str
    facts: list[Facts]


def removals() -> list[Removal]:
    """The newest first; `facts` of all removals of the story, for one that was withdrawn and then killed had them
    before the first."""
    rows = (
        Change.objects.filter(action=Change.Action.REMOVE, at__gt=timezone.now() - TOLD_FOR)
        .exclude(article__representation__status=Representation.Status.LIVE)
        .order_by("-at", "-id")
        .values_list("article", "article__uuid", "at", "kind", "public_note", "facts_before")[:MOST]
    )
    gone: dict[int, Removal] = {}
    for article, uuid, at, kind, note, facts in rows:
        notice = note if kind == Change.Kind.KILL else ""
        removal = gone.setdefault(article, Removal(article, uuid, at, notice, []))
        removal.facts.extend([facts] if facts else [])
    return list(gone.values())


def deleted_stories(
    had: Callable[[Facts], bool], *, knows: Callable[[UUID], bool] = lambda uuid: False
) -> list[Deleted]:
    """Of those, the ones that a list had, by the facts of the story or by its uuid; where no facts are known, the story
    is told everywhere."""
    return [
        Deleted(removal.uuid.urn, removal.at, removal.notice)
        for removal in removals()
        if not removal.facts or any(map(had, removal.facts)) or knows(removal.uuid)
    ]


def deleted_quotes() -> list[Deleted]:
    """Quotations of stories that are gone, and those that a correction took back with their words."""
    at = {removal.article: removal.at for removal in removals()}
    printed = EditionQuote.objects.filter(edition__article__in=at).order_by("-id")
    gone = dict(printed.values_list("quote__uuid", "edition__article")[:MOST])
    told = {uuid: Deleted(uuid.urn, at[article]) for uuid, article in gone.items()}
    standing = EditionQuote.objects.filter(
        quote=OuterRef("quote"), edition=F("edition__article__representation__edition")
    )
    taken_back = Correction.retracts.through.objects.filter(
        ~Exists(standing),
        correction__at__gt=timezone.now() - TOLD_FOR,
        correction__article__representation__status=Representation.Status.LIVE,
    )
    rows = taken_back.order_by("-correction").values_list("quote__uuid", "correction__at", "correction__notice")
    return [*told.values(), *(Deleted(uuid.urn, when, notice) for uuid, when, notice in rows[:MOST])]


def deleted_corrections() -> list[Deleted]:
    """Notices go with their stories."""
    at = {removal.article: removal.at for removal in removals()}
    notices = Correction.objects.filter(article__in=at).order_by("-id").values_list("pk", "article", "article__uuid")
    return [Deleted(correction_identity(pk, uuid), at[article]) for pk, article, uuid in notices[:MOST]]


def correction_identity(pk: int, article: UUID) -> str:
    """For life, like the rows that it is made of."""
    return uuid5(article, f"correction {pk}").urn
