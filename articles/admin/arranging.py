"""The doors of the desk's arrangements: who writes a story, by when, how soon; and the tagger's second chance."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from articles.admin.arrangement_forms import AssigneeForm, DueForm, PriorityForm
from articles.admin.proposals import require_view, wants_json
from articles.assignment import assign, may_arrange, set_due, set_priority
from articles.models import Article
from articles.states import NotAllowed, Refused
from articles.tagging_again import run_again

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

FORM = "admin/articles/article/editing/arrange_form.html"
LINE = "admin/articles/article/editing/arrangement.html"


class ArrangementForm(AssigneeForm, DueForm, PriorityForm):
    """All three of one story."""

    field_order = ("to", "at", "priority")

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        initial = {"to": article.assigned_to_id, "at": article.due_at, "priority": article.priority}
        super().__init__(*args, initial=initial, label_suffix="", auto_id="arrange-%s", **kwargs)
        self.fields["priority"].widget = forms.Select(choices=self.fields["priority"].choices)  # type: ignore[attr-defined]


def arrange_view(admin: ModelAdmin[Article], request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the form, alone where a script asks for it; POST passes what is new on to the verbs."""
    require_view(request)
    if not may_arrange(request.user):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("assigned_to"), pk=pk)
    form = ArrangementForm(request.POST or None, article=article)
    if request.method == "POST" and form.is_valid():
        try:
            arrange(article, form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return _arranged(request, pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"article": article, "form": form, "is_inline": wants_json(request)}
    if wants_json(request):
        return JsonResponse({"form": render_to_string(FORM, context, request)}, status=status)
    page = admin.admin_site.each_context(request) | {"opts": admin.opts, "title": "Arrange"} | context
    return TemplateResponse(request, "admin/articles/article/arrange.html", page, status=status)


@transaction.atomic
def arrange(article: Article, wanted: dict[str, Any], *, by: Any) -> None:
    """All three or none; a time that stood already is not asked again whether it has passed."""
    set_priority(article, priority=wanted["priority"], by=by)
    if not _is_same_minute(article.due_at, wanted["at"]):
        set_due(article, at=wanted["at"], by=by)
    assign(article, to=wanted["to"], by=by)


@require_POST
def run_again_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The tagger tries again; then back to the board."""
    require_view(request)
    article = get_object_or_404(Article, pk=pk)
    try:
        run_again(article, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from None
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"The tagger reads “{article}” again.")
    return redirect("admin:index")


def _arranged(request: HttpRequest, pk: int) -> HttpResponse:
    article = Article.objects.select_related("assigned_to").get(pk=pk)
    if wants_json(request):
        context = {"article": article, "may_arrange": True}
        return JsonResponse({"line": render_to_string(LINE, context, request)})
    messages.success(request, "Arranged.")
    return redirect("admin:articles_article_change", pk)


def _is_same_minute(one: Any, other: Any) -> bool:
    """The field shows no seconds, so that what comes back from it has none."""
    return one == other or (one is not None and other is not None and one.replace(second=0, microsecond=0) == other)
