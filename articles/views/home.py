from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

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

    from articles.views.not_live import NotLive

DAYS_IN_NEWS = 7


@public_list
def home(request: HttpRequest) -> HttpResponse:
    return front_page(request)


def front_page(request: HttpRequest, *, not_live: NotLive | None = None) -> HttpResponse:
    """The page itself, also for whoever tries out what to place on it."""
    stories = list(live_stories()[:STORIES_READ])
    newest = stories[0].published_at if stories else None
    context = {
        "furniture": furniture(),
        "not_live": not_live,
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
