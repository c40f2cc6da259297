"""Editions of exercises in the admin: when each is held, and what our stories report of it, fact by fact."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from articles import exercise_facts
from articles.admin.clean_queries import is_key
from articles.admin.pickers import PICKER_NAMES
from articles.admin.reported_fact_form import ReportedFactForm
from articles.admin.reported_facts import TITLES, facts_of
from articles.fact_words import stands_in, written
from articles.models import Correction, ExerciseEdition, ReportedFact
from articles.page_marks import spoken_words
from articles.states import Refused

CHANGE = "admin:articles_exerciseedition_change"
NOTICES_SHOWN = 3


class ExerciseEditionForm(forms.ModelForm):
    class Meta:
        model = ExerciseEdition
        fields = ("exercise", "year", "number", "name")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        exercise = data.get("exercise")
        if exercise and exercise.canonical.kind not in exercise_facts.EXERCISES:
            self.add_error("exercise", f"“{exercise}” is no exercise: choose an exercise or an operation.")
        return data


class ExerciseFilter(admin.SimpleListFilter):
    """The editions of one exercise, to which its own page leads; not offered as a list, for there are hundreds."""

    title = "exercise"
    parameter_name = "exercise"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        chosen = self.value() or ""
        edition = ExerciseEdition.objects.filter(exercise=chosen).first() if is_key(chosen) else None
        return [(chosen, str(edition.exercise))] if edition else []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[ExerciseEdition]) -> QuerySet[ExerciseEdition]:
        chosen = self.value() or ""
        if not chosen:
            return queryset
        return queryset.filter(exercise=chosen) if is_key(chosen) else queryset.none()


@admin.register(ExerciseEdition)
class ExerciseEditionAdmin(admin.ModelAdmin):
    form = ExerciseEditionForm
    fields = ("exercise", ("year", "number"), "name")
    autocomplete_fields = ("exercise",)
    list_display = ("called", "exercise", "year", "how_many", "changed_at", "changed_by")
    list_filter = (ExerciseFilter,)
    list_select_related = ("exercise__merged_into", "changed_by")
    search_fields = ("exercise__name", "name")
    search_help_text = "Names of exercises"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/articles/exerciseedition/change_form.html"
    csv_columns = {
        "id": "pk",
        "exercise": "exercise",
        "year": "year",
        "number": "number",
        "name": "name",
        "changed (UTC)": "changed_at",
    }

    class Media:
        js = (PICKER_NAMES,)

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/report/<str:kind>/", guard(self.report_view), name="articles_exerciseedition_report"),
            path("<int:pk>/confirm/<int:fact>/", guard(self.confirm_view), name="articles_exerciseedition_confirm"),
            path(
                "<int:pk>/take-back/<int:fact>/",
                guard(self.take_back_view),
                name="articles_exerciseedition_take_back",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExerciseEdition]:
        return super().get_queryset(request).select_related("exercise__merged_into").annotate(held=Count("facts"))

    @admin.display(description="edition", ordering="exercise__sort_name")
    def called(self, edition: ExerciseEdition) -> str:
        return str(edition)

    @admin.display(description="facts", ordering="held")
    def how_many(self, edition: ExerciseEdition) -> int:
        return edition.held

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody by a form of Django's: one without facts is shown to no reader."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "exercise" in form.base_fields:
            for does in ("add", "change", "delete", "view"):
                setattr(form.base_fields["exercise"].widget, f"can_{does}_related", False)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"exercise": request.GET.get("exercise", "") if is_key(request.GET.get("exercise", "")) else ""}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        facts = facts_of(int(object_id)) if object_id and is_key(object_id) else []
        own = {"facts": facts, "titles": TITLES}
        return super().changeform_view(request, object_id, form_url, own | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: ExerciseEdition, form: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in ("exercise", "year", "number", "name")}
        saved = exercise_facts.save_edition(obj if change else None, by=request.user, **given)
        # The form's own object stands for the row that the verb wrote: for the log, and for the page that follows.
        obj.__dict__.update(saved.__dict__)

    def response_add(
        self, request: HttpRequest, obj: ExerciseEdition, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(request, f"“{obj}” stands there. Now write down what our stories report of it.")
        return redirect(CHANGE, obj.pk)

    def report_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """GET shows the form of one kind of fact; POST passes it on to the verb."""
        if kind not in ReportedFact.Kind.values:
            raise Http404("There is no such kind of fact.")
        if not exercise_facts.may_report(request.user):
            raise PermissionDenied
        edition = get_object_or_404(ExerciseEdition.objects.select_related("exercise__merged_into"), pk=pk)
        form = ReportedFactForm(request.POST or None, kind=kind)
        if request.method == "POST" and form.is_valid():
            try:
                fact = exercise_facts.report(edition, by=request.user, kind=kind, **form.what())
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, f"Written down: {fact.says}.")
                own = [edition.exercise_id, edition.exercise.merged_into_id]
                if not fact.article.tags.filter(entity__in=own).exists():
                    messages.warning(
                        request, f"“{fact.article}” is not tagged with {edition.exercise}: is it the source?"
                    )
                return redirect(CHANGE, pk)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": f"{edition}: {TITLES[kind].lower()}",
            "edition": edition,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/articles/exerciseedition/fact.html", context, status=status)

    def take_back_view(self, request: HttpRequest, pk: int, fact: int) -> HttpResponse:
        """GET asks; POST takes the fact back."""
        found = self._found(request, pk, fact)
        if found is None:
            return redirect(CHANGE, pk)
        if request.method == "POST":
            exercise_facts.take_back(found, by=request.user)
            messages.success(request, f"Taken back: {found.says}.")
            return redirect(CHANGE, pk)
        is_shown = ReportedFact.objects.told().filter(pk=fact).exists()
        return self._asked(request, "take_back", f"Take back: {found.says}", found, is_shown=is_shown)

    def confirm_view(self, request: HttpRequest, pk: int, fact: int) -> HttpResponse:
        """GET asks; POST confirms what was read in an earlier version, and readers see it again."""
        found = self._found(request, pk, fact)
        if found is None:
            return redirect(CHANGE, pk)
        if request.method == "POST":
            try:
                exercise_facts.confirm(found, by=request.user)
            except Refused as refusal:
                messages.error(request, refusal.message)
            else:
                messages.success(request, f"Confirmed: {found.says}.")
            return redirect(CHANGE, pk)
        live = found.article.edition if found.article.is_live else None
        told = {
            "live": live,
            "is_worded": live is not None and stands_in(found, written(live)),
            "notices": Correction.objects.filter(article=found.article).order_by("-id")[:NOTICES_SHOWN],
        }
        return self._asked(request, "confirm", f"Confirm: {found.says}", found, **told)

    def _found(self, request: HttpRequest, pk: int, fact: int) -> ReportedFact | None:
        """None, with a word to the person, where somebody has taken it back before."""
        if not exercise_facts.may_report(request.user):
            raise PermissionDenied
        around = ("edition__exercise__merged_into", "entity", "article__edition", "quote")
        found = ReportedFact.objects.select_related(*around).filter(pk=fact, edition=pk).first()
        if found is None:
            get_object_or_404(ExerciseEdition, pk=pk)
            messages.info(request, "This fact does not stand there any more: it has been taken back.")
        return found

    def _asked(self, request: HttpRequest, name: str, title: str, fact: ReportedFact, **told: Any) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "edition": fact.edition,
            "fact": fact,
            "words": spoken_words(fact.quote.text) if fact.quote else "",
        }
        return TemplateResponse(request, f"admin/articles/exerciseedition/{name}.html", context | told)
