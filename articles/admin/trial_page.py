"""The page between an edit of the gazetteer and its saving: what it would do to the stories on the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.admin.alias_warnings import warnings_of
from articles.admin.evidence import Place
from articles.admin.sentences import places_of
from articles.counted_nouns import count_of
from articles.gazetteer_trials import GazetteerChange, TooManyTrials, Trial, try_change
from articles.models.verdict import Verdict

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from articles.gazetteer_trials import Difference, StoryTrial
    from articles.models import Article

TRY, EDIT, WARNED = "_try", "_edit", "_warned"
# The page's own buttons and Django's: what is sent on is what was typed.
BUTTONS = frozenset({TRY, EDIT, WARNED, "_save", "_continue", "_addanother", "_saveasnew", "csrfmiddlewaretoken"})
LINES_SHOWN = 40
PLACES_SHOWN = 2

OUT = ("good", "goes out by itself")
PROPOSED = ("notice", "proposed")
VERDICTS = {
    Verdict.REJECTED: "A person has rejected it on this story: it stays rejected.",
    Verdict.CONFIRMED: "A person has confirmed it on this story: it stays.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entity on one story: what becomes of it, in words and in a sentence."""

    article: Article
    name: str
    tone: str
    says: str
    places: list[Place]
    hidden_count: int
    verdict: str


@dataclass(slots=True)
class Group:
    """Gained, lost or otherwise changed: how many in all, how many without a person, and the first lines."""

    title: str
    count: int = 0
    out_count: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def proposed_count(self) -> int:
        return self.count - self.out_count

    @property
    def hidden_count(self) -> int:
        return self.count - len(self.lines)


def show_trial(
    admin: ModelAdmin[Any],
    request: HttpRequest,
    change: GazetteerChange,
    *,
    title: str,
    crumbs: list[tuple[str, str]],
    save: tuple[str, str] = ("_save", "Save"),
) -> HttpResponse:
    """Try the change and show the page. `save` is the button that does it, as (name, what it says)."""
    trial, refusal = Trial(), None
    try:
        trial = try_change(change)
    except TooManyTrials as error:
        refusal = error
    warnings = warnings_of(change)
    sent = sent_fields(request)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": title,
        "crumbs": crumbs,
        "trial": trial,
        "refusal": refusal,
        "try_name": TRY,
        "groups": groups_of(trial),
        "sent": [*sent, (WARNED, "yes")] if warnings else sent,
        "warnings": warnings,
        "save_name": save[0],
        "save_says": save[1],
        "edit_name": EDIT,
        "address": request.get_full_path(),
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if refusal else HTTPStatus.OK
    return TemplateResponse(request, "admin/articles/trial.html", context, status=status)


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent again by either button."""
    return [(name, value) for name, values in request.POST.lists() if name not in BUTTONS for value in values]


def groups_of(trial: Trial) -> list[Group]:
    groups = {True: Group("Gained"), False: Group("Lost"), None: Group("Otherwise changed")}
    for story in trial.stories:
        for difference in story.differences:
            group = groups[_is_gained(difference)]
            group.count += 1
            group.out_count += difference.goes_out_by_itself
            if len(group.lines) < LINES_SHOWN:
                group.lines.append(_line(story, difference))
    return [group for group in groups.values() if group.count]


def _is_gained(difference: Difference) -> bool | None:
    if difference.is_gained:
        return True
    return False if difference.is_lost else None


def _line(story: StoryTrial, difference: Difference) -> Line:
    places = places_of(difference.mentions, story.revision, most=PLACES_SHOWN)
    tone, says = _words(difference)
    return Line(
        article=story.article,
        name=difference.finding.name,
        tone=tone,
        says=says,
        places=places,
        hidden_count=max(0, len(difference.mentions) - len(places)),
        verdict=VERDICTS.get(Verdict(difference.verdict), ""),
    )


def _words(difference: Difference) -> tuple[str, str]:
    before, after = difference.before, difference.after
    if before is None or after is None:
        tone, says = OUT if difference.goes_out_by_itself else PROPOSED
        return (
            (tone, says) if before is None else ("danger", "went out by itself" if tone == "good" else "was proposed")
        )
    if before.accepted != after.accepted:
        return ("good", "now goes out by itself") if after.accepted else ("caution", "now only proposed")
    more = len(after.mentions) - len(before.mentions)
    if more == 0:
        return "neutral", "other places"
    compared = "more" if more > 0 else "fewer"
    return "neutral", count_of(abs(more), f"{compared} place", f"{compared} places")
