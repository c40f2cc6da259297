"""The stories of a storyline with what happened between them, by the day: exercises as these stories report them, and
statements in them whose day is known."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.views import statements
from articles.views.moments import Moment
from articles.views.reported import reported_in

if TYPE_CHECKING:
    from articles.models import Representation

STATEMENTS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A story, or what happened: one of both."""

    story: Representation | None = None
    moment: Moment | None = None


def lines_of(stories: Sequence[Representation]) -> list[Line]:
    """The stories as they come; before each what had happened by the day on which it was published, and last what
    happens later. Two statements."""
    told = [story.article_id for story in stories]
    happened = [*_reported(told), *_said(told)]
    waiting = deque(sorted(happened, key=lambda moment: (moment.day, moment.rank)))
    lines: list[Line] = []
    for story in stories:
        day = story.published_at.astimezone(UTC).date()
        while waiting and waiting[0].day <= day:
            lines.append(Line(moment=waiting.popleft()))
        lines.append(Line(story=story))
    return lines + [Line(moment=moment) for moment in waiting]


def _reported(articles: Sequence[int]) -> Iterator[Moment]:
    """Editions whose days one of the stories reports, with the figures that they give."""
    for one in reported_in(articles):
        address = one.edition.exercise.canonical.get_absolute_url()
        for line in one.dates:
            if line.starts:
                yield Moment(
                    line.starts, line.ends, "Held, as reported", one.name, address, one.figures, when=line.says
                )


def _said(articles: Sequence[int]) -> Iterator[Moment]:
    """By the day they were said, where somebody has entered it. What was retracted did not happen so."""
    said = statements.live_quotes(Q(said_on__isnull=False, edition__article__in=articles))
    for one in map(statements.statement, said[:STATEMENTS_SHOWN]):
        if one.said_on and not one.retraction:
            yield Moment(one.said_on, None, f"{one.speaker} said", f"“{one.words}”", one.url, one.headline, rank=1)
