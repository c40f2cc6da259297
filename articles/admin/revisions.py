"""Two revisions of an article side by side, and an earlier one brought back."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from articles.admin.history import article_context, article_of, history_view, picks_of
from articles.differences import between_revisions
from articles.models import Article, Revision
from articles.revisions import restore_revision
from articles.states import Refused

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

LONGEST_NUMBER = 9


def compare_view(admin: ModelAdmin[Article], request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions, the older first whichever way round they were asked for."""
    article = article_of(admin, request, pk)
    numbers = sorted(_number(request, name) for name in ("from", "to"))
    older, newer = (get_object_or_404(article.revisions.select_related("created_by"), number=n) for n in numbers)
    context = article_context(admin, request, article) | {
        "title": f"Revision {older.number} and revision {newer.number}",
        "older": older,
        "newer": newer,
        "compared": ((older, "older"), (newer, "newer")),
        "previous": article.revisions.filter(number__lt=older.number).order_by("-number").first(),
        "following": article.revisions.filter(number__gt=newer.number).order_by("number").first(),
        "differences": between_revisions(older, newer),
        "picks": picks_of(article),
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


@require_POST
def restore_view(request: HttpRequest, pk: int, number: int, *, admin: ModelAdmin[Article]) -> HttpResponse:
    """Makes an earlier revision the newest again, unless somebody saved since the history was opened."""
    article = article_of(admin, request, pk)
    revision = get_object_or_404(article.revisions, number=number)
    written = request.POST.get("lock_version", "")
    expected = int(written) if written.isdecimal() and len(written) <= LONGEST_NUMBER else -1
    try:
        restored = restore_revision(revision, expected_version=expected, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        status = HTTPStatus.FORBIDDEN if refusal.code == "not_allowed" else HTTPStatus.CONFLICT
        response = history_view(admin, request, str(pk))
        response.status_code = status
        return response
    messages.success(request, _restored(revision, restored))
    return redirect("admin:articles_article_change", pk)


def _restored(revision: Revision, restored: Revision) -> str:
    if restored.number == revision.number:
        return f"Revision {revision.number} is the newest already."
    return f"Revision {revision.number} is back, as revision {restored.number}. Nothing of the others is lost."


def _number(request: HttpRequest, name: str) -> int:
    number = request.GET.get(name, "")
    if not (number.isascii() and number.isdecimal()) or len(number) > LONGEST_NUMBER:
        raise Http404("Choose two revisions in the history.")
    return int(number)
