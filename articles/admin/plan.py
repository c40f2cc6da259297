"""The schedule and embargo of a story: what the panel shows of it, and the one form that changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms

from articles import sweeping
from articles.admin.newsroom_times import NewsroomDateTimeField
from articles.admin.verb_forms import LINES, VerbForm
from articles.models import Article, Correction, Edition
from articles.newsroom_clock import newsroom_town
from articles.plans import open_parts
from articles.roles import has_permission
from articles.transitions import is_permitted, rule_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

NOT_YET, NOW, AT = "not yet", "now", "at"
NONE, UNTIL, INDEFINITE = "none", "until", "indefinite"
EMBARGOES = [(NONE, "No embargo"), (UNTIL, "Until a time"), (INDEFINITE, "Until further notice")]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the plan: what happens, when, and by whom it was set. `at` None: without an end."""

    what: str
    at: datetime | None
    by: AbstractUser | None = None
    note: str = ""
    tone: str = "waiting"


class PlanCard:
    """The plan of one article as the panel shows it to one person."""

    def __init__(self, article: Article, by: AbstractUser) -> None:
        self.article, self.by = article, by

    @cached_property
    def lines(self) -> list[Line]:
        article = self.article
        lines = []
        if article.is_under_embargo:
            what = "Under embargo until" if article.embargo_until else "Under embargo until further notice"
            at = None if article.is_embargoed_indefinitely else article.embargo_until
            lines.append(Line(what, at, note=article.embargo_note, tone="danger"))
        if article.publish_at is not None:
            lines.append(Line("Goes live", article.publish_at, article.scheduled_by))
        if article.update_at is not None:
            kind = Edition.Kind(article.update_kind).label
            lines.append(Line(f"New version ({kind}) goes out", article.update_at, article.update_by))
        if article.unpublish_at is not None:
            lines.append(Line("Withdrawn by itself", article.unpublish_at))
        return lines

    @cached_property
    def is_clock_silent(self) -> bool:
        """Whether something waits for a clock that does not run."""
        article = self.article
        waits = article.publish_at or article.unpublish_at or article.update_at
        return bool(waits) and not sweeping.is_clock_running()

    @property
    def may_change(self) -> bool:
        return bool(open_parts(self.article, by=self.by))

    @property
    def may_deschedule(self) -> bool:
        return rule_of("deschedule").fits(self.article) and is_permitted(self.article, "deschedule", by=self.by)


