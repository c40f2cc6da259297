"""What each verb asks before it acts: a form whose fields are the arguments of the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone

from articles.admin.newsroom_times import NewsroomDateTimeField
from articles.models import Article, Edition
from articles.roles import has_permission, is_sole_author

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

LINES = forms.Textarea(attrs={"rows": 3})


class VerbForm(forms.Form):
    """Asks nothing, but carries the version that the person has seen, so that no other is acted on unseen."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Why this person cannot use the verb here, whatever is filled in; said before anything is.
    impossible = ""

    def __init__(self, *args: Any, article: Article, by: AbstractUser, **kwargs: Any) -> None:
        kwargs["initial"] = {"lock_version": article.lock_version} | kwargs.get("initial", {})
        super().__init__(*args, label_suffix="", **kwargs)
        self.article, self.by = article, by

    @property
    def asks_first(self) -> bool:
        """Whether something must be filled in before the verb can act."""
        return any(field.required for field in self.fields.values())

    def show_version_of(self, article: Article) -> None:
        """Carry the version that the page shows now, in place of the one that was sent."""
        data = self.data.copy()
        data["lock_version"] = article.lock_version
        self.data = data

    def confirm(self) -> None:
        """Once the person has seen the verb's question, pressing again is the answer."""
        data = self.data.copy()
        data["is_confirmed"] = "on"
        self.data = data

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "lock_version"}


class SubmitForm(VerbForm):
    comment = forms.CharField(
        required=False, widget=LINES, label="For the editor", help_text="What to look at; kept in the history."
    )


class RequestChangesForm(VerbForm):
    comment = forms.CharField(widget=LINES, label="What should be changed", help_text="The author gets this at once.")


class ApproveForm(VerbForm):
    reason = forms.CharField(required=False, widget=LINES, label="Note", help_text="Kept in the history.")
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_of_sole_author(self, help_text="You wrote this story yourself.")


class PublishForm(VerbForm):
    reason = forms.CharField(required=False, widget=LINES, label="Note", help_text="Kept in the history.")
    unpublish_at = NewsroomDateTimeField(
        required=False, label="Withdraw by itself at", help_text=f"On the clock of {settings.NEWSROOM_TIME_ZONE}."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_under_embargo(self)

    def clean_unpublish_at(self) -> Any:
        unpublish_at = self.cleaned_data["unpublish_at"]
        if unpublish_at is not None and unpublish_at <= timezone.now():
            raise forms.ValidationError("This time has passed: choose a later one, or leave it empty.")
        return unpublish_at


class ApproveAndPublishForm(ApproveForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_under_embargo(self)


class ScheduleForm(VerbForm):
    publish_at = NewsroomDateTimeField(label="Publish at", help_text=f"On the clock of {settings.NEWSROOM_TIME_ZONE}.")
    unpublish_at = NewsroomDateTimeField(required=False, label="Withdraw by itself at", help_text="On the same clock.")


class PublishUpdateForm(VerbForm):
    kind = forms.ChoiceField(
        choices=[
            (Edition.Kind.UPDATE, "An update: readers see a new “Updated” time"),
            (Edition.Kind.MINOR, "A minor change, such as a slip of the pen: no new time"),
        ],
        initial=Edition.Kind.UPDATE,
        widget=forms.RadioSelect,
        label="What sort of version",
        required=False,
    )
    reason = forms.CharField(required=False, widget=LINES, label="Note", help_text="For the desk, in the history.")

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Edition.Kind.UPDATE


class WithdrawForm(VerbForm):
    reason = forms.CharField(widget=LINES, label="Why", help_text="For the desk and its history.")
    public_note = forms.CharField(
        required=False,
        widget=LINES,
        label="Public note",
        help_text="For partners. Readers of the old address learn only that the story is gone.",
    )


class KillForm(VerbForm):
    reason = forms.CharField(widget=LINES, label="Why", help_text="For the desk and its history; never public.")
    public_note = forms.CharField(
        widget=LINES, label="Public notice", help_text="All that readers and partners will ever see in its place."
    )
    confirmation = forms.CharField(
        label="Type its name to confirm",
        max_length=300,
        help_text="As it stands above; capitals and spaces around it do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )


class SpikeForm(VerbForm):
    reason = forms.CharField(
        widget=LINES, label="Why", help_text="Colleagues will look for it. It can be brought back."
    )


def ask_of_sole_author(form: VerbForm, *, help_text: str) -> None:
    """Of who wrote the version alone: a reason, where they may approve it at all."""
    if not is_sole_author(form.article, form.by):
        return
    if has_permission(form.by, "approve_own_article"):
        _require(form, "reason", "Why nobody else could approve it", help_text)
    else:
        form.impossible = "Nobody but you has worked on this version: a colleague must approve it."


def ask_under_embargo(form: VerbForm) -> None:
    """Why it is lifted, of who may lift it."""
    if not form.article.is_under_embargo:
        return
    if has_permission(form.by, "lift_embargo"):
        _require(form, "reason", "Why the embargo is lifted", "It is kept in the history.")
    else:
        form.impossible = form.impossible or "The story is under embargo: only the chief may lift it."


def _require(form: VerbForm, name: str, label: str, help_text: str) -> None:
    field = form.fields[name]
    field.required, field.label, field.help_text = True, label, help_text
