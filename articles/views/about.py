"""Pages that editors write: who we are, and the rules we keep."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from articles.models import StandingPage
from articles.models.standing_page import ABOUT
from articles.page_metadata import of_list, of_page
from articles.views.navigation import furniture
from articles.views.public_page import public_page


@public_page
def about(request: HttpRequest) -> HttpResponse:
    return _page(request, ABOUT)


@public_page
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, slug)


@public_page
def policies(request: HttpRequest) -> HttpResponse:
    """All of them, by what each is about."""
    context = {
        "metadata": of_list(
            title="Policies",
            description="The rules that we keep.",
            path=request.path,
            steps=[("Policies", request.path)],
        ),
        "furniture": furniture(),
        "current_page": "policies",
        "pages": StandingPage.objects.public(),
    }
    return render(request, "articles/policies.html", context)


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them, beside the list of all: they are few, and read together."""
    pages = list(StandingPage.objects.public())
    shown = next((page for page in pages if page.slug == slug), None)
    if shown is None:
        raise Http404("There is no such page.")
    if shown.get_absolute_url() != request.path:
        return HttpResponsePermanentRedirect(shown.get_absolute_url())
    context = {
        "metadata": of_page(title=shown.title, description=shown.summary or shown.title, path=request.path),
        "furniture": furniture(),
        "current_page": slug,
        "page": shown,
        "pages": pages,
    }
    return render(request, "articles/standing_page.html", context)
