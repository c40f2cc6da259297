"""Stories that are live here or about to be, although their archive says that they may not be used."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from articles.archive_format import external_id, is_identifier
from articles.archive_versions import Versions
from articles.models import Article
from articles.states import PubState

PUBLIC = (PubState.LIVE, PubState.SCHEDULED)
# Ids asked for at once.
STEP = 1000


class LiveButWithheld(NamedTuple):
    """An article, and the line that says why it may not be used."""

    article: Article
    number: int
    reason: str


def live_but_withheld(versions: Versions, source: str) -> list[LiveButWithheld]:
    """In the order of the lines. They came in with an earlier run, or from a pipe before the line that withholds them:
    to take a story down is for a person."""
    return sorted(_live(versions, source), key=lambda found: found.number)


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
