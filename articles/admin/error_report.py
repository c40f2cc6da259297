"""What readers report as wrong: a list to filter, and a page for each on which it is resolved or rejected."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import Truncator

from articles import error_reports
from articles.admin.clean_queries import is_key, without_zero_signs
from articles.counted_nouns import count_of
from articles.models import ErrorReport
from articles.states import NotAllowed, Refused

RESOLVE, REJECT, REOPEN = "resolve", "reject", "reopen"
SAID = {
    RESOLVE: "Resolved. Readers see nothing of it; a correction is published on the story itself.",
    REJECT: "Rejected.",
    REOPEN: "Open again.",
}


class StateFilter(admin.SimpleListFilter):
    """Open ones first of all: they wait for somebody."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "All"), *[(state, label.capitalize()) for state, label in ErrorReport.State.choices[1:]]]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": "Open"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> QuerySet[ErrorReport]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() or ErrorReport.State.OPEN)


def _each(verb: Callable[..., Any], said: str) -> Callable[..., None]:
    """An action of the list: the verb on each, in transactions of their own; a refusal holds nobody up."""

    def use(admin: ErrorReportAdmin, request: HttpRequest, chosen: QuerySet[ErrorReport]) -> None:
        done = 0
        for report in chosen.select_related("article").order_by("pk"):
            try:
                verb(report, by=request.user)
            except Refused as refusal:
                messages.warning(request, refusal.message)
            else:
                done += 1
        if done:
            messages.success(request, f"{count_of(done, 'report', 'reports')} {said}.")

    use.__name__ = verb.__name__
    return use


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    list_display = ("said", "story", "at", "state", "handled_by")
    list_filter = (StateFilter,)
    list_select_related = ("article", "handled_by")
    search_fields = ("message", "passage", "article__headline")
    search_help_text = "Words of the report or the headline"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    ordering = ("-id",)
    actions = ("resolve_chosen", "reject_chosen")
    csv_columns = {
        "id": "pk",
        "story": "article",
        "version": "version",
        "passage": "passage",
        "message": "message",
        "reported (UTC)": "at",
        "state": "state",
        "note": "note",
        "handled by": "handled_by",
        "handled (UTC)": "handled_at",
    }

    resolve_chosen = admin.action(description="Resolve")(_each(error_reports.resolve, "resolved"))
    reject_chosen = admin.action(description="Reject")(_each(error_reports.reject, "rejected"))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """The list of one story, to which its notification leads."""
        return lookup == "article__id__exact" or super().lookup_allowed(lookup, value, request)

    def get_action_choices(self, request: HttpRequest, default_choices: Any = (("", "Choose"),)) -> Any:
        return super().get_action_choices(request, list(default_choices))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, (extra_context or {}) | {"title": "Errors that readers report"})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        reports = ErrorReport.objects.select_related("article__edition", "handled_by")
        report = reports.filter(pk=object_id).first() if is_key(object_id) else None
        if report is None:
            raise Http404("There is no such report.")
        return self._act(request, report) if request.method == "POST" else self._show(request, report)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: readers send them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody by a form of Django's: verbs decide, each by its own rule."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what was said is kept; who said it is forgotten by the clock."""
        return False

    @admin.display(description="what is wrong")
    def said(self, report: ErrorReport) -> str:
        return Truncator(report.message).chars(120)

    @admin.display(description="story", ordering="article__headline")
    def story(self, report: ErrorReport) -> str:
        return str(report.article)

    def _act(self, request: HttpRequest, report: ErrorReport) -> HttpResponse:
        verb = request.POST.get("verb", "")
        note = without_zero_signs(request.POST.get("note", ""))
        try:
            match verb:
                case "resolve":
                    error_reports.resolve(report, by=request.user, note=note)
                case "reject":
                    error_reports.reject(report, by=request.user, note=note)
                case "reopen":
                    error_reports.reopen(report, by=request.user)
                case _:
                    raise Http404("There is no such verb.")
        except Refused as refusal:
            status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT
            report.refresh_from_db()
            return self._show(request, report, refusal=refusal, note=note, status=status)
        messages.success(request, SAID[verb])
        return redirect("admin:articles_errorreport_changelist")

    def _show(
        self,
        request: HttpRequest,
        report: ErrorReport,
        *,
        refusal: Refused | None = None,
        note: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": str(report),
            "report": report,
            "refusal": refusal,
            "note": note,
            "may_handle": error_reports.may_handle(report, request.user),
            "others": ErrorReport.objects.unhandled().filter(article=report.article_id).exclude(pk=report.pk).count(),
        }
        return TemplateResponse(request, "admin/articles/errorreport/page.html", context, status=status)
