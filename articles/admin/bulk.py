"""Verbs on several stories at once: each story for itself, one line for each that was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles import workflow
from articles.admin.verb_forms import SpikeForm
from articles.assignment import assign
from articles.models import Article
from articles.states import Refused

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

Act = Callable[[Article], object]


class ReasonForm(forms.Form):
    reason = SpikeForm.base_fields["reason"]


class Writers(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return person.get_full_name() or person.username


class AssigneeForm(forms.Form):
    to = Writers(
        User.objects.none(), required=False, empty_label="Nobody", label="Who", help_text="They are told at once."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writes = Q(groups__permissions__codename="write_article") | Q(is_superuser=True)
        people = User.objects.filter(writes, is_active=True, is_staff=True).distinct()
        self.fields["to"].queryset = people.order_by("first_name", "username")  # type: ignore[attr-defined]


@action(description="Submit for review")
def submit(admin: ModelAdmin[Article], request: HttpRequest, articles: QuerySet[Article]) -> None:
    _each(request, articles, lambda article: workflow.submit(article, by=request.user), done="submitted")


@action(description="Approve")
def approve(admin: ModelAdmin[Article], request: HttpRequest, articles: QuerySet[Article]) -> None:
    _each(request, articles, lambda article: workflow.approve(article, by=request.user), done="approved")


@action(description="Spike …")
def spike(admin: ModelAdmin[Article], request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
    form = ReasonForm(request.POST if "apply" in request.POST else None, label_suffix="")
    if not form.is_valid():
        return _ask(admin, request, articles, form, verb="spike", says="Spike", is_grave=True)
    reason = form.cleaned_data["reason"]
    _each(request, articles, lambda article: workflow.spike(article, by=request.user, reason=reason), done="spiked")
    return None


@action(description="Assign …")
def hand_out(admin: ModelAdmin[Article], request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
    form = AssigneeForm(request.POST if "apply" in request.POST else None, label_suffix="")
    if not form.is_valid():
        return _ask(admin, request, articles, form, verb="hand_out", says="Assign", is_grave=False)
    to = form.cleaned_data["to"]
    _each(request, articles, lambda article: assign(article, to=to, by=request.user), done="assigned")
    return None


ACTIONS = [submit, approve, spike, hand_out]


def _each(request: HttpRequest, articles: QuerySet[Article], act: Act, *, done: str) -> None:
    count = 0
    for article in articles.order_by("pk"):
        try:
            act(article)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            count += 1
    if count:
        messages.success(request, f"{count} {'story' if count == 1 else 'stories'} {done}.")


def _ask(
    admin: ModelAdmin[Article],
    request: HttpRequest,
    articles: QuerySet[Article],
    form: forms.Form,
    *,
    verb: str,
    says: str,
    is_grave: bool,
) -> HttpResponse:
    """The page between: the stories, what must be filled in, and one button."""
    count = len(articles)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": f"{says} {count} {'story' if count == 1 else 'stories'}",
        "articles": articles,
        "form": form,
        "verb": verb,
        "says": says,
        "is_grave": is_grave,
        "checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/articles/article/bulk.html", context)
