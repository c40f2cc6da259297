"""What live stories report of exercises: dates, hosts, participants and figures, each with where it stands.

Reports of the same are one line with several sources; reports that differ are lines of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Told:
    """What a line of a timeline tells beneath its title, with where that stands. `says` is empty where the sources are
    those of the line itself."""

    says: str
    sources: Sequence[Source]


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

    def rows(self, *, but: Collection[tuple[date | None, date | None]] = ()) -> list[tuple[Line, list[Told]]]:
        """The days that are reported, `but` for some, each with its sources and the figures that these give. A figure
        of a story that reports no days stands beneath the first."""
        dated = {source.path for line in self.dates for source in line.sources}
        shown = [line for line in self.dates if line.starts and (line.starts, line.ends) not in but]
        return [(line, self._beneath(line, dated, is_first=line is shown[0])) for line in shown]

    def _beneath(self, days: Line, dated: Collection[str], *, is_first: bool) -> list[Told]:
        own = {source.path for source in days.sources}
        told: dict[tuple[Source, ...], list[str]] = {tuple(days.sources): []}
        for line in self.lines.get(Kind.FIGURE, []):
            sources = [one for one in line.sources if one.path in own or (is_first and one.path not in dated)]
            if sources:
                told.setdefault(tuple(sources), []).append(f"{line.detail} {line.says}")
        return [Told(capfirst("; ".join(says)), sources) for sources, says in told.items()]


def reported_editions(family: Sequence[int]) -> list[Reported]:
    """The editions of an exercise of which a live story reports something, the newest first; two statements."""
    rows = (
        _told().filter(edition__exercise__in=family).order_by("-edition__year", "-edition__number", "-edition_id", "id")
    )
    return _grouped(list(rows[:FACTS_READ]))


@dataclass(frozen=True, slots=True)
class Part:
    """What an entity does in an edition, with the days on which that is held: those that the same story reports, or
    else those that another does."""

    edition: Reported
    label: str
    days: Line
    told: list[Told]


def reported_parts(family: Sequence[int]) -> Iterator[Part]:
    """The editions that an entity hosts or takes part in, of which the days are reported; three statements."""
    rows = _told().filter(entity__in=family).order_by("-edition__year", "edition_id", "id")
    parts = _grouped(list(rows[:FACTS_READ]))
    dated = _told().filter(kind=Kind.DATES, edition__in=[part.edition.pk for part in parts]).order_by("id")
    dates = {found.edition.pk: found.dates for found in _grouped(list(dated[:FACTS_READ]))}
    for part in parts:
        for kind in (Kind.HOST, Kind.PARTICIPANT):
            for line in part.lines.get(kind, []):
                days = _days_of(line, dates.get(part.edition.pk, []))
                if days:
                    yield Part(part, "Hosts" if kind == Kind.HOST else "Takes part in", days, _told_of(line, days))


def reported_in(articles: Sequence[int]) -> list[Reported]:
    """The editions of which these stories report days or figures, with what they report; one statement."""
    rows = _told().filter(article__in=articles, kind__in=(Kind.DATES, Kind.FIGURE))
    return _grouped(list(rows.order_by("edition__year", "edition_id", "id")[:FACTS_READ]))


def _days_of(part: Line, dates: Sequence[Line]) -> Line | None:
    own = {source.path for source in part.sources}
    of_same = (line for line in dates if any(source.path in own for source in line.sources))
    return next(of_same, dates[0] if dates else None)


def _told_of(part: Line, days: Line) -> list[Told]:
    """The part with its sources; the days with theirs, unless the same stories report both."""
    told = [Told(capfirst(part.detail), part.sources)]
    if not {source.path for source in part.sources} <= {source.path for source in days.sources}:
        told.append(Told(f"Held {days.says}", days.sources))
    return told


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
