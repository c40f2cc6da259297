"""Form fields of public pages that name an entity or a country as its address does."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from entities.models import Country, Entity, Kind

LONGEST = 160


class EntityField(forms.CharField):
    """“person/ana-sample”, as in /entities/person/ana-sample/: the canonical entity, also of one merged into it."""

    def __init__(self, *, kinds: Collection[str] = Kind.values, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)
        self.kinds = kinds

    def clean(self, value: Any) -> Entity | None:
        written = super().clean(value)
        if not written:
            return None
        kind, _, slug = written.partition("/")
        found = Entity.objects.select_related("merged_into").filter(kind=kind, slug=slug).first()
        if found is None or kind not in self.kinds or found.canonical.is_hidden:
            raise forms.ValidationError(f"We have no page on “{written}”. Choose from the list.", code="unknown")
        return found.canonical


class CountryField(forms.CharField):
    """An ISO code, “NO”, in either case."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)

    def clean(self, value: Any) -> Country | None:
        written = super().clean(value)
        if not written:
            return None
        found = Country.objects.select_related("entity").filter(alpha2=written.upper()).first()
        if found is None or found.entity.is_hidden:
            raise forms.ValidationError(f"“{written}” is no country code. Choose from the list.", code="unknown")
        return found


def family_of(entity: Entity) -> list[int]:
    """The ids of a canonical entity and of all that were merged into it."""
    return [entity.pk, *Entity.objects.filter(merged_into=entity).values_list("pk", flat=True)]
