"""The history page of an article, and one revision as it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date

from articles.history import KINDS, here, history_page, saved_against
from articles.models import Article, Image, Revision, Section
from articles.roles import may_edit

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

LONGEST_PAGE_NUMBER = 4


def history_view(admin: ModelAdmin[Article], request: HttpRequest, object_id: str) -> HttpResponse:
    article = article_of(admin, request, object_id)
    kind, until, number = _kind(request), _until(request), _number(request)
    page = history_page(article, kind=kind, until=until, number=number)
    today = here(timezone.now()).date()
    context = article_context(admin, request, article) | {
        "title": "History",
        "page": page,
        "days": [(_name_of(day.day, today), day) for day in page.days],
        "kind": kind,
        "kinds": [("", "Everything"), *KINDS.items()],
        "until": until.isoformat() if until else "",
        "today": today.isoformat(),
        "newer": _query(kind, until, number - 1) if number > 1 else "",
        "older": _query(kind, until, number + 1) if page.has_older else "",
        "newest": article.newest_revision.number if article.revision else None,
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def revision_view(admin: ModelAdmin[Article], request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One revision as it was written, with what it changed."""
    article = article_of(admin, request, pk)
    revision = get_object_or_404(article.revisions.select_related("created_by"), number=number)
    before = article.revisions.filter(number=number - 1).first()
    context = article_context(admin, request, article) | {
        "title": f"Revision {number}",
        "revision": revision,
        "written": revision.snapshot,
        "section": Section.objects.filter(pk=revision.snapshot.get("section") or 0).first(),
        "image": Image.objects.filter(pk=revision.snapshot.get("image") or 0).first(),
        "saved": saved_against(revision, before),
        "previous": before,
        "following": article.revisions.filter(number=number + 1).only("number").first(),
        "is_newest": revision.pk == article.revision_id,
    }
    return TemplateResponse(request, "admin/articles/article/revision.html", context)


def article_of(admin: ModelAdmin[Article], request: HttpRequest, pk: int | str) -> Article:
    if not admin.has_view_permission(request):
        raise PermissionDenied
    article = Article.objects.select_related("revision").filter(pk=pk).first() if str(pk).isdecimal() else None
    if article is None:
        raise Http404(f"There is no story {pk}.")
    return article


def article_context(admin: ModelAdmin[Article], request: HttpRequest, article: Article) -> dict[str, Any]:
    return {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "article": article,
        "may_restore": may_edit(article, request.user) and not article.is_closed,
    }


def picks_of(article: Article) -> list[Revision]:
    """All revisions, as a picker names them."""
    return list(article.revisions.select_related("created_by").only("number", "created_at", "created_by"))


def _name_of(day: date, today: date) -> str:
    """A day as colleagues say it: "Yesterday, Monday 16 November"."""
    written = f"{day:%A %-d %B}" if day.year == today.year else f"{day:%A %-d %B %Y}"
    near = {0: "Today, ", 1: "Yesterday, "}.get((today - day).days, "")
    return f"{near}{written}"


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise Http404("The history has no such part.")
    return kind


def _until(request: HttpRequest) -> date | None:
    written = request.GET.get("until", "")
    if not written:
        return None
    try:
        until = parse_date(written)
    except ValueError:
        until = None
    if until is None or until.year > 9000 or until.year < 2:
        raise Http404("Write the day as 2026-11-16.")
    return until


def _number(request: HttpRequest) -> int:
    written = request.GET.get("page", "1")
    if not (written.isascii() and written.isdecimal() and 1 <= len(written) <= LONGEST_PAGE_NUMBER and int(written)):
        raise Http404("The history has no such page.")
    return int(written)


def _query(kind: str, until: date | None, number: int) -> str:
    given = {"kind": kind, "until": until.isoformat() if until else "", "page": str(number) if number > 1 else ""}
    return urlencode({name: value for name, value in given.items() if value})
