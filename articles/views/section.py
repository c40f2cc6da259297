from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_page
from articles.views.rivers import live_stories, river


@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    around = furniture()
    shown = next((link for link in around["sections"] if link["slug"] == slug), None)
    if shown is None:
        raise Http404("There is no such section.")
    stories = live_stories().filter(section__slug=slug)
    context = {
        "furniture": around,
        "section": shown,
        "current_section": slug,
        "river": river(stories, Position.read(request.GET.get("before"))),
    }
    return render(request, "articles/section.html", context)
