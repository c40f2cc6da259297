"""Every notice that readers were given: corrections of stories that are live, and what was taken down."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.counted_nouns import count_of
from articles.models import Change, Correction, Representation, StandingPage
from articles.models.standing_page import CORRECTIONS
from articles.page_metadata import FeedOf, of_list
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE_SIZE = 25
MONTHS_COUNTED = 12
# What a month's line calls them: one, and several.
NOUNS = {
    Correction.Kind.CORRECTION: ("correction", "corrections"),
    Correction.Kind.CLARIFICATION: ("clarification", "clarifications"),
    Correction.Kind.UPDATE: ("update", "updates"),
    Correction.Kind.EDITORS_NOTE: ("editor’s note", "editor’s notes"),
    Correction.Kind.RETRACTION: ("retraction", "retractions"),
    Change.Kind.WITHDRAW: ("story withdrawn", "stories withdrawn"),
    Change.Kind.KILL: ("story removed", "stories removed"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the page. What was taken down has neither headline nor path: both would tell of what is gone."""

    label: str
    text: str
    at: datetime
    number: int
    headline: str = ""
    path: str = ""
    has_closed_versions: bool = False

    @property
    def position(self) -> Position:
        return Position(self.at, self.number)


@dataclass(frozen=True, slots=True)
class Month:
    """How many notices of each kind a month had."""

    first_day: date
    counts: list[str]


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    before = Position.read(request.GET.get("before"))
    found = _notices(before)
    shown = found[:PAGE_SIZE]
    context = {
        "metadata": of_list(
            title="Corrections",
            description="What was wrong in our stories, what is right, and what was taken down.",
            path=request.path,
            before=before,
            feeds=[FeedOf("Corrections", "feed-corrections")],
            steps=[("Corrections", request.path)],
        ),
        "furniture": furniture(),
        "current_page": "corrections",
        "notices": shown,
        "older": str(shown[-1].position) if len(found) > PAGE_SIZE else "",
        "is_first": before is None,
        "months": months(since=_first_month(timezone.now())),
        "policy": StandingPage.objects.public().filter(slug=CORRECTIONS).first(),
    }
    return render(request, "articles/corrections.html", context)


def corrections_of_live_stories() -> QuerySet[Correction]:
    """Their notices, under the story's headline and address of today."""
    story = "article__representation"
    live = Correction.objects.filter(**{f"{story}__status": Representation.Status.LIVE})
    return live.annotate(headline=F(f"{story}__headline"), path=F(f"{story}__path")).order_by("-at", "-id")


def removals() -> QuerySet[Change]:
    """What was taken down and is not public again. A story that left on a day set long before is none."""
    standing = Change.objects.filter(action=Change.Action.REMOVE, version=F("article__representation__version"))
    return standing.exclude(kind=Change.Kind.WITHDRAW, by=None).order_by("-at", "-id")


def months(*, since: datetime) -> list[Month]:
    """Notices by month and kind, the newest month first."""
    counted: dict[date, Counter[str]] = defaultdict(Counter)
    for rows in (corrections_of_live_stories(), removals()):
        by_month = rows.filter(at__gte=since).order_by().annotate(month=TruncMonth("at")).values("month", "kind")
        for row in by_month.annotate(count=Count("id")):
            counted[row["month"].date()][row["kind"]] += row["count"]
    return [Month(month, _in_words(counts)) for month, counts in sorted(counted.items(), reverse=True)]


def _in_words(counts: Counter[str]) -> list[str]:
    return [count_of(counts[kind], one, several) for kind, (one, several) in NOUNS.items() if counts[kind]]


def _notices(before: Position | None) -> list[Notice]:
    """One more than a page, from both lists, the newest first.

    A notice's number is twice its row's, and one more for what was taken down: so both lists have one order.
    """
    told = corrections_of_live_stories().filter(_older(before, is_removal=False))
    gone = removals().filter(_older(before, is_removal=True)).only("at", "kind", "public_note")
    merged: list[Notice] = [*map(_of_correction, _first(told)), *map(_of_removal, _first(gone))]
    return sorted(merged, key=lambda notice: (notice.at, notice.number), reverse=True)[: PAGE_SIZE + 1]


def _first(rows: QuerySet[Any]) -> Iterable[Any]:
    return rows[: PAGE_SIZE + 1]


def _older(before: Position | None, *, is_removal: bool) -> Q:
    if before is None:
        return Q()
    # The greatest row whose number, 2 × id or 2 × id + 1, is below that of the position.
    last = (before.number - 1 - is_removal) // 2
    return Q(at__lte=before.moment) & (Q(at__lt=before.moment) | Q(id__lte=last))


def _of_correction(correction: Any) -> Notice:
    return Notice(
        label=correction.get_kind_display(),
        text=correction.notice,
        at=correction.at,
        number=2 * correction.pk,
        headline=correction.headline,
        path=correction.path,
        has_closed_versions=correction.sealed_earlier,
    )


def _of_removal(change: Change) -> Notice:
    """A kill under its public notice; a withdrawal says nothing of the story, as its address does."""
    is_kill = change.kind == Change.Kind.KILL
    text = change.public_note if is_kill else "A story was withdrawn. It is not available."
    label = "Story removed" if is_kill else "Story withdrawn"
    return Notice(label=label, text=text, at=change.at, number=2 * change.pk + 1)


def _first_month(now: datetime) -> datetime:
    """The first moment of the earliest month that is counted, in UTC."""
    months_before = now.year * 12 + now.month - MONTHS_COUNTED
    year, month = divmod(months_before, 12)
    return datetime(year, month + 1, 1, tzinfo=now.tzinfo)
