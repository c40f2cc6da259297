"""Whom and what we write about, from A to Z. Only what a live story names is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Left, Upper
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.page_metadata import of_list
from articles.views.dossier import PLURALS
from articles.views.navigation import furniture
from articles.views.public_page import public_list
from articles.views.suggestions import with_stories
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

RECENT = 24
# More stand under no letter of a desk's gazetteer.
MOST_UNDER_A_LETTER = 600
# What begins with a digit or a sign.
OTHER = "0-9"
ALL = "Whom and what we write about"
KINDS = [kind for kind in PLURALS if kind != Kind.COUNTRY]


@public_list
def entities(request: HttpRequest) -> HttpResponse:
    """The kinds, each with those most recently in the news."""
    kinds = [(kind, PLURALS[kind], list(_of(kind).order_by(*_newest_first())[:6])) for kind in KINDS]
    context = {
        "metadata": of_list(
            title="People, organisations and equipment",
            description="Everyone and everything that our stories name, by kind.",
            path=request.path,
            steps=[(ALL, request.path)],
        ),
        "furniture": furniture(),
        "kinds": kinds,
    }
    return render(request, "articles/entities.html", context)


@public_list
def entities_of(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: the newest in the news, or those under a letter."""
    if kind == Kind.COUNTRY:
        return HttpResponsePermanentRedirect(reverse("countries"))
    if kind not in KINDS:
        raise Http404("There is no such list.")
    letters = _letters(kind)
    letter = request.GET.get("letter", "")
    if letter and letter not in letters:
        raise Http404("There is nothing under this letter.")
    heading = PLURALS[Kind(kind)]
    context = {
        "metadata": of_list(
            title=heading,
            description=f"{heading} that our stories name, from A to Z.",
            path=request.path,
            steps=[(ALL, reverse("entities")), (heading, request.path)],
        ),
        "furniture": furniture(),
        "kind": kind,
        "heading": heading,
        "letters": letters,
        "letter": letter,
        "entities": _under(kind, letter) if letter else _of(kind).order_by(*_newest_first())[:RECENT],
    }
    return render(request, "articles/entities_of.html", context)


def _of(kind: str) -> QuerySet[Entity]:
    return with_stories(Entity.objects.public().filter(kind=kind))


def _newest_first() -> tuple[object, ...]:
    return F("newest").desc(nulls_last=True), "sort_name", "id"


def _letters(kind: str) -> list[str]:
    first = _of(kind).order_by().annotate(first=Upper(Left("sort_name", 1))).values_list("first", flat=True)
    found = set(first.distinct())
    letters = sorted(letter for letter in found if letter.isalpha())
    return [OTHER, *letters] if len(letters) < len(found) else letters


def _under(kind: str, letter: str) -> QuerySet[Entity]:
    if letter == OTHER:
        found = _of(kind).exclude(sort_name__iregex=r"^[[:alpha:]]")
    else:
        found = _of(kind).annotate(first=Upper(Left("sort_name", 1))).filter(first=letter)
    return found.order_by("sort_name", "id")[:MOST_UNDER_A_LETTER]
