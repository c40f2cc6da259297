"""The diary in the admin: a list by time, a month at a glance, and a form for each entry."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from articles import diary
from articles.admin.diary_entry_form import DiaryEntryForm, close_what_readers_see
from articles.admin.pickers import PICKER_NAMES
from articles.day_precision import FIRST_YEAR, LAST_YEAR, Precision, read_days
from articles.models import DiaryEntry
from articles.states import Refused

WEEK = timedelta(days=7)
MOST_IN_MONTH = 500


class WhenFilter(admin.SimpleListFilter):
    """What is ahead, first of all."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("week", "In seven days"), ("past", "Over"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": "Ahead"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DiaryEntry]) -> QuerySet[DiaryEntry]:
        today = timezone.localdate()
        match self.value():
            case "week":
                return queryset.during(today, today + WEEK)
            case "past":
                return queryset.filter(ends__lt=today)
            case "all":
                return queryset
        return queryset.ahead(today)


class MineFilter(admin.SimpleListFilter):
    title = "whose"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "Mine"), ("nobody", "Nobody’s")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DiaryEntry]) -> QuerySet[DiaryEntry]:
        match self.value():
            case "mine":
                return queryset.filter(assigned_to=request.user.pk)
            case "nobody":
                return queryset.filter(assigned_to=None)
        return queryset


@dataclass(slots=True)
class Day:
    """A day of a month at a glance; those of the months beside it are only drawn."""

    date: date
    is_within: bool
    is_today: bool
    entries: list[DiaryEntry] = field(default_factory=list)


@admin.register(DiaryEntry)
class DiaryEntryAdmin(admin.ModelAdmin):
    form = DiaryEntryForm
    fields = (
        "title",
        "kind",
        ("begins", "finishes"),
        ("place", "country"),
        "entities",
        ("assigned_to", "named_story"),
        "note",
        "is_public",
        "is_cancelled",
        "read_version",
    )
    autocomplete_fields = ("entities",)
    list_display = ("title", "on", "kind", "where", "covered_by", "public")
    list_filter = (WhenFilter, MineFilter, "kind", "is_public")
    list_select_related = ("assigned_to", "country__entity")
    search_fields = ("title", "place", "note")
    search_help_text = "Words of the title, the place or the note"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    ordering = ("starts", "ends", "id")
    change_list_template = "admin/articles/diaryentry/change_list.html"
    csv_columns = {
        "id": "pk",
        "title": "title",
        "kind": "kind",
        "from": "starts",
        "to": "ends",
        "known to": "precision",
        "place": "place",
        "country": "country",
        "assigned to": "assigned_to",
        "story": "story",
        "public": "is_public",
        "cancelled": "is_cancelled",
        "note": "note",
    }

    class Media:
        js = (PICKER_NAMES,)

    def get_urls(self) -> list[URLPattern]:
        month = self.admin_site.admin_view(self.month_view)
        return [path("month/", month, name="articles_diaryentry_month"), *super().get_urls()]

    @admin.display(description="when", ordering="starts")
    def on(self, entry: DiaryEntry) -> str:
        return f"{entry.when} (cancelled)" if entry.is_cancelled else entry.when

    @admin.display(description="assigned to", ordering="assigned_to", empty_value="nobody")
    def covered_by(self, entry: DiaryEntry) -> Any:
        return entry.assigned_to

    @admin.display(description="public", boolean=True, ordering="is_public")
    def public(self, entry: DiaryEntry) -> bool:
        return entry.is_public

    def get_queryset(self, request: HttpRequest) -> QuerySet[DiaryEntry]:
        return super().get_queryset(request).select_related("story", "country__entity")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: readers may have it in their calendars. What does not take place is cancelled."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that knows what the verb has refused, if it has."""
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", "")

        class Asked(form):  # type: ignore[misc, valid-type]
            def clean(self) -> dict[str, Any]:
                data: dict[str, Any] = super().clean() or self.cleaned_data
                if refusal:
                    raise forms.ValidationError(refusal)
                return data

        close_what_readers_see(Asked, request.user)
        for name in {"entities", "country"} & Asked.base_fields.keys():
            for does in ("add", "change", "delete", "view"):
                setattr(Asked.base_fields[name].widget, f"can_{does}_related", False)
        return Asked

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What the verb refuses stands above the form, in which every word still is."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.refusal = refusal.message
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A press on a day of the month begins an entry on it."""
        return {"begins": request.GET.get("day", "")[:10], "kind": DiaryEntry.Kind.OTHER}

    def save_model(self, request: HttpRequest, obj: DiaryEntry, form: DiaryEntryForm, change: bool) -> None:
        version = form.cleaned_data["read_version"] if change else None
        entry = DiaryEntry.objects.get(pk=obj.pk) if change else None
        saved = diary.save_entry(entry, by=request.user, expected_version=version, **form.facts())
        # The form's own object stands for the row that the verb wrote: for the log, and for the page that follows.
        obj.__dict__.update(saved.__dict__)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The verb has written them."""

    def month_view(self, request: HttpRequest) -> HttpResponse:
        """Weeks of days, and above them what is known no better than to the month, the quarter or the year."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        first, last = _month(request.GET.get("month", ""), today)
        entries = DiaryEntry.objects.during(first, last).select_related("assigned_to", "country__entity")
        if request.GET.get("whose") == "mine":
            entries = entries.filter(assigned_to=request.user.pk)
        found = list(entries[:MOST_IN_MONTH])
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": f"Diary, {first:%B %Y}",
            "first": first,
            "before": (first - timedelta(days=1)).replace(day=1) if first.year > FIRST_YEAR else None,
            "after": last + timedelta(days=1) if first.year < LAST_YEAR else None,
            "weeks": _weeks(first, found, today),
            "vague": [entry for entry in found if entry.precision != Precision.DAY],
            "has_days": any(entry.precision == Precision.DAY for entry in found),
            "is_mine": request.GET.get("whose") == "mine",
            "has_add_permission": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/articles/diaryentry/month.html", context)


def _month(written: str, today: date) -> tuple[date, date]:
    """
    Raises:
        Http404: it is no month, or outside the years of the diary.
    """
    try:
        days = read_days(written or f"{today:%Y-%m}")
    except ValueError as error:
        raise Http404(str(error)) from error
    if days.precision != Precision.MONTH:
        raise Http404("There is no such month.")
    return days.first, days.last


def _weeks(first: date, entries: list[DiaryEntry], today: date) -> list[list[Day]]:
    exact = [entry for entry in entries if entry.precision == Precision.DAY]
    return [
        [
            Day(day, day.month == first.month, day == today, [one for one in exact if one.starts <= day <= one.ends])
            for day in week
        ]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
