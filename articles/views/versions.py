"""The versions of a story that readers were given: their list, each of them, and what changed between two."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from articles.differences import between_editions
from articles.documents import edition_document
from articles.models import Article, Edition, Representation
from articles.public_versions import change_log
from articles.representations import page_context
from articles.views.gone import gone, sealed
from articles.views.navigation import furniture
from articles.views.public_page import parameter, public_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST_NUMBER = 9


def of_live_story(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Give a view the live story at a path; an old address leads on, a story that is gone says so."""

    @public_page
    @wraps(view)
    def found(request: HttpRequest, path: str, **rest: Any) -> HttpResponse:
        shown = Representation.objects.filter(article__addresses__path=path).defer("json", "html").first()
        if shown is None:
            raise Http404("There is no story at this address.")
        if shown.status != Representation.Status.LIVE:
            return gone(request, shown)
        if shown.path != path:
            query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            return HttpResponsePermanentRedirect(f"{request.path.replace(path, shown.path, 1)}{query}")
        return view(request, shown, **rest)

    return found


@of_live_story
def versions(request: HttpRequest, story: Representation) -> HttpResponse:
    """The public change log, small repairs and all."""
    article = Article.objects.only("edition_id").get(pk=story.article_id)
    return render(request, "articles/versions.html", _context(story) | {"log": change_log(article)})


@of_live_story
def version(request: HttpRequest, story: Representation, number: int) -> HttpResponse:
    """One version as readers had it, under every notice since."""
    edition = _edition(story, number)
    if edition.sealed_at is not None:
        return sealed(request, story, edition)
    log = change_log(edition.article)
    context = _context(story) | {
        **page_context(edition, edition_document(edition)),
        "is_old_version": True,
        "log": log,
        "version": next(entry for entry in log.versions if entry.number == number),
    }
    return render(request, "articles/version.html", context)


@of_live_story
def changes(request: HttpRequest, story: Representation, number: int) -> HttpResponse:
    """What changed from the version before, or from the one that `since` names."""
    newer = _edition(story, number)
    older = _edition(story, _since(request)) if "since" in request.GET else _before(story, newer)
    for edition in (newer, older):
        if edition.sealed_at is not None:
            return sealed(request, story, edition)
    older, newer = sorted((older, newer), key=lambda edition: edition.version)
    context = _context(story) | {"older": older, "newer": newer, "differences": between_editions(older, newer)}
    return render(request, "articles/changes.html", context)


def _context(story: Representation) -> dict[str, Any]:
    return {"story": story, "furniture": furniture(), "current_section": story.card["section"]["slug"]}


def _edition(story: Representation, number: int) -> Edition:
    edition = _editions(story).filter(version=number).first()
    if edition is None:
        raise Http404("This story has no such version.")
    return edition


def _before(story: Representation, edition: Edition) -> Edition:
    """The version before that may be shown; the sealed one before where there is none."""
    earlier = _editions(story).filter(version__lt=edition.version)
    found = earlier.order_by(F("sealed_at").desc(nulls_first=True), "-version").first()
    if found is None:
        raise Http404("There is no version before this one.")
    return found


def _editions(story: Representation) -> QuerySet[Edition]:
    return Edition.objects.select_related("article", "section", "image").filter(article=story.article_id)


def _since(request: HttpRequest) -> int:
    written = parameter(request, "since", longest=LONGEST_NUMBER)
    if not (written.isascii() and written.isdecimal()):
        raise Http404("This story has no such version.")
    return int(written)
