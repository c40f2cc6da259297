from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.page_metadata import FeedOf, of_list
from articles.views.facets import COUNTED, chosen_facets, facets_of
from articles.views.front import pinned_in
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list
from articles.views.rivers import live_stories, river

if TYPE_CHECKING:
    from articles.views.not_live import NotLive


@public_list
def section(request: HttpRequest, slug: str) -> HttpResponse:
    return section_page(request, slug)


def section_page(request: HttpRequest, slug: str, *, not_live: NotLive | None = None) -> HttpResponse:
    """What an editor has pinned, and the other stories newest first, all of them or those of one country or type."""
    around = furniture()
    shown = next((link for link in around["sections"] if link["slug"] == slug), None)
    if shown is None:
        raise Http404("There is no such section.")
    stories = live_stories().filter(section__slug=slug)
    before, chosen = Position.read(request.GET.get("before")), chosen_facets(request)
    pinned = [] if chosen.asked else pinned_in(slug)
    page = river(chosen.narrow(stories).exclude(pk__in=[story.pk for story in pinned]), before)
    context = {
        "metadata": of_list(
            title=shown["name"],
            description=shown["description"] or shown["name"],
            path=request.path,
            before=before,
            feeds=[FeedOf(shown["name"], "feed-section", {"slug": slug})],
            steps=[(shown["name"], request.path)],
        ),
        "furniture": around,
        "not_live": not_live,
        "section": shown,
        "current_section": slug,
        "pinned": pinned if page.is_first else [],
        "river": page,
        "keep": urlencode(chosen.asked),
        "chosen": chosen,
        "facets": facets_of(stories, chosen),
        "counted": COUNTED,
    }
    return render(request, "articles/section.html", context)
