from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.page_metadata import FeedOf, of_list
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list
from articles.views.rivers import live_stories, river


@public_list
def section(request: HttpRequest, slug: str) -> HttpResponse:
    around = furniture()
    shown = next((link for link in around["sections"] if link["slug"] == slug), None)
    if shown is None:
        raise Http404("There is no such section.")
    stories = live_stories().filter(section__slug=slug)
    before = Position.read(request.GET.get("before"))
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
        "section": shown,
        "current_section": slug,
        "river": river(stories, before),
    }
    return render(request, "articles/section.html", context)
