from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Representation
from articles.views.navigation import sections


def gone(request: HttpRequest, shown: Representation) -> HttpResponse:
    """410, which says nothing of what the story was; only a kill carries its public notice."""
    is_killed = shown.status == Representation.Status.KILLED
    context = {
        "sections": sections(),
        "is_killed": is_killed,
        "public_note": shown.public_note if is_killed else "",
    }
    return render(request, "articles/gone.html", context, status=410)
