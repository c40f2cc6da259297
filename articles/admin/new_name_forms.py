"""What the page of a new name asks: what it should become, and how far the name can be trusted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from articles.admin.clean_queries import is_key
from articles.models import NewName
from entities.admin.name import ContextWords
from entities.models import Country, Entity, Kind, Name, Strength

CANDIDATES = 8
KINDS = [pair for pair in Kind.choices if pair[0] != Kind.COUNTRY]
STRENGTHS = [
    (Strength.STRONG.value, "Strong: tag it wherever the name appears"),
    (Strength.WEAK.value, "Weak: only beside the words below, and always as a proposal"),
]


class TrustForm(forms.Form):
    """How far the name can be trusted, and whether its stories are read again."""

    one_of_several = ("needs_context",)

    strength = forms.ChoiceField(
        label="How far it can be trusted", choices=STRENGTHS, initial=Strength.STRONG, widget=forms.RadioSelect
    )
    needs_context = ContextWords(
        required=False,
        label="Context words",
        help_text="For a weak name: one of these must stand in the story. Put ; between them.",
        widget=forms.TextInput(attrs={"placeholder": "general; army"}),
    )
    read_again = forms.BooleanField(
        required=False, initial=True, label="Read its stories again now", help_text="This only proposes."
    )

    def __init__(self, *args: Any, new_name: NewName, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.new_name = new_name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        words = cleaned.get("needs_context") or []
        if cleaned.get("strength") == Strength.WEAK and not words:
            self.add_error("needs_context", "A weak name needs at least one word that must stand in the story.")
        if any(len(word) > 60 for word in words):
            self.add_error("needs_context", "Give single words: one of these is longer than 60 characters.")
        return cleaned

    def trust(self) -> dict[str, Any]:
        """The arguments that both verbs share; words are for weak names alone."""
        is_weak = self.cleaned_data["strength"] == Strength.WEAK
        return {
            "strength": self.cleaned_data["strength"],
            "needs_context": self.cleaned_data["needs_context"] if is_weak else [],
        }

    def alias(self, entity: Entity) -> Name:
        """The name as it would be written, not saved."""
        return Name(entity=entity, text=self.new_name.name, **self.trust())


class MakeForm(TrustForm):
    field_order = ("name", "kind", "category", "country", "strength", "needs_context", "read_again")

    name = forms.CharField(
        max_length=200, label="Name", help_text="As the desk writes it. What the stories wrote finds it, too."
    )
    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    category = forms.CharField(
        required=False, max_length=40, label="Category", help_text="Ministry, force, company; fighter, missile, ship."
    )
    country = forms.ModelChoiceField(
        Country.objects.select_related("entity"), required=False, label="Country", empty_label="None"
    )

    def __init__(self, *args: Any, new_name: NewName, **kwargs: Any) -> None:
        guess: dict[str, Any] = {"name": new_name.name, "kind": new_name.kind, "category": new_name.category}
        if new_name.country_code:
            guess["country"] = Country.objects.filter(alpha2=new_name.country_code).first()
        super().__init__(*args, new_name=new_name, initial=guess, **kwargs)

    def entity(self) -> Entity:
        """The entity as it would be made, not saved."""
        told = self.cleaned_data
        return Entity(name=told["name"], kind=told["kind"], category=told["category"], country=told["country"])


class AliasForm(TrustForm):
    """Which entity it is another name of: those found by `query`, or by a telling word of the name."""

    field_order = ("to", "strength", "needs_context", "read_again")

    to = forms.ModelChoiceField(
        Entity.objects.canonical().select_related("country__entity"),
        label="Which one",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the entity that it is a name of, or search for it first."},
    )

    def __init__(self, *args: Any, new_name: NewName, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, new_name=new_name, **kwargs)
        self.candidates = candidates(new_name, query)
        chosen = self.data.get(self.add_prefix("to"), "")
        if is_key(chosen) and int(chosen) not in {entity.pk for entity in self.candidates}:
            shown = Entity.objects.canonical().filter(pk=chosen).select_related("country__entity")
            self.candidates = [*shown, *self.candidates]
        field: Any = self.fields["to"]
        field.choices = [(entity.pk, described(entity)) for entity in self.candidates]


def candidates(new_name: NewName, query: str) -> list[Entity]:
    """Entities whose name or alias holds the query; without one, the last word of the name that tells something."""
    shown = Entity.objects.canonical().select_related("country__entity")
    if query:
        return list(_named(shown, query)[:CANDIDATES])
    for word in reversed(new_name.name.split()):
        if len(word) <= 3:
            continue
        found = list(_named(shown, word)[: CANDIDATES + 1])
        # A word that many share (“Ministry”) tells nothing.
        if 0 < len(found) <= CANDIDATES:
            return found
    return []


def described(entity: Entity) -> str:
    facts = [entity.get_kind_display(), entity.category, str(entity.country or "")]
    return f"{entity} ({', '.join(fact for fact in facts if fact)})"


def _named(entities: QuerySet[Entity], text: str) -> QuerySet[Entity]:
    with_alias = Name.objects.filter(text__icontains=text).values("entity_id")
    return entities.filter(Q(name__icontains=text) | Q(pk__in=with_alias))
