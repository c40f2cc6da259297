"""The queue of new names: a list with a sentence for each, the most frequent first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles import naming
from articles.admin.new_name_page import new_name_view
from articles.admin.sentences import sentences_of
from articles.counted_nouns import count_of
from articles.models import NewName, Sighting
from articles.models.verdict import Verdict
from articles.states import Refused

WAITING = ""
STATES = {WAITING: "Waiting", "dismissed": "Never proposed again", "made": "In the gazetteer now"}


class StateFilter(admin.SimpleListFilter):
    """What waits stands in the list; what is decided only when asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, says) for value, says in STATES.items() if value]

    def choices(self, changelist: ChangeList) -> Iterable[dict[str, Any]]:
        for value, says in STATES.items():
            yield {
                "selected": (self.value() or WAITING) == value,
                "query_string": changelist.get_query_string({self.parameter_name: value} if value else {}, ["state"]),
                "display": says,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[NewName]) -> QuerySet[NewName]:
        if self.value() == "dismissed":
            return queryset.filter(verdict=Verdict.REJECTED)
        if self.value() == "made":
            return queryset.filter(verdict=Verdict.CONFIRMED)
        return queryset.filter(verdict=Verdict.PROPOSED, story_count__gt=0)


class NewNameList(ChangeList):
    """With the newest sentence of each name on the page, in one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        wanted = [row.newest_sighting for row in rows]
        sightings = Sighting.objects.filter(pk__in=wanted).select_related("article", "revision")
        sentences = {sighting.new_name_id: sentences_of([sighting])[0] for sighting in sightings}
        for row in rows:
            row.sentence = sentences.get(row.pk)
        self.result_list = rows


@admin.action(description="Never propose these again", permissions=["decide"])
def dismiss(admin: NewNameAdmin, request: HttpRequest, new_names: QuerySet[NewName]) -> None:
    """Each in a transaction of its own: one that somebody else decided meanwhile does not hold up the others."""
    count = 0
    for new_name in new_names.order_by("pk"):
        try:
            naming.dismiss(new_name, by=request.user)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            count += 1
    if count:
        messages.success(request, f"{count_of(count, 'name', 'names')} will not be proposed again.")


@admin.register(NewName)
class NewNameAdmin(admin.ModelAdmin):
    list_display = ("named", "kind", "story_count", "mention_count", "example")
    list_display_links = ("named",)
    list_filter = (StateFilter, "kind")
    search_fields = ("name",)
    search_help_text = "Name"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    ordering = ("-story_count", "-mention_count", "id")
    actions = (dismiss,)
    csv_columns = {
        "id": "pk",
        "name": "name",
        "kind": "kind",
        "category": "category",
        "country": "country_code",
        "stories": "story_count",
        "mentions": "mention_count",
        "verdict": "verdict",
        "became": "entity",
        "first seen (UTC)": "first_seen_at",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[NewName]:
        newest = Sighting.objects.filter(new_name=OuterRef("pk")).to_show().values("pk")[:1]
        return super().get_queryset(request).select_related("entity").annotate(newest_sighting=Subquery(newest))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NewNameList

    def get_action_choices(self, request: HttpRequest, default_choices: Any = (("", "Choose"),)) -> Any:
        return super().get_action_choices(request, list(default_choices))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, (extra_context or {}) | {"title": "New names"})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return new_name_view(self, request, object_id)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return naming.may_decide(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: the tagger adds them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody by a form of Django's: verbs decide, with a permission of their own."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what was decided stays decided."""
        return False

    @admin.display(description="name", ordering="name")
    def named(self, new_name: NewName) -> SafeString:
        return render_to_string("admin/articles/newname/named.html", {"new_name": new_name})

    @admin.display(description="newest story")
    def example(self, new_name: Any) -> SafeString:
        return render_to_string("admin/articles/newname/example.html", {"sentence": new_name.sentence})
