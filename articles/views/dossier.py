"""What we know of an entity beside its stories: offices, relations, companions, the months in which it was news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.urls import reverse
from django.utils import timezone

from articles.models import EditionQuote, Listing, Representation
from articles.public_notation import path_of_entity
from articles.views.suggestions import with_stories
from entities.models import Country, Entity, Kind, Relation

if TYPE_CHECKING:
    from django.db.models import QuerySet

MONTHS = 12
# A chart is worth its space from three months with stories, or from five stories on.
FEWEST_MONTHS, FEWEST_STORIES = 3, 5
ROLES_READ, ROLES_SHOWN = 200, 8
RELATIONS_READ = 200
SHOWN_OF_A_KIND = 7
BELONGING_READ = 80
OF_QUOTE = "edition__article__representation"

FORWARD = {
    Relation.Kind.MEMBER_OF: "Member of",
    Relation.Kind.PART_OF: "Part of",
    Relation.Kind.OFFICE_IN: "Offices",
    Relation.Kind.OPERATES: "Operates",
    Relation.Kind.BUILT_BY: "Built by",
    Relation.Kind.HOSTS: "Hosts",
    Relation.Kind.TAKES_PART: "Takes part in",
    Relation.Kind.SUCCEEDS: "Succeeds",
}
BACKWARD = {
    Relation.Kind.MEMBER_OF: "Members",
    Relation.Kind.PART_OF: "Parts",
    Relation.Kind.OFFICE_IN: "Office holders",
    Relation.Kind.OPERATES: "Operators",
    Relation.Kind.BUILT_BY: "Builds",
    Relation.Kind.HOSTS: "Hosted by",
    Relation.Kind.TAKES_PART: "Participants",
    Relation.Kind.SUCCEEDS: "Succeeded by",
}
# An exercise that is held again and again has editions.
EDITIONS, SERIES = "Editions", "Series"
PLURALS = {
    Kind.COUNTRY: "Countries",
    Kind.PERSON: "People",
    Kind.ORGANISATION: "Organisations",
    Kind.ALLIANCE: "Alliances",
    Kind.UNIT: "Units",
    Kind.EQUIPMENT: "Equipment",
    Kind.EXERCISE: "Exercises",
    Kind.OPERATION: "Operations",
    Kind.PROGRAMME: "Programmes",
    Kind.PLACE: "Places",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A link in a list, with what is said beside it."""

    name: str
    url: str
    note: str = ""
    stories: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Office:
    """What a speaker was called in our stories, from when to when, and the newest story that says so."""

    role: str
    first: date
    last: date
    headline: str
    path: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its number of stories, as the height of a column out of 100, and where its stories begin."""

    begins: date
    stories: int
    height: int
    before: str
    # Said once a year, and at the beginning where no January follows at once.
    year: str


def offices(family: Sequence[int]) -> list[Office]:
    """By the roles that its quotations carry, the newest first."""
    rows = (
        EditionQuote.objects.filter(
            speaker_entity_id__in=family,
            **{f"{OF_QUOTE}__edition": F("edition"), f"{OF_QUOTE}__status": Representation.Status.LIVE},
        )
        .exclude(speaker_role="")
        .annotate(day=Coalesce("said_on", TruncDate("edition__published_at")))
        .order_by("-day", "-id")
        .values_list("speaker_role", "day", f"{OF_QUOTE}__headline", f"{OF_QUOTE}__path")[:ROLES_READ]
    )
    found: dict[str, Office] = {}
    for role, day, headline, path in rows:
        newest = found.get(role.casefold())
        last, title, address = (newest.last, newest.headline, newest.path) if newest else (day, headline, path)
        found[role.casefold()] = Office(newest.role if newest else role, day, last, title, address)
    return list(found.values())[:ROLES_SHOWN]


def relations(shown: Entity, family: Sequence[int]) -> list[Group]:
    """Dated facts between it and others that have a page, those that have not ended first."""
    either = Q(subject__in=family) | Q(object__in=family)
    rows = (
        Relation.objects.filter(either)
        .select_related("subject__merged_into", "object__merged_into")
        .order_by(F("valid_to").desc(nulls_first=True), F("valid_from").desc(nulls_last=True), "id")[:RELATIONS_READ]
    )
    ends = [(row, row.subject_id in family) for row in rows]
    others = [(row, is_subject, (row.object if is_subject else row.subject).canonical) for row, is_subject in ends]
    told = with_a_page(other for *_, other in others)
    groups: dict[str, list[Entry]] = {}
    for row, is_subject, other in others:
        if other.pk in told and other.pk not in family:
            entry = Entry(other.name, other.get_absolute_url(), _note(row))
            groups.setdefault(_heading(row, shown, other, is_subject=is_subject), []).append(entry)
    return [Group(heading, _each_once(entries)) for heading, entries in groups.items()]


def _each_once(entries: Sequence[Entry]) -> list[Entry]:
    """Who joined an exercise twice stands there once, with both years."""
    notes: dict[str, list[str]] = {}
    first = {entry.url: entry for entry in reversed(entries)}
    for entry in entries:
        notes.setdefault(entry.url, []).extend([entry.note] if entry.note else [])
    return [replace(first[url], note=", ".join(dict.fromkeys(told))) for url, told in notes.items()]


def with_a_page(entities: Iterable[Entity]) -> set[int]:
    """Which of them readers may know: countries, what a live story names, and the series of such an exercise.

    The desk may know others from a story that nobody may know of yet.
    """
    seen = {entity.pk: entity for entity in entities if not entity.is_hidden}
    countries = {pk for pk, entity in seen.items() if entity.kind == Kind.COUNTRY}
    asked = Entity.objects.filter(pk__in=seen.keys() - countries)
    parts = Relation.objects.filter(kind=Relation.Kind.PART_OF, object=OuterRef("pk"))
    told_in_part = parts.filter(Exists(Listing.objects.filter(entity=OuterRef("subject"))))
    told = with_stories(asked).values("pk").union(asked.filter(Exists(told_in_part)).values("pk"))
    return countries | {row["pk"] for row in told}


def _heading(row: Relation, shown: Entity, other: Entity, *, is_subject: bool) -> str:
    kind = Relation.Kind(row.kind)
    if kind == Relation.Kind.PART_OF and shown.kind == other.kind == Kind.EXERCISE:
        return SERIES if is_subject else EDITIONS
    return (FORWARD if is_subject else BACKWARD)[kind]


def _note(row: Relation) -> str:
    """“Commander, 2019–2024”."""
    first, last = row.valid_from and row.valid_from.year, row.valid_to and row.valid_to.year
    if first and last:
        years = f"{first}–{last}" if first != last else str(first)
    else:
        years = f"since {first}" if first else f"until {last}" if last else ""
    return ", ".join(part for part in (row.role, years) if part)


def companions(stories: QuerySet[Listing], *, but: Sequence[int], of_country: str = "") -> list[Group]:
    """What else the articles of some listings name, by kind, most stories first; countries before the rest. On the
    page `of_country`, a slug, each other country leads to the stories about both."""
    beside = Listing.objects.filter(article_id__in=stories.values("article_id"), entity__is_hidden=False)
    rows = (
        beside.filter(entity__merged_into=None)
        .exclude(entity_id__in=but)
        .values_list("entity__kind", "entity__slug", "entity__name")
        .annotate(stories=Count("id"))
        .order_by("-stories", "entity__sort_name")
    )
    entries = ((kind, Entry(name, _beside(kind, slug, of_country), stories=count)) for kind, slug, name, count in rows)
    return by_kind(entries)


def _beside(kind: str, slug: str, country: str) -> str:
    is_pair = country and kind == Kind.COUNTRY
    return pair_address(country, slug) if is_pair else path_of_entity(kind, slug)


def belonging(country: Country) -> list[Group]:
    """Whose origin or owner the country is, of what live stories tell; the newest in the news first."""
    own = with_stories(Entity.objects.public().filter(country=country))
    rows = own.order_by(F("newest").desc(nulls_last=True), "sort_name", "id")[:BELONGING_READ]
    return by_kind((entity.kind, Entry(entity.name, entity.get_absolute_url())) for entity in rows)


def by_kind(entries: Iterable[tuple[str, Entry]]) -> list[Group]:
    found: dict[str, list[Entry]] = {}
    for kind, entry in entries:
        found.setdefault(kind, []).append(entry)
    return [Group(PLURALS[kind], found[kind][:SHOWN_OF_A_KIND]) for kind in PLURALS if kind in found]


def months(family: Sequence[int]) -> list[Month]:
    """The last twelve months, this one last; none where there is too little for a chart to tell anything."""
    begins = _last_months(timezone.now().astimezone(UTC).date())
    since = datetime(begins[0].year, begins[0].month, 1, tzinfo=UTC)
    rows = (
        Listing.objects.filter(entity_id__in=family, published_at__gte=since)
        .annotate(month=TruncMonth("published_at", tzinfo=UTC))
        .values_list("month")
        .annotate(stories=Count("article", distinct=True))
        .order_by("month")
    )
    counted = {month.date(): stories for month, stories in rows}
    if len(counted) < FEWEST_MONTHS and sum(counted.values()) < FEWEST_STORIES:
        return []
    most = max(counted.values())
    return [
        Month(
            begins=begin,
            stories=counted.get(begin, 0),
            height=round(100 * counted.get(begin, 0) / most),
            before=f"{_following(begin)}T00:00:00Z,0",
            year=str(begin.year) if begin.month == 1 or (begin == begins[0] and begin.month < 12) else "",
        )
        for begin in begins
    ]


def _last_months(today: date) -> list[date]:
    number = today.year * 12 + today.month - 1
    return [date(back // 12, back % 12 + 1, 1) for back in range(number - MONTHS + 1, number + 1)]


def _following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def pair_address(first: str, second: str) -> str:
    """The one address of the stories about two countries, whatever their order."""
    return reverse("country-pair", args=sorted((first, second)))
