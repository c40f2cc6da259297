"""The publish checks while one writes: the same questions, asked of what is typed and not yet saved."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from articles.models import Article, Image, RelatedLink, ReportedFact, Tag
from articles.publish_checks import PublishChecks, checks_of
from articles.roles import holds
from articles.written_copy import WrittenCopy

MOST_CHARACTERS = 500_000
TEMPLATE = "admin/articles/article/editing/checks.html"


@require_POST
def check_typed(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is saved. Answers the list of findings as HTML with its counts.

    Parts of the form that were not sent count as they were saved.
    """
    if len(request.POST.get("body", "")) > MOST_CHARACTERS:
        return JsonResponse(
            {"code": "too_long", "message": "The story is too long to be checked while you write: save it first."},
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    checks = checks_of(_typed(_loaded(pk, request), request))
    html = render_to_string(TEMPLATE, {"checks": checks, "is_typed": True}, request)
    return JsonResponse({"html": html, "says": summary(checks)})


def summary(checks: PublishChecks) -> str:
    """One line for who hears the page: it is read out when it changes."""
    blocking, warning = len(checks.blocking), len(checks.warning)
    standing = f"{blocking} in the way of publication" if blocking else "Nothing in the way of publication"
    return f"{standing}, {warning} to look at."


def _loaded(pk: int, request: HttpRequest) -> Article:
    links = RelatedLink.objects.filter(article=OuterRef("pk"), target__isnull=False)
    facts = ReportedFact.objects.filter(article=OuterRef("pk"))
    found = (
        Article.objects.select_related("revision__tagging_run", "edition", "image")
        .prefetch_related("quotes", Prefetch("tags", Tag.objects.select_related("entity")))
        .annotate(
            has_links=Exists(links),
            has_facts=Exists(facts),
            is_shown=holds(request.user, "view_article"),
        )
        .defer("edition__html", "edition__text", "edition__blocks")
    )
    article = found.filter(pk=pk).first()
    if article is None:
        raise Http404("There is no such story.")
    if not article.is_shown:
        raise PermissionDenied
    return article


def _typed(article: Article, request: HttpRequest) -> WrittenCopy:
    typed = request.POST
    changes: dict[str, Any] = {
        name: typed[name].replace("\x00", "") for name in ("headline", "standfirst", "slug", "body") if name in typed
    }
    if "section" in typed:
        changes["has_section"] = bool(typed["section"])
    if "image" in typed:
        changes["image"] = _image(article, typed["image"])
    # Ticks that are not set are not sent: with the rest of the form, none means no author.
    if "headline" in typed:
        changes["has_byline"] = bool(typed.getlist("authors"))
    return WrittenCopy.of(article).typed(**changes)


def _image(article: Article, chosen: str) -> Image | None:
    if not chosen.isdecimal():
        return None
    if article.image is not None and str(article.image.pk) == chosen:
        return article.image
    return Image.objects.filter(pk=int(chosen)).first() if len(chosen) < 19 else None
