"""The admin of relations: rows on the page of their subject."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest

from entities.admin.day_input import DayInput
from entities.models import Entity, Relation


class KnownSelect(AutocompleteSelect):
    """Shows the chosen entity without asking the database for it, where its form has it already."""

    known: Entity | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> Any:
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        return [(None, [self.create_option(name, self.known.pk, str(self.known), True, 0)], 0)]


class RelationForm(forms.ModelForm):
    class Meta:
        model = Relation
        fields = ("kind", "object", "role", "valid_from", "valid_to", "source")
        widgets = {"valid_from": DayInput, "valid_to": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "object" in self.fields:
            # Within the widget that the admin adds its links with.
            self.fields["object"].widget.widget.known = self.instance.object


class RelationInline(admin.TabularInline):
    model = Relation
    form = RelationForm
    fk_name = "subject"
    fields = RelationForm.Meta.fields
    autocomplete_fields = ("object",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Relation]:
        return super().get_queryset(request).select_related("object", "subject")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "object":
            kwargs["widget"] = KnownSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
