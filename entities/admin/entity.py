"""The admin of entities: facts, names, relations, and the way to merge two that are one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Count, ForeignKey, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from entities.admin.merging import merge_view, unmerge_view
from entities.admin.name import NameInline
from entities.admin.relation import RelationInline
from entities.models import Country, Entity, Kind, Name

NAMES_SHOWN = 6


class CountryInline(admin.StackedInline):
    """ISO facts, to read: they follow the standard, not the desk."""

    model = Country
    verbose_name_plural = "ISO 3166-1"
    fields = (("alpha2", "alpha3", "numeric"), "official_name", ("region", "capital"))
    readonly_fields = ("alpha2", "alpha3", "numeric", "official_name", "region", "capital")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MergedFilter(admin.SimpleListFilter):
    title = "merged"
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Into another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entity]) -> QuerySet[Entity]:
        """Merged ones stand in the list only when asked for, or searched."""
        if self.value() == "yes":
            return queryset.exclude(merged_into=None)
        return queryset


class NamedList(ChangeList):
    """With the names of the rows of the page, strong ones first, in one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        # An export fetches its rows itself.
        if not request.path.endswith("/export.csv"):
            self.fetch(list(self.result_list))

    def fetch(self, rows: list[Entity]) -> None:
        self.result_list = rows
        prefetch_related_objects(rows, Prefetch("names", Name.objects.order_by("strength", "text")))


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    list_display: tuple[Any, ...] = ("named", "kind", "category", "country", "aliases")
    list_display_links = ("named",)
    list_filter: tuple[Any, ...] = ("kind", "category", MergedFilter, "is_hidden")
    search_fields = ("name", "names__text", "slug")
    search_help_text = "Name or alias"
    ordering = ("sort_name", "id")
    show_full_result_count = False
    list_per_page = 50
    prepopulated_fields = {"slug": ("name",)}
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    change_form_template = "admin/entities/entity/change_form.html"
    csv_columns = {
        "id": "pk",
        "name": "name",
        "kind": "kind",
        "category": "category",
        "country": "country",
        "also written": "all_names",
        "summary": "summary",
        "naming note": "naming_note",
        "source": "source",
        "merged into": "merged_into",
        "hidden": "is_hidden",
        "address": "slug",
    }
    fieldsets = (
        (None, {"fields": ("name", ("kind", "category"), "country", "summary", "source")}),
        ("For the desk", {"fields": ("naming_note", "is_hidden")}),
        ("Address and order", {"fields": ("slug", "sort_name"), "classes": ("collapse",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        own = [
            path("<int:pk>/merge/", guard(partial(merge_view, self)), name="entities_entity_merge"),
            path("<int:pk>/unmerge/", guard(partial(unmerge_view, admin=self)), name="entities_entity_unmerge"),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entity]:
        entities = super().get_queryset(request)
        shown = entities.select_related("country__entity", "country_facts", "merged_into")
        return shown.annotate(merged_count=Count("merged_from", distinct=True))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedList

    def get_inlines(self, request: HttpRequest, obj: Entity | None) -> list[Any]:
        """Only a country has the facts of ISO 3166-1."""
        is_country = obj is not None and obj.kind == Kind.COUNTRY
        return [CountryInline, NameInline, RelationInline] if is_country else [NameInline, RelationInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Entity | None = None) -> tuple[str, ...]:
        """A country stays one, and nothing else becomes one: ISO 3166-1 says which there are."""
        return ("kind", "country") if obj is not None and obj.kind == Kind.COUNTRY else ()

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "country":
            kwargs["queryset"] = Country.objects.select_related("entity")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kind":
            kwargs["choices"] = [("", "Choose a kind"), *(pair for pair in Kind.choices if pair[0] != Kind.COUNTRY)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entity], search_term: str
    ) -> tuple[QuerySet[Entity], bool]:
        """Entities to link to are canonical ones."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        return (found.canonical() if request.path.endswith("/autocomplete/") else found), has_duplicates

    def merge_facts(self, entity: Entity, target: Entity) -> dict[str, Any]:
        """What the page of a merge shows beside names; whoever knows of stories adds them."""
        return {}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: entities are merged or hidden."""
        return False

    @admin.display(description="name", ordering="sort_name")
    def named(self, entity: Entity) -> SafeString:
        return render_to_string("admin/entities/entity/named.html", {"entity": entity})

    @admin.display(description="also written")
    def aliases(self, entity: Entity) -> str:
        texts = list(dict.fromkeys(name.text for name in entity.names.all()))
        more = f" and {len(texts) - NAMES_SHOWN} more" if len(texts) > NAMES_SHOWN else ""
        return ", ".join(texts[:NAMES_SHOWN]) + more

    def for_export(self, entities: QuerySet[Entity]) -> QuerySet[Entity]:
        """With all names in one query, however many entities there are."""
        names = Name.objects.filter(entity=OuterRef("pk")).order_by().values("entity")
        joined = names.annotate(texts=StringAgg("text", "; ", distinct=True, order_by="text")).values("texts")
        return entities.prefetch_related(None).annotate(all_names=Subquery(joined))
