"""Stories that their archive says may not be used: what imports have read of that, and which are live all the same.

A line that withholds a story may come in before the story, in a file of its own. So it is written down before anything
of its file is imported, and asked for in the transaction that would make the story live.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.archive.story_format import ArchiveStory, external_id, is_identifier
from articles.archive.versions import Found, Version, Versions, is_surely_newer
from articles.body import clean_text
from articles.models import Article, WithheldStory
from articles.newsroom_clock import EARLIEST
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, PubState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PUBLIC = (PubState.LIVE, PubState.SCHEDULED)
# Ids asked for at once.
STEP = 1000
ADVISORY_CLASS = 5_077


class LiveButWithheld(NamedTuple):
    """An article, and the line that says why it may not be used."""

    article: Article
    number: int
    reason: str


def live_but_withheld(versions: Versions, source: str) -> list[LiveButWithheld]:
    """In the order of the lines. They came in with an earlier run, or from a pipe before the line that withholds them:
    to take a story down is for a person."""
    return sorted(_live(versions, source), key=lambda found: found.number)


@transaction.atomic
def remember(found: Iterable[Found], *, source: str, by: User) -> None:
    """Write down which stories may not be used, for every later import. What is known stays as it is, lifted or not.

    Raises:
        NotAllowed: the person may not import an archive.
    """
    require_importer(by)
    rows = (_row(one, source) for one in found if is_identifier(one.identifier))
    first = next(rows, None)
    if first is None:
        return
    # Until the batches of others that asked before are written: the end of this run then finds what went live in them.
    _lock("pg_advisory_xact_lock", source)
    step = [first]
    while step:
        WithheldStory.objects.bulk_create(step, ignore_conflicts=True)
        step = list(islice(rows, STEP))


def withheld_before(stories: Sequence[ArchiveStory], source: str) -> dict[str, WithheldStory]:
    """Which of these stories may not be used by what earlier imports read, by their ids; one statement. Nobody writes
    down more of this archive until the transaction is over."""
    _lock("pg_advisory_xact_lock_shared", source)
    own = {external_id(source, story.id): story for story in stories}
    known = _standing().filter(external_id__in=list(own)).order_by("id")
    return {
        own[row.external_id].id: row
        for row in known
        if not is_surely_newer(own[row.external_id].version, than=_version_of(row))
    }


def in_words(withheld: WithheldStory, identifier: str) -> str:
    """Why a story was left out, and what to do where that is not right any more."""
    day = f"{timezone.localtime(withheld.told_at):%-d %B %Y}"
    return (
        f"Left out: an import of {day} read that {withheld.reason}. If it may be used after all, add "
        f"--lift={shlex.quote(identifier)}"
    )


@transaction.atomic
def lift(identifiers: Collection[str], *, source: str, by: User) -> None:
    """These stories may be used after all, whatever was read of them so far. What is lifted stays so, also where the
    same line is read again.

    Raises:
        NotAllowed: the person may not import an archive.
        GuardFailed: of one of them no earlier import has read that it may not be used.
    """
    require_importer(by)
    for identifier in identifiers:
        rows = WithheldStory.objects.filter(external_id=external_id(source, identifier))
        if not (is_identifier(identifier) and rows.exists()):
            raise GuardFailed(f"No earlier import of {source} has read that “{identifier}” may not be used.")
        rows.filter(lifted_at=None).update(lifted_at=timezone.now(), lifted_by=by)


def lifted(source: str) -> set[tuple[str, Version, datetime | None]]:
    """What withholds nothing any more, by id, version and end."""
    beginning = external_id(source, "")
    rows = WithheldStory.objects.filter(external_id__startswith=beginning, lifted_at__isnull=False)
    return {(row.external_id.removeprefix(beginning), _version_of(row), row.until) for row in rows}


def require_importer(by: User) -> None:
    if not (has_permission(by, "write_article") and has_permission(by, "publish_article")):
        raise NotAllowed("You may not import an archive: it takes a person who may write and publish.")


def _standing() -> QuerySet[WithheldStory]:
    return WithheldStory.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), lifted_at=None)


def _row(found: Found, source: str) -> WithheldStory:
    numbers, at = found.version
    return WithheldStory(
        external_id=external_id(source, found.identifier),
        numbers=list(numbers),
        version_at=None if at == EARLIEST else at,
        until=found.until,
        reason=clean_text(found.withheld)[:120],
    )


def _version_of(row: WithheldStory) -> Version:
    return tuple(row.numbers), row.version_at or EARLIEST


def _lock(function: str, source: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", [ADVISORY_CLASS, source])


def _live(versions: Versions, source: str) -> Iterator[LiveButWithheld]:
    withheld = {
        external_id(source, identifier): line
        for identifier, line in versions.withheld().items()
        if is_identifier(identifier)
    }
    waiting = iter(withheld)
    while ids := list(islice(waiting, STEP)):
        for article in Article.objects.filter(external_id__in=ids, pub_state__in=PUBLIC):
            line = withheld[str(article.external_id)]
            yield LiveButWithheld(article, line.number, line.reason)
