"""The storylines of a story, on its editing page: in which it is, and a press to put it into one or take it out."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from articles import storylines
from articles.admin.clean_queries import is_key
from articles.admin.proposals import require_view, wants_json
from articles.models import Article, Storyline, StorylineStory
from articles.states import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

FRAGMENT = "admin/articles/article/editing/storylines.html"
MOST_OFFERED = 200


@dataclass(frozen=True, slots=True)
class OfStorylines:
    """Those that a story is in, with its number there, and those that are open to it."""

    mine: list[Storyline]
    open: list[Storyline]
    may_change: bool


def of_storylines(article: Article, by: AbstractUser) -> OfStorylines:
    """One statement, whatever the number of storylines."""
    number = StorylineStory.objects.filter(storyline=OuterRef("pk"), article=article).values("ordinal")
    rows = Storyline.objects.annotate(number=Subquery(number)).order_by("title", "pk")
    offered = rows.filter(Q(number__isnull=False) | Q(state=Storyline.State.OPEN))[:MOST_OFFERED]
    found = list(offered)
    return OfStorylines(
        mine=[storyline for storyline in found if storyline.number],
        open=[storyline for storyline in found if not storyline.number],
        may_change=storylines.may_change(by) and not article.is_closed,
    )


@require_POST
def storylines_view(request: HttpRequest, pk: int) -> HttpResponse:
    """“add” or “remove” with the number of a storyline; a script gets the part of the page as it is then."""
    require_view(request)
    article = get_object_or_404(Article, pk=pk)
    try:
        _press(article, request.POST, by=request.user)
    except Refused as refusal:
        if wants_json(request):
            return JsonResponse({"code": refusal.code, "message": refusal.message}, status=HTTPStatus.CONFLICT)
        messages.error(request, refusal.message)
    if wants_json(request):
        context = {"article": article, "storylines": of_storylines(article, request.user)}
        return JsonResponse({"part": render_to_string(FRAGMENT, context, request)})
    return redirect("admin:articles_article_change", pk)


def _press(article: Article, given: Any, *, by: Any) -> None:
    verb = storylines.remove_story if given.get("remove") else storylines.add_story
    key = given.get("remove") or given.get("add", "")
    storyline = Storyline.objects.filter(pk=key).first() if is_key(key) else None
    if storyline is None:
        raise Http404("There is no such storyline.")
    verb(storyline, article, by=by)
