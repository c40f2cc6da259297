"""An entry of the diary: the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User

from articles import diary
from articles.admin.arrangement_forms import Writers, writers
from articles.admin.read_versions import require_version
from articles.admin.reported_fact_form import DAYS, DaysField
from articles.admin.story_named import LONGEST, story_named
from articles.day_precision import together, written
from articles.models import Article, DiaryEntry
from articles.states import GuardFailed

FACTS = ("title", "kind", "place", "country", "assigned_to", "note", "is_public", "is_cancelled", "entities")


class DiaryEntryForm(forms.ModelForm):
    """Days are typed as exactly as they are known; with the version that was read, so that nothing is overwritten."""

    begins = DaysField(label="From", max_length=40, help_text=DAYS.replace("the story says it", "it is known"))
    finishes = DaysField(
        label="To", max_length=40, required=False, help_text="As exactly as the beginning. Empty: the same."
    )
    assigned_to = Writers(
        User.objects.none(), required=False, empty_label="Nobody", help_text="Who covers it. They are told at once."
    )
    named_story = forms.CharField(
        label="Story",
        required=False,
        max_length=LONGEST,
        help_text="Its number, its address, or words of its headline. Readers are led to it once it is live.",
    )
    read_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = DiaryEntry
        fields = FACTS
        widgets = {"title": forms.TextInput(attrs={"class": "vTextField"}), "note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        if "assigned_to" in self.fields:
            # Who has left the desk since stays in the choice as long as the entry is theirs.
            self.fields["assigned_to"].queryset = writers() | User.objects.filter(pk=entry.assigned_to_id).distinct()
        if not entry.pk:
            return
        begins, finishes = written(entry.starts, entry.precision), written(entry.ends, entry.precision)
        self.initial.update(
            read_version=entry.version,
            begins=begins,
            # So that whoever learns the day says it once.
            finishes=finishes if finishes != begins else "",
            named_story=f"#{entry.story_id} {entry.story}" if entry.story else "",
        )

    def clean_named_story(self) -> Article | None:
        typed = self.cleaned_data["named_story"]
        if not typed.strip():
            return None
        if self.instance.story and typed == self.initial.get("named_story"):
            # Also one that was killed since.
            return self.instance.story
        try:
            return story_named(typed)
        except GuardFailed as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        require_version(self)
        if "begins" in data and "finishes" in data:
            try:
                data["days"] = together(data["begins"], data["finishes"])
            except ValueError as error:
                self.add_error("finishes", str(error))
        return data

    def facts(self) -> dict[str, Any]:
        """As the verb takes them."""
        data = self.cleaned_data
        given = {name: data[name] for name in FACTS if name in data}
        return given | {"days": data["days"], "story": data["named_story"]}


def close_what_readers_see(form: type[forms.ModelForm], user: Any) -> None:
    """Who may not say what is public sees it, and cannot press it."""
    if "is_public" in form.base_fields:
        form.base_fields["is_public"].disabled = not diary.may_make_public(user)
