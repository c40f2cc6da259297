"""The admin of names: aliases on their entity's page, and texts that are never any entity on their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from entities.admin.day_input import DayInput
from entities.admin.row_renderer import RowRenderer
from entities.models import Entity, Name, Strength
from entities.plain_text import plain


class ContextWords(forms.CharField):
    """Words with semicolons between them, as in seeds/names.tsv."""

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Without signs that cannot be seen; PostgreSQL has no text for some of them."""
        words = (super().to_python(value) or "").split(";")
        return [word for word in map(plain, words) if word]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class NameForm(forms.ModelForm):
    needs_context = ContextWords(
        required=False,
        label="Context words",
        help_text="One of these must stand in the story for a weak name to count. Put ; between them.",
        widget=forms.TextInput(attrs={"placeholder": "fighter; air force"}),
    )

    class Meta:
        model = Name
        fields = (
            *("text", "form", "strength", "case_sensitive", "needs_context", "needs_country"),
            *("valid_from", "valid_to"),
        )
        help_texts = {
            "text": "As it stands in stories. Hyphens, apostrophes and spaces of all sorts are taken for one another.",
            "form": "What sort of name it is; the panel shows it as the reason of a proposal.",
            "case_sensitive": "On: only with these capitals (US, never us). Off: capitals do not matter.",
            "valid_from": "The first day on which stories read it so; empty: always.",
            "valid_to": "The last day on which stories read it so; empty: to this day.",
        }
        labels = {
            "case_sensitive": "Capitals",
            "needs_country": "Needs country",
            "valid_from": "From",
            "valid_to": "Until",
        }
        widgets = {"valid_from": DayInput, "valid_to": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "strength" in self.fields:
            self.fields["strength"].choices = [(value, value) for value in Strength.values]  # type: ignore[attr-defined]
            self.fields["strength"].help_text = "; ".join(Strength.labels)

    def clean_text(self) -> str:
        """Cleaned before the rows of one form are compared with each other."""
        text = plain(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError("Nothing of this name can be seen: write it anew, or delete the row.")
        return text

    def clean_needs_context(self) -> list[str]:
        words = self.cleaned_data["needs_context"]
        for word in words:
            if len(word) > 60:
                raise forms.ValidationError(f"“{word[:30]}…” is longer than 60 characters: give single words.")
        return words


class NameInline(admin.TabularInline):
    model = Name
    form = NameForm
    fields = ("text", "form", "strength", "case_sensitive", "needs_context", "needs_country", "valid_from", "valid_to")
    extra = 0
    ordering = ("strength", "form", "text")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, renderer=RowRenderer(), **kwargs)


@admin.register(Name)
class NameAdmin(admin.ModelAdmin):
    """Every alias for finding it; only texts that are never any entity are added here."""

    form = NameForm
    list_display = ("text", "means", "form", "trust", "needs")
    list_select_related = ("entity",)
    list_filter = ("strength", "form", ("entity", admin.EmptyFieldListFilter))
    search_fields = ("text", "entity__name")
    search_help_text = "Alias or entity"
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Name]:
        return super().get_queryset(request).select_related("entity")

    def get_fieldsets(self, request: HttpRequest, obj: Name | None = None) -> Any:
        if obj is None or obj.entity_id is None:
            about = "This text is never an entity: “South China Sea” is not China."
            return ((None, {"fields": ("text", "case_sensitive"), "description": about}),)
        return ((None, {"fields": ("entity", *NameInline.fields)}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Name | None = None) -> tuple[str, ...]:
        return ("entity",)

    def save_model(self, request: HttpRequest, obj: Name, form: Any, change: bool) -> None:
        if obj.entity_id is None:
            obj.strength = Strength.FORBIDDEN
        super().save_model(request, obj, form, change)

    @admin.display(description="entity", ordering="entity", empty_value="no entity, ever")
    def means(self, name: Name) -> Entity | None:
        return name.entity

    @admin.display(description="strength", ordering="strength")
    def trust(self, name: Name) -> str:
        """Without the explanation that the form gives."""
        return name.strength

    @admin.display(description="only beside")
    def needs(self, name: Name) -> str:
        """What must stand in the story as well."""
        return "; ".join([*name.needs_context, *(["its country"] if name.needs_country else [])])
