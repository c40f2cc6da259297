"""What one story reports of an edition: the form, with the fields of one kind of fact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect

from articles.admin.story_named import LONGEST, story_named
from articles.day_precision import Days, read_days, together
from articles.models import Article, Quote, ReportedFact, Revision
from articles.models.verdict import Verdict
from articles.states import GuardFailed
from entities.models import Entity

Kind = ReportedFact.Kind
DAYS = "12 May 2026, May 2026, Q2 2026 or 2026: as exactly as the story says it."
OF_KIND = {
    Kind.DATES: ("starts", "ends"),
    Kind.HOST: ("entity", "role"),
    Kind.PARTICIPANT: ("entity", "role"),
    Kind.FIGURE: ("label", "value", "unit"),
}
SOURCE = ("story", "version", "words")
MOST_NAMED = 5


class FigureField(forms.DecimalField):
    """ "9,000" and "9 000" as people write them."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(value.replace(",", "").split()) if isinstance(value, str) else value)


class DaysField(forms.CharField):
    """A day, a month, a quarter or a year, as it is known."""

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        if not written:
            return None
        try:
            return read_days(written)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="no_date") from error


class ReportedFactForm(forms.Form):
    one_of_several = ()

    starts = DaysField(label="From", max_length=40, help_text=DAYS)
    ends = DaysField(
        label="To", max_length=40, required=False, help_text="As exactly as the beginning. Empty: the same."
    )
    entity = forms.ModelChoiceField(Entity.objects.public(), label="Who")
    role = forms.CharField(
        required=False, max_length=120, help_text="What they do there, such as “land command” or “with a frigate”."
    )
    label = forms.CharField(label="What is counted", max_length=80, help_text="Such as personnel, aircraft, ships.")
    value = FigureField(label="How many", min_value=0, max_digits=17, decimal_places=2)
    unit = forms.CharField(required=False, max_length=40, help_text="Where it is none of things: km, tonnes, %.")
    story = forms.CharField(
        label="Which story of ours says so",
        max_length=LONGEST,
        help_text="Its number, its address, or words of its headline. Readers see the fact as long as it is live.",
    )
    version = forms.ChoiceField(
        label="Which version says so",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("live", "The one that readers have now"),
            ("newest", "The newest, which is not published: readers see the fact once that version is public"),
        ],
    )
    words = forms.CharField(
        label="In which quotation",
        required=False,
        max_length=LONGEST,
        help_text="Where somebody is quoted with it: some words of the confirmed quotation.",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name in set(self.fields) - {*OF_KIND[Kind(kind)], *SOURCE}:
            del self.fields[name]
        if not self.is_bound:
            # Asked once a story is named of which there are two.
            del self.fields["version"]
        if "entity" in self.fields:
            of = ReportedFact._meta.get_field("entity")
            self.fields["entity"].widget = AutocompleteSelect(of, admin.site, attrs={"data-width": "100%"})
            self.fields["entity"].widget.choices = self.fields["entity"].choices  # type: ignore[attr-defined]

    def clean_story(self) -> Article:
        try:
            return story_named(self.cleaned_data["story"])
        except GuardFailed as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and "starts" in self.fields:
            data["days"] = self._days(data)
        if "story" in data:
            data["revision"] = self._revision(data["story"], data.get("version", ""))
        else:
            self._ask_of_no_version()
        if "story" in data and data.get("words"):
            data["quote"] = self._quote(data["story"], data["words"])
        return data

    def what(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        names = ("entity", "role", "label", "value", "unit", "days", "quote", "revision")
        return {"article": data["story"]} | {name: data[name] for name in names if data.get(name) is not None}

    def _days(self, data: dict[str, Any]) -> Days | None:
        try:
            return together(data["starts"], data.get("ends"))
        except ValueError as error:
            self.add_error("ends", str(error))
            return None

    def _revision(self, story: Article, version: str) -> Revision | None:
        """None where it need not be asked: readers have the newest, or none at all."""
        if not story.is_live or story.edition is None or story.edition.revision_id == story.revision_id:
            self._ask_of_no_version()
            return None
        self.fields["version"].required = True
        if not version and "version" not in self.errors:
            told = f"“{story}” has a newer version that is not published: say which of the two tells it."
            self.add_error("version", told)
        return story.newest_revision if version == "newest" else story.edition.revision

    def _ask_of_no_version(self) -> None:
        del self.fields["version"]
        self.errors.pop("version", None)

    def _quote(self, story: Article, words: str) -> Quote | None:
        confirmed = Quote.objects.filter(article=story, verdict=Verdict.CONFIRMED).order_by("start")
        found = [quote for quote in confirmed if words.casefold() in quote.text.casefold()]
        if len(found) == 1:
            return found[0]
        named = "; ".join(f"“{quote.text[:80]}”" for quote in (found or list(confirmed))[:MOST_NAMED])
        if not named:
            told = "The story has no confirmed quotation. Leave this empty, or confirm one there first."
        elif found:
            told = f"Several quotations have these words: {named}. Write more of the one that is meant."
        else:
            told = f"No confirmed quotation has these words. The story has {named}."
        self.add_error("words", told)
        return None
