"""Who writes here: all of them, and each with their stories."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Author, AuthorListing
from articles.page_metadata import of_author, of_list
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list, public_page
from articles.views.rivers import author_river


@public_page
def authors(request: HttpRequest) -> HttpResponse:
    """All who have a live story."""
    listed = AuthorListing.objects.filter(author_slug=OuterRef("slug"))
    shown = Author.objects.filter(Exists(listed)).select_related("picture").order_by("name", "pk")
    context = {
        "metadata": of_list(
            title="Authors",
            description="Who writes here, each with their stories.",
            path=request.path,
            steps=[("Authors", request.path)],
        ),
        "furniture": furniture(),
        "authors": shown,
    }
    return render(request, "articles/authors.html", context)


@public_list
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Who writes, and the live stories that carry the name."""
    shown = get_object_or_404(Author.objects.select_related("picture"), slug=slug)
    before = Position.read(request.GET.get("before"))
    context = {
        "metadata": of_author(name=shown.name, slug=slug, role=shown.role, biography=shown.biography, before=before),
        "furniture": furniture(),
        "author": shown,
        "river": author_river(slug, before),
    }
    return render(request, "articles/author.html", context)
