"""The form of a quotation: who said it, in which part, where, when and how, and where it can be checked."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.models import Quote
from entities.admin.day_input import DayInput
from entities.models import Country, Entity, Kind

SPEAKER_KINDS = {Kind.PERSON: Quote.SpeakerKind.PERSON}


class QuoteForm(forms.ModelForm):
    """Translates between fields and the arguments of `confirm_quote` and `add_quote`, which check and save."""

    speaker_entity = forms.ModelChoiceField(
        Entity.objects.select_related("merged_into", "country", "country_facts"),
        required=False,
        widget=forms.HiddenInput(attrs={"data-combobox-value": ""}),
    )
    source_url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label="Source",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = Quote
        fields = (
            *("speaker_name", "speaker_entity", "speaker_role", "speaker_kind", "kind"),
            *("medium", "said_at_place", "said_on", "source_url", "is_pull_quote"),
        )
        labels = {
            "speaker_name": "Speaker",
            "speaker_role": "Role",
            "speaker_kind": "Who is it",
            "kind": "Words",
            "medium": "Said in",
            "said_at_place": "Place",
            "said_on": "Date",
            "is_pull_quote": "Show it large beside the story",
        }
        widgets = {
            "speaker_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "speaker_role": forms.TextInput(attrs={"placeholder": "defence minister"}),
            "medium": forms.TextInput(attrs={"placeholder": "statement, interview, hearing …", "list": "media"}),
            "said_at_place": forms.TextInput(attrs={"placeholder": "Oslo"}),
            "said_on": DayInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["speaker_kind"].choices = [("", "Not set"), *Quote.SpeakerKind.choices]  # type: ignore[attr-defined]

    def corrections(self) -> dict[str, Any]:
        """The changed parts for the verbs; another speaker brings the entity and the country of them, or none."""
        corrections = {name: self.cleaned_data[name] for name in self.changed_data}
        if not corrections.keys() & {"speaker_name", "speaker_entity"}:
            return corrections
        speaker = self._speaker()
        corrections |= {"speaker_entity": speaker, "speaker_country": _country_of(speaker)}
        if speaker is not None and not self.cleaned_data["speaker_kind"]:
            corrections["speaker_kind"] = SPEAKER_KINDS.get(Kind(speaker.kind), Quote.SpeakerKind.ORGANISATION)
        return corrections

    def validate_constraints(self) -> None:
        """Nothing: the verbs save, and the database keeps them."""

    def _speaker(self) -> Entity | None:
        """The chosen one, as long as the name is theirs; else the one entity of exactly this name."""
        chosen, name = self.cleaned_data["speaker_entity"], self.cleaned_data["speaker_name"]
        if chosen is not None and ("speaker_name" not in self.changed_data or chosen.name == name):
            return chosen.canonical
        return speaker_named(name)


def values_of(quote: Quote) -> dict[str, Any]:
    """What the form shows of a quotation, for the page to fill it in."""
    return {
        "speaker_name": quote.speaker_name,
        "speaker_as_written": quote.speaker_as_written,
        "speaker_entity": quote.speaker_entity_id or "",
        "speaker_role": quote.speaker_role,
        "speaker_kind": quote.speaker_kind,
        "kind": quote.kind,
        "medium": quote.medium,
        "said_at_place": quote.said_at_place,
        "said_on": quote.said_on.isoformat() if quote.said_on else "",
        "source_url": quote.source_url,
        "is_pull_quote": quote.is_pull_quote,
    }


def speaker_named(name: str) -> Entity | None:
    """The one entity of exactly this name, or None where there is none or a choice."""
    named = Entity.objects.canonical().select_related("country", "country_facts").filter(name__iexact=name.strip())
    found = list(named[:2])
    return found[0] if name.strip() and len(found) == 1 else None


def _country_of(speaker: Entity | None) -> Country | None:
    """A country that speaks (“Beijing said”) is its own."""
    if speaker is None:
        return None
    return speaker.country_facts if speaker.kind == Kind.COUNTRY else speaker.country
