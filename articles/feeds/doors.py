"""The addresses of feeds, and the page that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.feeds.corrections import CorrectionFeed
from articles.feeds.directory import author_feeds, country_feeds, main_feeds, section_feeds, storyline_feeds
from articles.feeds.quotes import QuoteFeed
from articles.feeds.stories import StoryFeed
from articles.feeds.subjects import Subject, everything, of_author, of_entity, of_section, of_storyline
from articles.page_metadata import of_list
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from articles.feeds.news_feed import NewsFeed


@public_list
def directory(request: HttpRequest) -> HttpResponse:
    """The page that lists the feeds."""
    context = {
        "furniture": furniture(),
        "current_page": "feeds",
        "metadata": of_list(
            title="Feeds",
            description="Every list of the paper as RSS, Atom and JSON, for a reader of feeds.",
            path=request.path,
            steps=[("Feeds", request.path)],
        ),
        "groups": [
            ("The paper", main_feeds()),
            ("Sections", section_feeds()),
            ("Storylines", storyline_feeds()),
            ("Authors", author_feeds()),
            ("Countries", country_feeds()),
        ],
    }
    return render(request, "articles/feeds.html", context)


@public_list
def all_stories(request: HttpRequest, form: str) -> HttpResponse:
    return _stories(request, everything(), form)


@public_list
def section_stories(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return _stories(request, of_section(slug), form)


@public_list
def author_stories(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return _stories(request, of_author(slug), form)


@public_list
def storyline_stories(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return _stories(request, of_storyline(slug), form)


@public_list
def country_stories(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return _stories_of_entity(request, kind=Kind.COUNTRY, slug=slug, form=form)


@public_list
def entity_stories(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponse:
    return _stories_of_entity(request, kind=kind, slug=slug, form=form)


@public_list
def quotes(request: HttpRequest, form: str) -> HttpResponse:
    return _answer(request, QuoteFeed(reverse("feed-quotes", args=[form]), form, _before(request)))


@public_list
def corrections(request: HttpRequest, form: str) -> HttpResponse:
    return _answer(request, CorrectionFeed(reverse("feed-corrections", args=[form]), form, _before(request)))


def _stories_of_entity(request: HttpRequest, *, kind: str, slug: str, form: str) -> HttpResponse:
    shown = get_object_or_404(Entity.objects.select_related("merged_into", "country_facts"), kind=kind, slug=slug)
    if shown.canonical.is_hidden:
        raise Http404("There is no such feed.")
    subject = of_entity(shown.canonical)
    address = subject.address(form)
    return HttpResponsePermanentRedirect(address) if address != request.path else _stories(request, subject, form)


def _stories(request: HttpRequest, subject: Subject, form: str) -> HttpResponse:
    return _answer(request, StoryFeed(subject, form, _before(request)))


def _answer(request: HttpRequest, feed: NewsFeed) -> HttpResponse:
    response = feed(request)
    # Of the newest entry alone: a story that is gone has changed the feed, too, and the list's own date says so.
    del response["Last-Modified"]
    return response


def _before(request: HttpRequest) -> Position | None:
    return Position.read(request.GET.get("before"))
