"""The doors of the preview: what is typed now as readers would see it, the link to share, and its end."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin import proposals
from articles.admin.forms import ArticleForm
from articles.admin.panel import for_saving
from articles.models import Article
from articles.preview_links import address_of, revoke_previews, share_preview
from articles.previews import preview_of
from articles.roles import may_edit
from articles.states import NotAllowed, Refused
from articles.views.preview import page_context


def preview_urls(guard: Any) -> list[URLPattern]:
    return [
        path("<int:pk>/preview/", guard(show_preview), name="articles_article_preview"),
        path("<int:pk>/preview/link/", guard(share), name="articles_article_share"),
        path("<int:pk>/preview/revoke/", guard(revoke), name="articles_article_revoke"),
    ]


@never_cache
@require_POST
def show_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page of the form's content as JSON `html`. Nothing is written."""
    proposals.require_view(request)
    try:
        article = for_saving(pk)
    except Article.DoesNotExist:
        raise Http404(f"There is no story {pk}.") from None
    content: dict[str, Any] | None = None
    if may_edit(article, request.user) and not article.is_closed:
        form = ArticleForm(request.POST, instance=article)
        if not form.is_valid():
            return _waiting(form)
        content = form.written(all_of_it=True)
    html = render_to_string("articles/preview.html", page_context(preview_of(article, content)), request)
    return JsonResponse({"html": html, "open_links": article.preview_links.open().count()})


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link, as JSON `address` and `until`; a story under embargo wants `knows_of_embargo` said."""
    proposals.require_view(request)
    article = get_object_or_404(Article, pk=pk)
    try:
        link = share_preview(article, by=request.user, knows_of_embargo=request.POST.get("knows_of_embargo") == "1")
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse(
        {
            "address": address_of(link),
            "until": f"{link.expires_at:%-d %B %Y, %H:%M} UTC",
            "open_links": article.preview_links.open().count(),
        }
    )


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    proposals.require_view(request)
    try:
        ended = revoke_previews(get_object_or_404(Article, pk=pk), by=request.user)
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse({"ended": ended, "open_links": 0})


def _waiting(form: ArticleForm) -> JsonResponse:
    problems = {name: " ".join(errors) for name, errors in form.errors.items()}
    labels = [str(form.fields[name].label or name).lower() for name in problems if name in form.fields]
    first = next(iter(problems.values()), "")
    message = f"The preview waits for a field that needs another look ({', '.join(labels)}): {first}"
    return JsonResponse(
        {"code": "invalid", "message": message, "fields": problems}, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


def _refused(refusal: Refused) -> JsonResponse:
    status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT
    return JsonResponse({"code": refusal.code, "message": refusal.message}, status=status)
