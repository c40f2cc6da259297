"""What live stories report of exercises: dates, hosts, participants and figures, each with where it stands.

Reports of the same are one line with several sources; reports that differ are lines of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.text import capfirst

from articles.day_precision import told
from articles.models import ReportedFact
from articles.models.exercise import figure
from articles.views import dossier

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import ExerciseEdition
    from entities.models import Entity

FACTS_READ = 800
Kind = ReportedFact.Kind
HEADINGS = {Kind.DATES: "When", Kind.HOST: "Hosted by", Kind.PARTICIPANT: "Taking part", Kind.FIGURE: "Figures"}


@dataclass(frozen=True, slots=True)
class Source:
    """The story that says so, or the quotation in it: `quote` is the uuid of that."""

    headline: str
    path: str
    published_at: datetime
    quote: str = ""


@dataclass(slots=True)
class Line:
    """One fact. `address` is of the page of who hosts or takes part; `detail` their part in it."""

    says: str
    address: str = ""
    detail: str = ""
    starts: date | None = None
    ends: date | None = None
    precision: str = ""
    sources: list[Source] = field(default_factory=list)

    def add(self, source: Source) -> None:
        """A story is named once, with its quotation where one says so."""
        known = next((place for place, one in enumerate(self.sources) if one.path == source.path), None)
        if known is None:
            self.sources.append(source)
        elif source.quote and not self.sources[known].quote:
            self.sources[known] = source


@dataclass(slots=True)
class Reported:
    """An edition as it is reported."""

    edition: ExerciseEdition
    lines: dict[str, list[Line]]

    @property
    def name(self) -> str:
        return str(self.edition)

    @property
    def groups(self) -> list[tuple[str, list[tuple[Line, bool]]]]:
        """Each line, and whether its sources stand beneath it: those of several lines stand once, under the last."""
        return [(HEADINGS[kind], _with_ends(self.lines[kind])) for kind in HEADINGS if kind in self.lines]

    @property
    def dates(self) -> list[Line]:
        return self.lines.get(Kind.DATES, [])

    @property
    def figures(self) -> str:
        """“Personnel 9,000; aircraft 40”."""
        return capfirst("; ".join(f"{line.detail} {line.says}" for line in self.lines.get(Kind.FIGURE, [])))


def reported_editions(family: Sequence[int]) -> list[Reported]:
    """The editions of an exercise of which a live story reports something, the newest first; two statements."""
    rows = (
        _told().filter(edition__exercise__in=family).order_by("-edition__year", "-edition__number", "-edition_id", "id")
    )
    return _grouped(list(rows[:FACTS_READ]))


def reported_parts(family: Sequence[int]) -> list[tuple[Reported, str, Line]]:
    """The editions that an entity hosts or takes part in, with what it does there; three statements."""
    rows = _told().filter(entity__in=family).order_by("-edition__year", "edition_id", "id")
    parts = _grouped(list(rows[:FACTS_READ]))
    dated = _told().filter(kind=Kind.DATES, edition__in=[part.edition.pk for part in parts]).order_by("id")
    dates = {found.edition.pk: found.dates for found in _grouped(list(dated[:FACTS_READ]))}
    for part in parts:
        part.lines[Kind.DATES] = dates.get(part.edition.pk, [])
    return [
        (part, "Hosts" if kind == Kind.HOST else "Takes part in", line)
        for part in parts
        for kind in (Kind.HOST, Kind.PARTICIPANT)
        for line in part.lines.get(kind, [])
    ]


def reported_in(articles: Sequence[int]) -> list[Reported]:
    """The editions of which these stories report days or figures, with what they report; one statement."""
    rows = _told().filter(article__in=articles, kind__in=(Kind.DATES, Kind.FIGURE))
    return _grouped(list(rows.order_by("edition__year", "edition_id", "id")[:FACTS_READ]))


def _with_ends(lines: Sequence[Line]) -> list[tuple[Line, bool]]:
    following = [*(line.sources for line in lines[1:]), None]
    return [(line, line.sources != after) for line, after in zip(lines, following)]


def _told() -> QuerySet[ReportedFact, Any]:
    shown = "article__representation"
    return (
        ReportedFact.objects.told()
        .select_related("edition__exercise__merged_into", "entity__merged_into")
        .annotate(
            headline=F(f"{shown}__headline"),
            path=F(f"{shown}__path"),
            published_at=F(f"{shown}__published_at"),
            quote_uuid=F("quote__uuid"),
        )
    )


def _grouped(rows: Sequence[Any]) -> list[Reported]:
    known = dossier.with_a_page(row.entity.canonical for row in rows if row.entity)
    found: dict[int, Reported] = {}
    lines: dict[Any, Line] = {}
    for row in rows:
        # Readers hear nothing of what the desk has hidden.
        if row.edition.exercise.canonical.is_hidden or (row.entity and row.entity.canonical.is_hidden):
            continue
        edition = found.setdefault(row.edition_id, Reported(row.edition, {}))
        line = _line(row, known)
        key = (row.edition_id, row.kind, line.says, line.address, line.detail)
        if key not in lines:
            lines[key] = line
            edition.lines.setdefault(row.kind, []).append(line)
        quote = str(row.quote_uuid) if row.quote_uuid else ""
        lines[key].add(Source(row.headline, row.path, row.published_at, quote))
    return list(found.values())


def _line(row: Any, known: set[int]) -> Line:
    if row.kind == Kind.DATES:
        days = (row.starts, row.ends, row.precision)
        return Line(told(*days), starts=row.starts, ends=row.ends, precision=row.precision)
    if row.kind == Kind.FIGURE:
        return Line(f"{figure(row.value)} {row.unit}".strip(), detail=row.label)
    who: Entity = row.entity.canonical
    return Line(who.name, address=who.get_absolute_url() if who.pk in known else "", detail=row.role)