class PlanForm(VerbForm):
    """The arguments of `change_plan`, as far as state and person permit them."""

    when = forms.ChoiceField(
        choices=[
            (NOT_YET, "Not on the schedule: somebody presses Publish"),
            (NOW, "Now"),
            (AT, "At a time"),
        ],
        widget=forms.RadioSelect,
        label="Publish",
    )
    publish_at = NewsroomDateTimeField(required=False, label="Time of publication")
    embargo = forms.ChoiceField(
        choices=EMBARGOES,
        widget=forms.RadioSelect,
        label="Embargo",
    )
    embargo_until = NewsroomDateTimeField(required=False, label="End of the embargo")
    embargo_note = forms.CharField(required=False, max_length=300, label="Why, and from whom")
    reason = forms.CharField(
        required=False,
        widget=LINES,
        label="Why the embargo is lifted",
        help_text="Only the chief may end it or shorten it. The reason is kept in the history.",
    )
    update = forms.ChoiceField(
        choices=[(NOT_YET, "When somebody presses Publish"), (AT, "At a time")],
        widget=forms.RadioSelect,
        label="The approved new version goes out",
    )
    update_at = NewsroomDateTimeField(required=False, label="Time of the new version")
    update_kind = forms.ChoiceField(
        choices=[
            (Edition.Kind.UPDATE, "An update: readers see a new “Updated” time"),
            (Edition.Kind.MINOR, "A minor change, such as a slip of the pen"),
            (Edition.Kind.CORRECTION, "A correction with a public notice"),
        ],
        widget=forms.RadioSelect,
        label="What sort of version",
    )
    update_notice = forms.CharField(
        required=False,
        widget=LINES,
        label="Public notice of the correction",
        help_text="What was wrong and what is right. Readers see it word for word, above the story.",
    )
    unpublish_at = NewsroomDateTimeField(
        required=False, label="Withdraw by itself at", help_text="Empty: it stays until somebody withdraws it."
    )

    PARTS = {
        "publication": ("when", "publish_at"),
        "embargo": ("embargo", "embargo_until", "embargo_note", "reason"),
        "update": ("update", "update_at", "update_kind", "update_notice"),
        "end": ("unpublish_at",),
    }
    # The field that must be filled in when a choice says so.
    NEEDS = {("when", AT): "publish_at", ("embargo", UNTIL): "embargo_until", ("update", AT): "update_at"}

    def __init__(self, *args: Any, article: Article, by: AbstractUser, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(article) | kwargs.get("initial", {})
        super().__init__(*args, article=article, by=by, **kwargs)
        self.parts = open_parts(article, by=by)
        for part, names in self.PARTS.items():
            if part not in self.parts:
                for name in names:
                    del self.fields[name]
        if "embargo" in self.fields:
            self._say_who_ends_it(may_lift=has_permission(by, "lift_embargo"))

    def _say_who_ends_it(self, *, may_lift: bool) -> None:
        """Ending an embargo is offered to who may, and the others are told before they set one."""
        is_bound = self.article.is_under_embargo
        if not may_lift:
            who = "Only the chief can end it or make it shorter"
            self.fields["embargo"].help_text = f"{who}." if is_bound else f"Once it is set: {who[0].lower()}{who[1:]}."
        if is_bound and not may_lift:
            # Not offered; whoever chose it before the embargo was set is refused in words.
            offered = [choice for choice in EMBARGOES if choice[0] != NONE]
            self.fields["embargo"].widget.choices = offered  # type: ignore[attr-defined]
        if not (is_bound and may_lift):
            del self.fields["reason"]

    @property
    def asks_first(self) -> bool:
        return True

    @property
    def is_clock_silent(self) -> bool:
        return not sweeping.is_clock_running()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for (choice, value), needed in self.NEEDS.items():
            if data.get(choice) == value and needed not in self.errors and data.get(needed) is None:
                self.add_error(needed, f"Choose day and time, on the clock of {newsroom_town()}.")
        return data

    def arguments(self) -> dict[str, Any]:
        """A time that the form shows to the minute keeps its seconds where nobody changed it."""
        wanted: dict[str, Any] = {"reason": self.cleaned_data.get("reason", "")}
        if self._is_touched("embargo"):
            wanted |= self._embargo()
        if self._is_touched("publication"):
            when = self.cleaned_data["when"]
            wanted |= {"publish_at": self._time("publish_at") if when == AT else None, "publish_now": when == NOW}
        if self._is_touched("end"):
            wanted["unpublish_at"] = self._time("unpublish_at")
        if self._is_touched("update"):
            wanted |= self._update()
        return wanted

    def _is_touched(self, part: str) -> bool:
        return part in self.parts and bool((set(self.PARTS[part]) - {"reason"}) & set(self.changed_data))

    def _embargo(self) -> dict[str, Any]:
        chosen = self.cleaned_data["embargo"]
        return {
            "embargo_until": self._time("embargo_until") if chosen == UNTIL else None,
            "is_embargoed_indefinitely": chosen == INDEFINITE,
            "embargo_note": "" if chosen == NONE else self.cleaned_data["embargo_note"],
        }

    def _update(self) -> dict[str, Any]:
        if self.cleaned_data["update"] != AT:
            return {"update_at": None}
        kind = self.cleaned_data["update_kind"]
        wanted = {"update_at": self._time("update_at"), "update_kind": kind}
        if kind != Edition.Kind.CORRECTION:
            return wanted
        return wanted | {
            "update_notice": self.cleaned_data["update_notice"],
            "update_notice_kind": self.article.update_notice_kind or Correction.Kind.CORRECTION,
            "update_position": self.article.update_position or Correction.Position.TOP,
        }

    def _time(self, name: str) -> datetime | None:
        return self.cleaned_data[name] if name in self.changed_data else getattr(self.article, name)


def _initial(article: Article) -> dict[str, Any]:
    embargo = UNTIL if article.embargo_until else NONE
    return {
        "when": AT if article.publish_at else NOT_YET,
        "publish_at": article.publish_at,
        "unpublish_at": article.unpublish_at,
        "embargo": INDEFINITE if article.is_embargoed_indefinitely else embargo if article.is_under_embargo else NONE,
        "embargo_until": article.embargo_until if article.is_under_embargo else None,
        "embargo_note": article.embargo_note,
        "update": AT if article.update_at else NOT_YET,
        "update_at": article.update_at,
        "update_kind": article.update_kind or Edition.Kind.UPDATE,
        "update_notice": article.update_notice,
    }
