"""Words that somebody typed and did not save: compare them, take them up again, discard them. The owner's alone."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from articles import sittings
from articles.admin.conflict import LABELS, conflict_response, readable, readable_snapshot
from articles.admin.forms import CONTENT, ArticleForm
from articles.admin.heartbeat import clock
from articles.admin.panel import for_saving, loaded
from articles.admin.proposals import require_view, wants_json
from articles.differences import Difference, shortened
from articles.models import Article, Sitting
from articles.roles import may_edit
from articles.word_diff import compare

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

GONE = "These words were saved or discarded meanwhile, in another tab of yours perhaps."


@require_GET
def compare_unsaved(request: HttpRequest, pk: int, number: int, *, admin: ModelAdmin[Article]) -> HttpResponse:
    """What the unsaved words would change in the story as it is saved."""
    sitting = _own(request, pk, number)
    if sitting is None:
        return _gone(request, pk)
    article = loaded(pk)
    form = form_of(sitting, article)
    context = admin.admin_site.each_context(request) | {
        "opts": admin.opts,
        "title": "Unsaved words",
        "article": article,
        "sitting": sitting,
        "kept": clock(sitting.kept_at),
        "is_outdated": sitting.base_version != article.lock_version,
        "is_own": article.revision.created_by_id == request.user.pk,
        "may_restore": may_edit(article, request.user) and not article.is_closed,
        "parts": changes(article, form) if form.is_valid() else [],
        "problems": form.errors,
        "typed": form.data,
    }
    return TemplateResponse(request, "admin/articles/article/unsaved.html", context)


@require_POST
def discard_unsaved(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    sitting = _own(request, pk, number)
    if sitting is not None:
        sittings.settle(pk, by=request.user, tabs=[sitting.tab])
    if wants_json(request):
        return JsonResponse({"discarded": number})
    messages.success(request, "The unsaved words are discarded.")
    return redirect("admin:articles_article_change", pk)


def restored(request: HttpRequest, pk: str, number: str, *, context: dict[str, Any]) -> ArticleForm | HttpResponse:
    """The editing form with the unsaved words in it; the page that compares where others saved since.

    Nothing is written: the words stay unsaved, and kept, until somebody saves.
    """
    sitting = _own(request, int(pk), int(number)) if number.isdecimal() and len(number) < 19 else None
    if sitting is None:
        return _gone(request, int(pk))
    article = for_saving(pk)
    if not may_edit(article, request.user) or article.is_closed:
        return redirect("admin:articles_article_unsaved", pk, number)
    form = form_of(sitting, article)
    if sitting.base_version == article.lock_version or not form.is_valid():
        form.restored_tab = sitting.tab
        return form
    return conflict_response(request, form, article.pk, context=context, tabs=[sitting.tab], status=HTTPStatus.OK)


def form_of(sitting: Sitting, article: Article) -> ArticleForm:
    """The form as the browser would have sent it."""
    data = QueryDict(mutable=True)
    for name, values in sitting.fields.items():
        data.setlist(name, values)
    data["lock_version"] = str(sitting.base_version)
    return ArticleForm(data, instance=article)


def changes(article: Article, form: ArticleForm) -> list[Difference]:
    """Each field that would change, the older words struck through."""
    saved, typed = readable_snapshot(article.newest_revision), readable(form.written(all_of_it=True))
    return [
        Difference(LABELS.get(name) or str(form[name].label), shortened(compare(saved[name], typed[name])))
        for name in CONTENT
        if saved[name] != typed[name]
    ]


def _own(request: HttpRequest, pk: int, number: int) -> Sitting | None:
    require_view(request)
    try:
        return sittings.unsaved_words(number, article_id=pk, by=request.user)
    except Sitting.DoesNotExist:
        return None


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    if not Article.objects.filter(pk=pk).exists():
        raise Http404(f"There is no story {pk}.")
    messages.info(request, GONE)
    return redirect("admin:articles_article_change", pk)
