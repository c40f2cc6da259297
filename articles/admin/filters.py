"""Filters of the list of stories beside Django's own. What each keeps stands in articles/desk_filters.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ChoicesFieldListFilter, ListFilter, ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, LPad
from django.http import HttpRequest

from articles.desk_filters import DATE_OF, DATES, FROM, ME, NARROWINGS, NOBODY, UNTIL, day_of, in_range
from articles.models import Article, Section, Tag
from entities.models import Entity, Kind


def choices_of(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """Sections, countries that stories are tagged with, and people with a story, in one query a request."""
    if not hasattr(request, "story_choices"):
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for what, _, value, says in sorted(_sections().union(_countries(), _people(), all=True)):
            found[what].append((value, says))
        request.story_choices = found
    return request.story_choices


def _sections() -> QuerySet[Section, Any]:
    rows = Section.objects.order_by().annotate(place=LPad(Cast("ordinal", CharField()), 5, Value("0")))
    return _rows(rows, "section", "place", "slug", "name")


def _countries() -> QuerySet[Entity, Any]:
    tagged = Tag.objects.publishable().values("entity")
    rows = Entity.objects.filter(kind=Kind.COUNTRY, pk__in=tagged).order_by()
    return _rows(rows, "country", "sort_name", "slug", "name")


def _people() -> QuerySet[User, Any]:
    assigned = Article.objects.exclude(assigned_to=None).order_by().values("assigned_to")
    called = Case(When(first_name="", then=F("username")), default=F("first_name"))
    rows = User.objects.filter(pk__in=assigned).order_by().annotate(key=Cast("pk", CharField()), called=called)
    return _rows(rows, "person", "called", "key", "called")


def _rows(rows: QuerySet[Any], what: str, order: str, value: str, says: str) -> QuerySet[Any, Any]:
    columns = [Cast(F(name), TextField()) for name in (order, value, says)]
    return rows.values_list(Value(what, TextField()), *columns)


class TitledFilter(ChoicesFieldListFilter):
    """A field's choices, under a name that says what they are of."""

    titles = {"work_state": "work", "pub_state": "public state"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.titles.get(self.field_path, self.title)


class TableFilter(SimpleListFilter):
    """A filter whose choices are given, and whose meaning stands in the table."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        return NARROWINGS[str(self.parameter_name)](queryset, value, request.user) if value else queryset


class SectionFilter(TableFilter):
    title = parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return choices_of(request)["section"]


class CountryFilter(TableFilter):
    """Countries that stories are tagged with, whether or not a person has confirmed them."""

    title = parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return choices_of(request)["country"]


class AssigneeFilter(TableFilter):
    title = "assigned to"
    parameter_name = "assigned_to"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        others = [(key, says) for key, says in choices_of(request)["person"] if key != str(request.user.pk)]
        return [(ME, "Me"), (NOBODY, "Nobody"), *others]


class DueFilter(TableFilter):
    title = parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [("late", "Overdue"), ("day", "Today"), ("week", "This week"), ("none", "No time set")]


class DatesFilter(ListFilter):
    """Stories saved, begun, published or due from a day until another."""

    title = "dates"
    template = "admin/articles/article/dates_filter.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: ModelAdmin[Any]) -> None:
        super().__init__(request, params, model, model_admin)
        asked = {name: params.pop(name)[-1] for name in self.expected_parameters() if name in params}
        self.used_parameters = {
            DATE_OF: asked.get(DATE_OF, "") if asked.get(DATE_OF) in DATES else "saved",
            **{name: asked[name] for name in (FROM, UNTIL) if day_of(asked.get(name, ""))},
        }
        self.others = [(name, value) for name, value in request.GET.items() if name not in (*asked, "p")]

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return [DATE_OF, FROM, UNTIL]

    def choices(self, changelist: ChangeList) -> Iterable[dict[str, Any]]:
        """One choice: the form of the three fields, and what it says when it is used."""
        first, last = self.used_parameters.get(FROM, ""), self.used_parameters.get(UNTIL, "")
        of = self.used_parameters[DATE_OF]
        is_used = bool(first or last)
        yield {
            "selected": is_used,
            "says": f"{of} {first or '…'} – {last or '…'}" if is_used else "",
            "of": [(name, name == of) for name in DATES],
            "first": first,
            "last": last,
            "others": self.others,
            "without": changelist.get_query_string(remove=self.expected_parameters()),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return in_range(queryset, self.used_parameters)
