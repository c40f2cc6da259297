"""Entities and names in the admin with a trial before saving.

The admins themselves belong to `entities`, which knows no stories; here they are put in place again with the
one thing that needs them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from articles.admin.alias_warnings import warnings_of
from articles.admin.entity_list import CountryFilter, EntityList
from articles.admin.entity_merge import merge_facts
from articles.admin.entity_page import EntityPage
from articles.admin.rejected_names import rejected_names_view
from articles.admin.trial_page import EDIT, TRY, WARNED, show_trial
from articles.gazetteer_trials import GazetteerChange
from entities.admin import EntityAdmin, NameAdmin
from entities.admin.entity import MergedFilter
from entities.models import Entity, Name

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


# A form on the way back, one whose warnings were read, and one in a small window, which has no room for a trial.
SAVED_AS_IT_IS = frozenset({EDIT, WARNED, IS_POPUP_VAR})
SAVE_BUTTONS = {"_continue": "Save and continue editing", "_addanother": "Save and add another"}


class UnsavedForm:
    """Checks everything, and is never valid: Django's view shows it again and saves nothing."""

    def is_valid(self) -> bool:
        super().is_valid()  # type: ignore[misc]
        return False


class TriedBeforeSaving(Base):
    """Adds “Try it first” to a change form; the answer leads to saving, or back to the form as it was left."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and request.POST.keys().isdisjoint(SAVED_AS_IT_IS):
            change = self._change(request, object_id)
            if change is not None and (TRY in request.POST or warnings_of(change)):
                crumbs = self._crumbs(request, object_id)
                return show_trial(self, request, change, title="Try it first", crumbs=crumbs, save=_pressed(request))
        extra = (extra_context or {}) | {"try_name": TRY}
        return super().changeform_view(request, object_id, form_url, extra)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if request.method == "POST" and not request.POST.keys().isdisjoint((TRY, EDIT)):
            kwargs["form"] = type("TriedForm", (UnsavedForm, self.form), {})
        return super().get_form(request, obj, change, **kwargs)

    def change_of(self, form: Any, formsets: list[Any]) -> GazetteerChange:
        """What saving would write; form and formsets have been checked."""
        raise NotImplementedError

    def _change(self, request: HttpRequest, object_id: str | None) -> GazetteerChange | None:
        """None where something must be mended first; Django's own view then says what."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if not (self.has_change_permission(request, obj) if object_id else self.has_add_permission(request)):
            raise PermissionDenied
        if object_id and obj is None:
            return None
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=obj is not None, fields=fields)(request.POST, instance=obj)
        formsets, _ = self._create_formsets(request, form.instance, change=obj is not None)
        if form.errors or not all_valid(formsets):
            return None
        return self.change_of(form, formsets)

    def _crumbs(self, request: HttpRequest, object_id: str | None) -> list[tuple[str, str]]:
        names = str(self.opts.verbose_name_plural).capitalize()
        crumbs = [(names, reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))]
        row = self.get_object(request, unquote(object_id)) if object_id else None
        return [*crumbs, (str(row), request.path)] if row is not None else crumbs


def _pressed(request: HttpRequest) -> tuple[str, str]:
    """The button of the form that saves in the end, as (name, what it says)."""
    return next((pair for pair in SAVE_BUTTONS.items() if pair[0] in request.POST), ("_save", "Save"))


class TriedEntityAdmin(TriedBeforeSaving, EntityAdmin):
    change_list_template = "admin/entities/entity/change_list.html"
    change_form_template = "admin/articles/entity/page.html"

    list_display = ("named", "kind", "category", "country", "aliases", "in_stories", "precision")
    list_filter = ("kind", CountryFilter, "category", MergedFilter, "is_hidden")

    def get_urls(self) -> list[URLPattern]:
        rejected = self.admin_site.admin_view(partial(rejected_names_view, admin=self))
        return [path("rejected-names/", rejected, name="entities_entity_rejected_names"), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return EntityList

    @admin.display(description="stories")
    def in_stories(self, entity: Entity) -> int:
        return entity.usage.stories

    @admin.display(description="precision")
    def precision(self, entity: Entity) -> SafeString:
        return render_to_string("admin/articles/entity/precision.html", {"usage": entity.usage})

    def merge_facts(self, entity: Entity, target: Entity) -> dict[str, Any]:
        return merge_facts(entity, target)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With what the desk knows of the entity above its form; a form that comes back stands alone."""
        entity = kwargs.get("obj")
        page = EntityPage(entity) if entity is not None else None
        return super().render_change_form(
            request, context | {"page": page, "is_read": request.method == "GET"}, *args, **kwargs
        )

    def change_of(self, form: Any, formsets: list[Any]) -> GazetteerChange:
        entity: Entity = form.instance
        names = [formset for formset in formsets if formset.model is Name]
        written = [name for formset in names for name in formset.save(commit=False)]
        for name in written:
            name.entity = entity
        removed = frozenset(name.pk for formset in names for name in formset.deleted_objects)
        return GazetteerChange(entity=entity, written=written, removed=removed)


class TriedNameAdmin(TriedBeforeSaving, NameAdmin):
    def change_of(self, form: Any, formsets: list[Any]) -> GazetteerChange:
        return GazetteerChange(written=[form.instance])


admin.site.unregister((Entity, Name))
admin.site.register(Entity, TriedEntityAdmin)
admin.site.register(Name, TriedNameAdmin)
