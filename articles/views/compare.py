"""Two speakers side by side: what both said about the same countries and things, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.models import EditionQuote, Listing, Representation
from articles.page_metadata import of_list
from articles.views import statements
from articles.views.filters import Filters, WordsField
from articles.views.navigation import furniture
from articles.views.public_page import public_list
from articles.views.quote_filters import named
from articles.views.statements import Statement
from entities.models import Entity, Kind

STORIES_READ = 60
STATEMENTS_READ = 200
SUBJECTS_SHOWN = 6
MONTHS_SHOWN = 6
IN_A_CELL = 3
SPEAKERS_OFFERED = 16
STORIES_OFFERING = 40


class CompareFilters(Filters):
    one = WordsField("One speaker")
    other = WordsField("Another speaker")


@dataclass(frozen=True, slots=True)
class Month:
    """What each of the two said in a month."""

    begins: date
    one: Sequence[Statement]
    other: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Subject:
    """A country or a thing in whose stories both are quoted."""

    name: str
    address: str
    months: Sequence[Month]


@public_list
def compare(request: HttpRequest) -> HttpResponse:
    """With two names the comparison, with fewer the question, and who could be asked about."""
    filters = CompareFilters(request.GET)
    names = [filters.given.get(name, "") for name in ("one", "other")]
    context = {
        "metadata": of_list(
            title="Two speakers side by side",
            description="What two speakers said about the same countries and things, month by month.",
            path=request.path,
            filters=filters.given,
            steps=[("Who said what", reverse("quotes")), ("Two speakers", request.path)],
        ),
        "furniture": furniture(),
        "current_page": "quotes",
        "filters": filters,
        "names": names,
        "chosen": names[0] or names[1],
        **(_compared(*names) if all(names) else {"offered": _offered(filters)}),
    }
    return render(request, "articles/compare.html", context)


def _compared(one: str, other: str) -> dict[str, Any]:
    said = [
        list(statements.newest_quotes(named(name), stories=STORIES_READ)[:STATEMENTS_READ]) for name in (one, other)
    ]
    return {
        "is_told": [bool(quotes) for quotes in said],
        "is_same": _speakers(said[0]) == _speakers(said[1]) != set(),
        "speakers": [_speaker(quotes, name) for quotes, name in zip(said, (one, other), strict=True)],
        "subjects": _subjects(*said),
        "apart": _months(*said) if all(said) else [],
    }


def _speakers(quotes: Iterable[EditionQuote]) -> set[str]:
    return {quote.speaker_name for quote in quotes}


def _speaker(quotes: Sequence[EditionQuote], asked: str) -> dict[str, str]:
    """The name as it is written, and the way to all statements; what was asked where nothing was found."""
    newest = statements.statement(quotes[0]) if quotes else None
    name = newest.speaker if newest else asked
    return {"name": name, "role": newest.role if newest else "", "address": newest.speaker_url if newest else ""}


def _subjects(one: Sequence[EditionQuote], other: Sequence[EditionQuote]) -> list[Subject]:
    """What the stories of both name, what both spoke most of first; countries before the rest."""
    named_in = _named_in({quote.edition.article_id for quote in (*one, *other)})
    mine, theirs = _by_subject(one, named_in), _by_subject(other, named_in)
    shared = sorted(mine.keys() & theirs.keys(), key=lambda entity: _rank(entity, mine[entity], theirs[entity]))
    return list(islice(_told_once(shared, mine, theirs), SUBJECTS_SHOWN))


def _rank(entity: Entity, mine: Sequence[EditionQuote], theirs: Sequence[EditionQuote]) -> tuple[Any, ...]:
    fewer, all_told = min(len(mine), len(theirs)), len(mine) + len(theirs)
    return entity.kind != Kind.COUNTRY, -fewer, -all_told, entity.sort_name, entity.pk


def _told_once(
    shared: Iterable[Entity], mine: Mapping[Entity, list[EditionQuote]], theirs: Mapping[Entity, list[EditionQuote]]
) -> Iterator[Subject]:
    """One story names many countries: a statement stands under the first of them alone."""
    told: set[int] = set()
    for entity in shared:
        left = [[quote for quote in said[entity] if quote.pk not in told] for said in (mine, theirs)]
        if all(left):
            told |= {quote.pk for quotes in left for quote in quotes}
            yield Subject(entity.name, entity.get_absolute_url(), _months(*left))


def _named_in(articles: Iterable[int]) -> Mapping[int, list[Entity]]:
    """By article what it is about, under the canonical entity; one statement."""
    rows = Listing.objects.filter(article__in=articles, entity__is_hidden=False).select_related("entity__merged_into")
    found: dict[int, list[Entity]] = defaultdict(list)
    for row in rows.order_by("article", "id"):
        if not row.entity.canonical.is_hidden and row.entity.canonical not in found[row.article_id]:
            found[row.article_id].append(row.entity.canonical)
    return found


def _by_subject(
    quotes: Iterable[EditionQuote], named_in: Mapping[int, list[Entity]]
) -> dict[Entity, list[EditionQuote]]:
    """What somebody said in stories about each thing; not about themselves."""
    found: dict[Entity, list[EditionQuote]] = defaultdict(list)
    for quote in quotes:
        for entity in named_in.get(quote.edition.article_id, ()):
            if entity.pk != quote.speaker_entity_id:
                found[entity].append(quote)
    return found


def _months(one: Sequence[EditionQuote], other: Sequence[EditionQuote]) -> list[Month]:
    """The last months in which either spoke, newest first."""
    mine, theirs = _by_month(one), _by_month(other)
    months = sorted(mine.keys() | theirs.keys(), reverse=True)[:MONTHS_SHOWN]
    return [Month(month, mine.get(month, [])[:IN_A_CELL], theirs.get(month, [])[:IN_A_CELL]) for month in months]


def _by_month(quotes: Iterable[EditionQuote]) -> dict[date, list[Statement]]:
    """By the day of the words where it is known, else of the story."""
    found: dict[date, list[Statement]] = defaultdict(list)
    for quote in quotes:
        said = statements.statement(quote)
        if not said.retraction:
            found[(said.said_on or said.published_at.date()).replace(day=1)].append(said)
    return found


def _offered(filters: CompareFilters) -> list[tuple[str, str]]:
    """Who is quoted in the newest stories, most often first, and the query that takes the name into the open field."""
    newest = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at", "-article_id")
    spoken = Q(speaker_kind__in=("person", "organisation"), edition__in=newest.values("edition")[:STORIES_OFFERING])
    rows = (
        EditionQuote.objects.filter(spoken)
        .exclude(speaker_name="")
        .order_by()
        .values(name=F("speaker_name"))
        .annotate(said=Count("id"))
        .order_by("-said", "name")
        .values_list("name", flat=True)[: SPEAKERS_OFFERED + 1]
    )
    field = "other" if filters.given.get("one") else "one"
    taken = {value.casefold() for value in filters.given.values()}
    names = [name for name in rows if name.casefold() not in taken][:SPEAKERS_OFFERED]
    return [(name, filters.query(**{field: name})) for name in names]
