"""Verb: import a batch of an archive of which only the stories that the database will not take stay out.

Whatever a line can hold is judged when it is read. What was not thought of there is met here: a batch that the database
refuses is imported in halves, and those in halves, until the story is found that it refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError, OperationalError

from articles.archive.importing import Outcome, import_archive
from articles.archive.story_format import ArchiveStory

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# How often a batch is begun again after somebody else held what it needed.
TRIES = 3
# Of PostgreSQL's codes: what somebody else's row does to ours. Another import made the same story, or a row that we
# refer to went away.
OF_OTHERS = frozenset(("23503", "23505"))
# The classes of what is wrong with the data: a row that is there twice, a value, a constraint, a limit such as the size
# of a text that is searched, a trigger that refuses. And what PostgreSQL itself had not thought of.
OF_DATA = frozenset(("21", "22", "23", "54", "P0"))
UNTHOUGHT_OF = "XX000"


def import_batch(
    stories: Sequence[ArchiveStory], *, source: str, by: User, as_proposals: bool = False
) -> list[Outcome]:
    """Make live stories of a batch as `import_archive` does; one that cannot be written is told in its outcome.

    Raises:
        NotAllowed: the person may not write and publish.
        DatabaseError: the database is not to be had, or somebody else holds what is needed; what was written before
            stays, and is known when the same is imported again.
    """
    try:
        return _tried(partial(import_archive, stories, source=source, by=by, as_proposals=as_proposals))
    except (DatabaseError, ValueError) as error:
        if not _is_of_data(error):
            raise
        if len(stories) == 1:
            return [Outcome(stories[0], refusal=_refusal(error))]
    half = len(stories) // 2
    return [
        outcome
        for part in (stories[:half], stories[half:])
        for outcome in import_batch(part, source=source, by=by, as_proposals=as_proposals)
    ]


def _tried(import_them: Callable[[], list[Outcome]]) -> list[Outcome]:
    for _ in range(TRIES - 1):
        try:
            return import_them()
        except DatabaseError as error:
            if _is_of_data(error) and _code(error) not in OF_OTHERS:
                raise
    return import_them()


def _is_of_data(error: Exception) -> bool:
    """What the driver refuses to send, such as U+0000 in a text, has no code; neither has a connection that broke."""
    code = _code(error)
    return code[:2] in OF_DATA or code == UNTHOUGHT_OF if code else not isinstance(error, OperationalError)


def _code(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def _refusal(error: Exception) -> str:
    said = str(error).partition("\n")[0]
    if isinstance(error, IntegrityError) and _code(error) in OF_OTHERS:
        return (
            f"It stands against something that is here ({said}): look whether somebody else imports the same archive."
        )
    return f"It cannot be stored ({said}): mend what this names, or leave it out."
