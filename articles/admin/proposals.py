"""The panel's own doors: what it shows now, and the verdicts on proposals, one by one and many at once.

The page's modules ask for JSON; without JavaScript the same addresses take plain forms and lead back to the page.
A verdict is answered briefly: the page has shown it already, and asks for the panel when it has sent them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from articles import suggestions
from articles.admin.panel import Panel, loaded
from articles.models import Article, Quote, RelatedLink, Tag
from articles.models.tag import Role
from articles.page_stamp import COLUMNS, TAGGING, stamp_of, with_decided
from articles.states import NotAllowed, Refused

PANEL_TEMPLATE = "admin/articles/article/editing/panel.html"
STATUSES = {NotAllowed: HTTPStatus.FORBIDDEN}
# Takes "tag-12"; refuses "tag-x" and five thousand digits.
CARD = re.compile(r"(tag|quote|related)-(\d{1,18})")


@require_GET
def show_panel(request: HttpRequest, pk: str) -> HttpResponse:
    """The panel, or only its stamp where the asker has seen it; the page asks once a second after a save."""
    require_view(request)
    row = with_decided(Article.objects.filter(pk=pk)).values(*COLUMNS, *TAGGING).first()
    if row is None:
        raise Http404("There is no such story.")
    stamp = stamp_of(row)
    if stamp == request.GET.get("stamp"):
        return JsonResponse({"stamp": stamp, "lock_version": row["lock_version"]})
    return panel_response(request, pk)


@require_POST
def decide(request: HttpRequest, pk: str, kind: str, row: int, decision: str) -> HttpResponse:
    """Pass a verdict on to its verb."""
    require_view(request)
    verb = DECISIONS.get((kind, decision)) or DECISIONS.get(("", decision))
    if verb is None or kind not in KINDS:
        raise Http404("There is no such verdict.")
    proposal = get_object_or_404(KINDS[kind].objects.select_related("article", *RELATED[kind]), pk=row, article=pk)
    try:
        verb(proposal, request)
    except Refused as refusal:
        return refused(request, refusal, pk)
    return done(request, proposal.article)


@require_POST
def confirm_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the cards that the page has shown as those to be confirmed."""
    require_view(request)
    article = get_object_or_404(Article, pk=pk)
    tags, quotes, related = keys_of(request.POST.getlist("card"))
    try:
        batch = suggestions.confirm_all(article, by=request.user, tags=tags, quotes=quotes, related=related)
    except Refused as refusal:
        return refused(request, refusal, str(pk))
    return done(request, article, count=batch.count, decided_at=batch.decided_at.isoformat())


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a `confirm_all`, named by its time."""
    require_view(request)
    article = get_object_or_404(Article, pk=pk)
    try:
        decided_at = datetime.fromisoformat(request.POST.get("decided_at", ""))
    except ValueError:
        raise Http404("There is no such time.") from None
    if timezone.is_naive(decided_at):
        raise Http404("A time needs its zone.")
    try:
        count = suggestions.take_back(article, by=request.user, decided_at=decided_at)
    except Refused as refusal:
        return refused(request, refusal, str(pk))
    return done(request, article, count=count)


def keys_of(cards: Iterable[str]) -> tuple[list[int], list[int], list[int]]:
    """Keys of tags, quotes and related links: "tag-12" is the tag 12.

    Raises:
        Http404: one of them is no card.
    """
    keys: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for card in cards:
        match = CARD.fullmatch(card)
        if match is None:
            raise Http404("There is no such card.")
        keys[match[1]].append(int(match[2]))
    return keys["tag"], keys["quote"], keys["related"]


KINDS: dict[str, Any] = {"tag": Tag, "quote": Quote, "related": RelatedLink}
RELATED: dict[str, tuple[str, ...]] = {"tag": ("entity",), "quote": (), "related": ()}
DECISIONS: dict[tuple[str, str], Callable[[Any, HttpRequest], object]] = {
    ("tag", "confirm"): lambda tag, request: suggestions.confirm_tag(tag, by=request.user),
    ("tag", "about"): lambda tag, request: suggestions.confirm_tag(tag, by=request.user, role=Role.ABOUT),
    ("tag", "mention"): lambda tag, request: suggestions.confirm_tag(tag, by=request.user, role=Role.MENTION),
    ("tag", "primary"): lambda tag, request: suggestions.choose_primary(tag, by=request.user),
    ("quote", "confirm"): lambda quote, request: suggestions.confirm_quote(quote, by=request.user),
    ("quote", "take-new-words"): lambda quote, request: suggestions.accept_new_words(quote, by=request.user),
    ("related", "confirm"): lambda link, request: suggestions.confirm_related(link, by=request.user),
    ("", "reject"): lambda proposal, request: suggestions.reject(proposal, by=request.user),
    ("", "reconsider"): lambda proposal, request: suggestions.reconsider(proposal, by=request.user),
}


def panel_response(request: HttpRequest, pk: str) -> JsonResponse:
    panel = Panel(loaded(pk), request.user)
    return JsonResponse(
        {
            "stamp": panel.stamp,
            "lock_version": panel.article.lock_version,
            "saved_by": str(panel.revision.created_by or "an import"),
            "is_tagging": panel.is_tagging,
            "panel": render_to_string(PANEL_TEMPLATE, {"panel": panel, "article": panel.article}, request),
            "evidence": panel.evidence(),
        }
    )


def done(request: HttpRequest, article: Article, **facts: Any) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"lock_version": article.lock_version, **facts})
    return redirect("admin:articles_article_change", article.pk)


def refused(request: HttpRequest, refusal: Refused, pk: str) -> HttpResponse:
    """The verb's own words, as JSON or as a message on the page."""
    if wants_json(request):
        status = STATUSES.get(type(refusal), HTTPStatus.CONFLICT)
        return JsonResponse({"code": refusal.code, "message": refusal.message}, status=status)
    messages.error(request, refusal.message)
    return redirect("admin:articles_article_change", pk)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def require_view(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
