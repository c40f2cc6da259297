from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import ChangeCounter, FrontSlot, Listing, Representation
from articles.views import statements
from articles.views.country_counts import CountryCount, most_named_countries
from articles.views.exercises import exercises
from articles.views.front import STORIES_READ, arrange, placed_at_home
from articles.views.navigation import Furniture, furniture, furniture_beside
from articles.views.public_page import public_page
from articles.views.rivers import live_stories
from entities.models import GazetteerVersion

if TYPE_CHECKING:
    from datetime import datetime

DAYS_IN_NEWS = 7

# The page as this process made it last, and what the database said then.
_made: tuple[str, bytes] = ("", b"")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The page as it was made last, if since then nothing of what it shows has changed; else made anew.

    The number of the last public change is read with each request: a killed story is gone with the commit of the
    kill. Inside of a transaction nothing is kept, for what that sees may never come to be.
    """
    global _made
    if connection.in_atomic_block:
        return front_page(request, furniture())
    state = _state()
    if state is None:  # nothing was ever published
        return front_page(request, furniture())
    around = state.pop("furniture")
    key = repr((around, state, _minute()))
    if _made[0] != key:
        _made = (key, front_page(request, around).content)
    return HttpResponse(_made[1])


def _minute() -> str:
    """The date above the page moves on, and whatever was not thought of is right again after a minute."""
    return f"{timezone.now():%Y-%m-%dT%H:%M}"


def _state() -> dict[str, Any] | None:
    """All that the page depends on, in one statement: the last public change, names, slots, furniture."""
    slots = FrontSlot.objects.shown(timezone.now()).order_by("id")
    return (
        ChangeCounter.objects.annotate(
            gazetteer=Subquery(GazetteerVersion.objects.values("stamp")[:1]),
            slots=ArraySubquery(slots.values(slot=JSONObject(id="id", at="placed_at"))),
            furniture=furniture_beside(),
        )
        .values("epoch", "sequence", "gazetteer", "slots", "furniture")
        .first()
    )


def front_page(request: HttpRequest, around: Furniture) -> HttpResponse:
    """The page made anew."""
    stories = list(live_stories()[:STORIES_READ])
    newest = stories[0].published_at if stories else None
    context = {
        "furniture": around,
        "front": arrange(stories, placed_at_home()),
        "quote": statements.of_day(),
        "countries": countries_in_news(until=newest) if newest else [],
        "exercises": exercises(until=newest) if newest else [],
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
