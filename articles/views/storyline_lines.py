"""The stories of a storyline with what happened between them, by the day: exercises as these stories report them, and
statements in them whose day is known.

A page has some of the stories, and of what all of them report the days that are its own: its lines are those that would
stand there, were the whole storyline one list. So nothing is told on two pages, and nothing on none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, Window
from django.db.models.functions import RowNumber

from articles.views import statements
from articles.views.moments import Moment
from articles.views.reported import reported_in

if TYPE_CHECKING:
    from articles.models import Representation

# Of one story, said on one day: so one long interview pushes the words of no other story off the page.
STATEMENTS_OF_STORY = 2
# On a page, the earliest: more than its stories have, unless each tells of several days.
STATEMENTS_SHOWN = 150


@dataclass(frozen=True, slots=True)
class Line:
    """A story, or what happened: one of both."""

    story: Representation | None = None
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Those after the first and up to the last; None where there is no end."""

    after: date | None
    until: date | None

    def __contains__(self, day: date) -> bool:
        return (self.after is None or day > self.after) and (self.until is None or day <= self.until)


def lines_of(
    stories: Sequence[Representation], *, all_of_it: Sequence[int], told_until: datetime | None, is_last: bool
) -> list[Line]:
    """The stories of a page as they come; before each what had happened by the day on which it was published, and on
    the last page at the end what happens later. Two statements.

    `all_of_it` are the numbers of all stories of the storyline, `told_until` when the newest of those on the pages
    before was published.
    """
    published = [_day(story.published_at) for story in stories]
    after = _day(told_until) if told_until else None
    days = Days(after, None if is_last else max(published))
    happened = [*_reported(all_of_it, days), *_said(all_of_it, days)]
    waiting = deque(sorted(happened, key=lambda moment: (moment.day, moment.rank)))
    lines: list[Line] = []
    for story, day in zip(stories, published):
        while waiting and waiting[0].day <= day:
            lines.append(Line(moment=waiting.popleft()))
        lines.append(Line(story=story))
    return lines + [Line(moment=moment) for moment in waiting]


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _reported(articles: Sequence[int], days: Days) -> Iterator[Moment]:
    """Editions whose days one of the stories reports, each with the figures of that story."""
    for one in reported_in(articles):
        address = one.edition.exercise.canonical.get_absolute_url()
        for line, told in one.rows():
            if line.starts and line.starts in days:
                yield Moment(line.starts, line.ends, "Held, as reported", one.name, address, when=line.says, told=told)


def _said(articles: Sequence[int], days: Days) -> Iterator[Moment]:
    """By the day they were said, where somebody has entered it. What was retracted did not happen so."""
    dated = Q(said_on__isnull=False, edition__article__in=articles)
    if days.after:
        dated &= Q(said_on__gt=days.after)
    if days.until:
        dated &= Q(said_on__lte=days.until)
    place = Window(RowNumber(), partition_by=("edition__article_id", "said_on"), order_by="ordinal")
    said = statements.live_quotes(dated).filter(retraction=None).annotate(place=place)
    first = said.filter(place__lte=STATEMENTS_OF_STORY)
    in_order = first.order_by("said_on", "shown_at", "edition__article_id", "ordinal")
    for one in map(statements.statement, in_order[:STATEMENTS_SHOWN]):
        if one.said_on:
            yield Moment(one.said_on, None, f"{one.speaker} said", f"“{one.words}”", one.url, one.headline, rank=1)
