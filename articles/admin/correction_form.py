"""What a correction asks: its notice and kind, what it takes back, and whether earlier versions are sealed."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.admin.verb_forms import LINES, VerbForm, ask_of_sole_author
from articles.edition_rows import shown_tags
from articles.exercise_facts import may_report
from articles.models import Correction, Quote, ReportedFact
from entities.models import Entity

LONGEST_NOTICE = 2000


class QuotesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, quote: Quote) -> str:
        words = quote.text if len(quote.text) <= 120 else quote.text[:119].rstrip() + "…"
        return f"“{words}” – {quote.speaker_name or quote.speaker_as_written or 'no speaker'}"


class FactsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, fact: ReportedFact) -> str:
        return f"{fact.get_kind_display().capitalize()} of {fact.edition}: {fact.says}"


class CorrectForm(VerbForm):
    kind = forms.ChoiceField(choices=Correction.Kind.choices, initial=Correction.Kind.CORRECTION, label="Kind")
    notice = forms.CharField(
        widget=LINES,
        max_length=LONGEST_NOTICE,
        label="Public notice",
        help_text="What was wrong and what is right. Readers and partners see it word for word, and it cannot be "
        "changed afterwards.",
    )
    position = forms.ChoiceField(
        choices=Correction.Position.choices,
        initial=Correction.Position.TOP,
        widget=forms.RadioSelect,
        label="Where it stands",
    )
    retracts = QuotesField(
        Quote.objects.none(),
        required=False,
        label="Quotations it takes back",
        help_text="The archive of quotations shows them struck through, with this notice.",
    )
    retracts_entities = forms.ModelMultipleChoiceField(
        Entity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Tags it takes back",
        help_text="The story no longer stands under them; their pages show it struck through, with this notice.",
    )
    retracts_facts = FactsField(
        ReportedFact.objects.none(),
        required=False,
        label="Facts of exercises it takes back",
        help_text="Readers lose them, unless another story of ours reports the same. Of those that stay: with earlier "
        "versions sealed, readers see them again once an editor has confirmed them on the page of the edition.",
    )
    seal = forms.BooleanField(
        required=False,
        label="Seal the earlier versions",
        help_text="For text that must not be seen again. Do not repeat it in the notice: the notice stays public.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = self.article.edition
        printed = Quote.objects.filter(edition_quotes__edition=self.article.edition_id or 0)
        named = [tag.entity.pk for tag in shown_tags(edition)] if edition else []
        self._offer("retracts", printed.order_by("edition_quotes__ordinal"))
        self._offer("retracts_entities", Entity.objects.filter(pk__in=named).order_by("name"))
        own = ReportedFact.objects.filter(article=self.article) if may_report(self.by) else ReportedFact.objects.none()
        self._offer("retracts_facts", own.select_related("edition__exercise__merged_into", "entity"))

    def _offer(self, name: str, rows: Any) -> None:
        """Ask only where there is something to choose."""
        if rows:
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields[name]


class ApproveAndCorrectForm(CorrectForm):
    reason = forms.CharField(required=False, widget=LINES, label="Note", help_text="For the desk, in the history.")
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("reason", "kind", "notice", "position", "retracts", "retracts_entities", "retracts_facts", "seal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_of_sole_author(self, help_text="You wrote this version yourself. For the history, never public.")
