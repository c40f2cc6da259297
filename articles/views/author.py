from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Author
from articles.page_metadata import of_author
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list
from articles.views.rivers import live_stories, river


@public_list
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Who writes, and the live stories that carry the name."""
    shown = get_object_or_404(Author, slug=slug)
    stories = live_stories().filter(card__contains={"bylines": [{"slug": slug}]})
    before = Position.read(request.GET.get("before"))
    context = {
        "metadata": of_author(name=shown.name, slug=slug, role=shown.role, biography=shown.biography, before=before),
        "furniture": furniture(),
        "author": shown,
        "river": river(stories, before),
    }
    return render(request, "articles/author.html", context)
