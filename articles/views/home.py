from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import Listing, Representation
from articles.page_metadata import of_front_page
from articles.views import statements
from articles.views.country_counts import CountryCount, most_named_countries
from articles.views.exercises import exercises
from articles.views.front import STORIES_READ, arrange, placed_at_home
from articles.views.navigation import furniture
from articles.views.public_page import public_list
from articles.views.rivers import live_stories

if TYPE_CHECKING:
    from datetime import datetime

DAYS_IN_NEWS = 7

# The page as this process made it last, and the state of the public's lists then.
_made: tuple[str, bytes] = ("", b"")


@public_list
def home(request: HttpRequest) -> HttpResponse:
    """The page as it was made last, as long as the state of the public's lists is the same; else made anew.

    That state is read with each request, and changes in the commit of whatever the page shows: a story that is killed
    is gone with its kill. Inside of a transaction nothing is kept, for what that sees may never come to be.
    """
    global _made
    if connection.in_atomic_block:
        return front_page(request)
    kept, page = _made
    if kept != request.lists_state:
        page = front_page(request).content
        _made = (request.lists_state, page)
    return HttpResponse(page)


def front_page(request: HttpRequest) -> HttpResponse:
    """The page made anew."""
    stories = list(live_stories()[:STORIES_READ])
    newest = stories[0].published_at if stories else None
    context = {
        "furniture": furniture(),
        "metadata": of_front_page("Defence news with its sources: who did what, and who said what."),
        "front": arrange(stories, placed_at_home()),
        "quote": statements.of_day(),
        "countries": countries_in_news(until=newest) if newest else [],
        "exercises": exercises(newest, today=timezone.localdate()) if newest else [],
    }
    return render(request, "articles/home.html", context)


def countries_in_news(*, until: datetime) -> list[CountryCount]:
    """Countries of the seven days up to the newest story, most first.

    Counted from the newest story and not from today, so that a quiet week leaves no empty box.
    """
    recent = Representation.objects.filter(
        status=Representation.Status.LIVE, published_at__gt=until - timedelta(days=DAYS_IN_NEWS)
    )
    return most_named_countries(Listing.objects.filter(article_id__in=recent.values("article_id")))
