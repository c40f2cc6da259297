"""A product as a person writes it: names and codes, one a line or with commas."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q

from articles.models import ArticleType, Author, Section
from entities.models import Country, Entity, Kind
from newsroom.partners.defining import MOST_VALUES
from newsroom.partners.models import Product

LINES = forms.Textarea(attrs={"rows": 3})
LANGUAGES = (("en", "English"),)


class WordsField(forms.CharField):
    """Words one a line, or with commas."""

    widget = LINES

    def to_python(self, value: Any) -> list[str]:
        lines = (super().to_python(value) or "").replace(",", "\n").splitlines()
        return list(dict.fromkeys(word for word in (" ".join(line.split()) for line in lines) if word))

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(value) > MOST_VALUES:
            raise forms.ValidationError(f"At most {MOST_VALUES}: make two products.", code="too_many")

    def run_validators(self, value: list[str]) -> None:
        """Those of a text do not fit a list; every word is looked up."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(map(str, value))


class ProductForm(forms.ModelForm):
    types = forms.MultipleChoiceField(
        choices=ArticleType.choices, required=False, widget=forms.CheckboxSelectMultiple, label="Kinds of story"
    )
    sections = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    countries = WordsField(
        required=False, help_text="Names or codes, one a line: Norway, FI. A story of one of them is enough."
    )
    entities = WordsField(
        required=False,
        label="People and things",
        help_text="Names as the gazetteer has them, one a line, or their ids.",
    )
    authors = WordsField(required=False, help_text="Names as printed, one a line.")

    class Meta:
        model = Product
        fields = (
            *("name", "notes", "types", "sections", "languages", "countries", "only_about", "entities", "authors"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = list(Section.objects.order_by("ordinal", "name").values_list("slug", "name"))
        self.fields["sections"].choices = _with_stored(sections, self.instance.sections)
        self.fields["languages"].choices = _with_stored(LANGUAGES, self.instance.languages)
        self.initial["entities"] = _entity_names(self.instance.entities)
        self.initial["authors"] = _author_names(self.instance.authors)

    def clean_countries(self) -> list[str]:
        words = self.cleaned_data["countries"]
        rows = Country.objects.values_list("alpha2", "entity__name")
        codes = {name.casefold(): code for code, name in rows} | {code.casefold(): code for code, _ in rows}
        return _looked_up(words, codes, "There is no country “{}”: use the desk's name or its two letters.")

    def clean_entities(self) -> list[UUID]:
        return [_entity(word) for word in self.cleaned_data["entities"]]

    def clean_authors(self) -> list[str]:
        rows = Author.objects.values_list("slug", "name")
        slugs = {name.casefold(): slug for slug, name in rows} | {slug: slug for slug, _ in rows}
        return _looked_up(self.cleaned_data["authors"], slugs, "No author is called “{}”.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        selecting = ("types", "sections", "languages", "countries", "entities", "authors")
        if not self.errors and not any(given.get(name) for name in selecting):
            raise forms.ValidationError(
                "Choose at least one thing to select by. A key that should have everything needs no product."
            )
        return given


def _looked_up(words: Iterable[str], known: dict[str, str], unknown: str) -> list[str]:
    wrong = [word for word in words if word.casefold() not in known]
    if wrong:
        raise forms.ValidationError([unknown.format(word[:60]) for word in wrong])
    return list(dict.fromkeys(known[word.casefold()] for word in words))


def _entity(word: str) -> UUID:
    """The canonical entity of a name or an id; of several with one name, none."""
    named = Q(name__iexact=word) | Q(names__text=word)
    with suppress(ValueError):
        named = Q(uuid=UUID(word))
    rows = Entity.objects.filter(named).exclude(kind=Kind.COUNTRY).select_related("merged_into").distinct()[:20]
    found = {entity.canonical.uuid: entity.canonical for entity in rows}
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise forms.ValidationError(f"The gazetteer has no “{word[:60]}”. Countries stand in the field above.")
    choices = "; ".join(f"{entity} ({entity.get_kind_display()}): {uuid}" for uuid, entity in found.items())
    raise forms.ValidationError(f"Several are called “{word[:60]}”. Write the id of the one you mean: {choices}")


def _entity_names(uuids: Iterable[UUID]) -> list[str]:
    """Names where they are no other's, else ids."""
    wanted = list(uuids)
    names = dict(Entity.objects.filter(uuid__in=wanted).values_list("uuid", "name"))
    shared = Entity.objects.filter(name__in=names.values()).exclude(uuid__in=wanted).values_list("name", flat=True)
    several = set(shared)
    return [names[uuid] if uuid in names and names[uuid] not in several else str(uuid) for uuid in wanted]


def _author_names(slugs: Iterable[str]) -> list[str]:
    names = dict(Author.objects.filter(slug__in=list(slugs)).values_list("slug", "name"))
    return [names.get(slug, slug) for slug in slugs]


def _with_stored(choices: Iterable[tuple[str, str]], stored: Iterable[str]) -> list[tuple[str, str]]:
    """A value that was stored once can be kept, also where it is no longer offered."""
    offered = dict(choices)
    return [*offered.items(), *((value, value) for value in stored if value not in offered)]
