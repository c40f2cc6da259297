"""The panel's own doors: what it shows now, and the verdicts on proposals.

The page's modules ask for JSON; without JavaScript the same addresses take plain forms and lead back to the page.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from articles import suggestions
from articles.admin.forms import SpeakerForm
from articles.admin.panel import Panel, loaded, stamp_of
from articles.admin.plan import PLANNED
from articles.models import Article, Quote, RelatedLink, Tag
from articles.states import GuardFailed, NotAllowed, Refused

PANEL_TEMPLATE = "admin/articles/article/editing/panel.html"
STATUSES = {NotAllowed: HTTPStatus.FORBIDDEN}
STAMPED = ("lock_version", "work_state", "pub_state", "version", *PLANNED, "revision__tagging_run__status")


@require_GET
def show_panel(request: HttpRequest, pk: str) -> HttpResponse:
    """The panel, or only its stamp where the asker has seen it; the page asks once a second after a save."""
    require_view(request)
    row = Article.objects.filter(pk=pk).values_list(*STAMPED).first()
    if row is None:
        raise Http404("There is no such story.")
    stamp = stamp_of(*row[:-1], row[-1] or "waiting")
    if stamp == request.GET.get("stamp"):
        return JsonResponse({"stamp": stamp, "lock_version": row[0]})
    return panel_response(request, pk)


@require_POST
def decide(request: HttpRequest, pk: str, kind: str, row: int, decision: str) -> HttpResponse:
    """Pass a verdict on to its verb, and answer with the panel as it is then."""
    require_view(request)
    verb = DECISIONS.get((kind, decision)) or DECISIONS.get(("", decision))
    if verb is None or kind not in KINDS:
        raise Http404("There is no such verdict.")
    proposal = get_object_or_404(KINDS[kind].objects.select_related("article"), pk=row, article=pk)
    try:
        verb(proposal, request)
    except Refused as refusal:
        return refused(request, refusal, pk)
    return panel_response(request, pk) if wants_json(request) else redirect("admin:articles_article_change", pk)


def confirm_quote(quote: Any, request: HttpRequest) -> None:
    corrections = {}
    if "speaker_name" in request.POST:
        form = SpeakerForm(request.POST, instance=quote)
        if not form.is_valid():
            raise GuardFailed("; ".join(f"{name}: {' '.join(errors)}" for name, errors in form.errors.items()))
        corrections = form.corrections()
    suggestions.confirm_quote(Quote.objects.get(pk=quote.pk), by=request.user, **corrections)


KINDS: dict[str, Any] = {"tag": Tag, "quote": Quote, "related": RelatedLink}
DECISIONS: dict[tuple[str, str], Callable[[Any, HttpRequest], object]] = {
    ("tag", "confirm"): lambda tag, request: suggestions.confirm_tag(tag, by=request.user),
    ("quote", "confirm"): confirm_quote,
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
