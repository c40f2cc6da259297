"""Verbs on several stories at once: each story for itself, and one line for each reason to refuse some of them.

A verb that asks for words, or that readers would see, shows one page first, with the stories that it is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import Truncator

from articles import publishing, workflow
from articles.admin.arrangement_forms import AssigneeForm, DueForm, PriorityForm
from articles.admin.verb_forms import LINES, SpikeForm
from articles.assignment import assign, set_due, set_priority
from articles.counted_nouns import count_of, count_of_stories
from articles.models import Article
from articles.roles import has_permission
from articles.states import Refused

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.auth.models import User

# More would keep the person, and the rows, waiting for longer than a request should last.
MOST = 500
# More would push the list off the screen.
REASONS_SHOWN = 8
NAMES_SHOWN = 10
NAME_LENGTH = 60


class NoForm(forms.Form):
    """Asks nothing."""


class CommentForm(forms.Form):
    comment = forms.CharField(
        widget=LINES, label="What should be changed", help_text="The author of each story gets this at once."
    )


class ReasonForm(forms.Form):
    reason = SpikeForm.base_fields["reason"]


class NoteForm(forms.Form):
    reason = forms.CharField(
        required=False, widget=LINES, label="Note", help_text="Kept in the history of each; needed under embargo."
    )


@dataclass(frozen=True, slots=True)
class Bulk:
    """A verb for several stories: how it is called, what it asks, and what is said of those that it was used on."""

    name: str
    says: str
    done: str
    use: Callable[..., object]
    form: type[forms.Form] = NoForm
    asks_first: bool = True
    is_grave: bool = False
    # Without one of these a person may use the verb on no story at all.
    permissions: tuple[str, ...] = ("review_article",)


BULKS = (
    Bulk(
        "submit",
        "Submit for review",
        "submitted",
        workflow.submit,
        asks_first=False,
        permissions=("submit_article", "review_article"),
    ),
    # As on the story's own page: what the tagger has not read yet is not approved unasked.
    Bulk("approve", "Approve", "approved", partial(workflow.approve, is_confirmed=False), asks_first=False),
    Bulk("request_changes", "Request changes", "sent back", workflow.request_changes, CommentForm),
    Bulk("publish", "Publish", "published", publishing.publish, NoteForm, permissions=("publish_article",)),
    Bulk("hand_out", "Assign", "assigned", assign, AssigneeForm),
    Bulk("set_due", "Set due time", "given their due time", set_due, DueForm),
    Bulk("set_priority", "Set priority", "given their priority", set_priority, PriorityForm),
    Bulk(
        "spike",
        "Spike",
        "spiked",
        workflow.spike,
        ReasonForm,
        is_grave=True,
        permissions=("spike_article", "spike_any_article"),
    ),
)


def names_for(user: User) -> frozenset[str]:
    """Of the verbs that the person may use on some story."""
    return frozenset(bulk.name for bulk in BULKS if any(has_permission(user, name) for name in bulk.permissions))


def _action_of(bulk: Bulk) -> Callable[..., HttpResponse | None]:
    @action(description=f"{bulk.says} …" if bulk.asks_first else bulk.says)
    def press(admin: ModelAdmin[Article], request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        form = bulk.form(request.POST if "apply" in request.POST else None, label_suffix="")
        if _is_too_many(request, articles):
            return None
        if bulk.asks_first and not form.is_valid():
            return _ask(admin, request, articles, form, bulk)
        _each(request, articles, bulk, form.cleaned_data if bulk.asks_first else {})
        return None

    press.__name__ = bulk.name
    return press


ACTIONS = [_action_of(bulk) for bulk in BULKS]


def _is_too_many(request: HttpRequest, articles: QuerySet[Article]) -> bool:
    if articles.order_by().values("pk")[: MOST + 1].count() <= MOST:
        return False
    messages.error(request, f"Nothing was done: that are more than {MOST} stories. Narrow the list, and go in steps.")
    return True


def _each(request: HttpRequest, articles: QuerySet[Article], bulk: Bulk, asked: dict[str, Any]) -> None:
    """Each story in a transaction of its own, in the order of their ids, whatever becomes of the others."""
    refused: dict[str, list[tuple[Article, str]]] = {}
    chosen = list(articles.order_by("pk"))
    for article in chosen:
        try:
            bulk.use(article, by=request.user, **asked)
        except Refused as refusal:
            reason = refusal.message.replace(f"“{article}”", "“”")
            refused.setdefault(reason, []).append((article, refusal.message))
    count = len(chosen) - sum(len(group) for group in refused.values())
    if count:
        messages.success(request, f"{count_of_stories(count)} {bulk.done}.")
    _tell_refused(request, sorted(refused.values(), key=len, reverse=True))


def _tell_refused(request: HttpRequest, groups: list[list[tuple[Article, str]]]) -> None:
    """A message for each reason, the commonest first: about its first story in full, then the names of the others."""
    for (_, message), *others in groups[:REASONS_SHOWN]:
        messages.warning(request, f"{message} {_the_same_of([article for article, _ in others])}".strip())
    rest = [article for group in groups[REASONS_SHOWN:] for article, _ in group]
    if rest:
        messages.warning(request, f"{count_of_stories(len(rest))} refused for other reasons: {_names(rest)}.")


def _the_same_of(articles: list[Article]) -> str:
    if not articles:
        return ""
    return f"The same goes for {count_of(len(articles), 'other', 'others')}: {_names(articles)}."


def _names(articles: list[Article]) -> str:
    names = ", ".join(f"“{Truncator(str(article)).chars(NAME_LENGTH)}”" for article in articles[:NAMES_SHOWN])
    return f"{names} and {len(articles) - NAMES_SHOWN} more" if len(articles) > NAMES_SHOWN else names


def _ask(
    admin: ModelAdmin[Article], request: HttpRequest, articles: QuerySet[Article], form: forms.Form, bulk: Bulk
) -> HttpResponse:
    """The page between: the stories, what must be filled in, and one button."""
    chosen = list(articles)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": f"{bulk.says}: {count_of_stories(len(chosen))}",
        "articles": chosen,
        "is_across": request.POST.get("select_across") == "1",
        "form": form,
        "verb": bulk.name,
        "says": f"{bulk.says}: {count_of_stories(len(chosen))}",
        "is_grave": bulk.is_grave,
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/article/bulk.html", context)
