from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Edition, Representation
from articles.public_versions import sealing_notices
from articles.views.navigation import furniture
from articles.views.rivers import latest_stories


def gone(request: HttpRequest, shown: Representation) -> HttpResponse:
    """410, which says nothing of what the story was; only a kill carries its public notice."""
    is_killed = shown.status == Representation.Status.KILLED
    context = {
        "furniture": furniture(),
        "latest": latest_stories(),
        "is_killed": is_killed,
        "public_note": shown.public_note if is_killed else "",
    }
    return render(request, "articles/gone.html", context, status=410)


def sealed(request: HttpRequest, story: Representation, edition: Edition) -> HttpResponse:
    """410 for what stood only in a sealed edition of a story that is live, with the notice that sealed it."""
    context = {"furniture": furniture(), "story": story, "notices": sealing_notices(edition)}
    return render(request, "articles/sealed.html", context, status=410)
