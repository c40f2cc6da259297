"""The maps of the site for search engines (sitemaps.org 0.9, and Google's for news).

Written by hand and sent as they are read: Django's own draw a template over a list of up to 50,000 addresses, and give
a day where the protocol takes the minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone

from articles.feeds.formats import printable
from articles.models import AuthorListing, Listing, Representation, Section, StandingPage, Storyline
from articles.public_notation import absolute, instant
from articles.views.public_page import public_list
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

# What the protocol allows in one file.
URLS_IN_FILE = 50_000
# And of an index. A higher number in an address is no page of ours.
MOST_PAGES = 1_000
READ_AT_ONCE = 2_000
NAMED = ("home", "countries", "map", "storylines", "diary", "quotes", "authors", "corrections", "policies", "feeds")
NEWS_FOR = timedelta(hours=48)
MOST_NEWS = 1_000
MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


class Place(NamedTuple):
    """A path, and when what is there was changed, where that is known."""

    path: str
    changed_at: datetime | None = None


@public_list
def index(request: HttpRequest) -> StreamingHttpResponse:
    """A file for each month of stories, and those of all other pages."""
    return _document("sitemapindex", MAP, (_entry("sitemap", place) for place in (*_months(), *_other_files())))


@public_list
def news(request: HttpRequest) -> StreamingHttpResponse:
    """Stories of the last two days, with what Google News asks of them."""
    found = recent_stories().only("path", "headline", "published_at")[:MOST_NEWS]
    return _document("urlset", f"{MAP} {NEWS}", map(_news_entry, found))


@public_list
def month(request: HttpRequest, year: int, month: int, page: int = 1) -> StreamingHttpResponse:
    try:
        begins = datetime(year, month, 1, tzinfo=UTC)
        ends = (begins + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise Http404("There is no such month.") from error
    stories = _live().filter(published_at__gte=begins, published_at__lt=ends)
    rows = stories.order_by("published_at", "article_id").values_list("path", "updated_at")
    start = (page - 1) * URLS_IN_FILE
    if not 1 <= page <= MOST_PAGES:
        raise Http404("There is no such part of the map.")
    found = rows[start : start + URLS_IN_FILE].iterator(chunk_size=READ_AT_ONCE)
    return _urls(Place(f"/news/{path}/", changed_at) for path, changed_at in found)


@public_list
def countries(request: HttpRequest) -> StreamingHttpResponse:
    shown = _countries().values_list("slug", flat=True)
    return _urls(Place(reverse("country", args=[slug])) for slug in shown)


@public_list
def entities(request: HttpRequest, page: int = 1) -> StreamingHttpResponse:
    """Those with a live story; a page that has nothing to say is not worth a visit."""
    shown = _entities()
    start = (page - 1) * URLS_IN_FILE
    if not 1 <= page <= MOST_PAGES:
        raise Http404("There is no such part of the map.")
    found = shown.values_list("kind", "slug")[start : start + URLS_IN_FILE].iterator(chunk_size=READ_AT_ONCE)
    return _urls(Place(reverse("entity", args=[kind, slug])) for kind, slug in found)


@public_list
def pages(request: HttpRequest) -> StreamingHttpResponse:
    """Everything else: the lists, the sections, the storylines, the authors."""
    named = map(reverse, NAMED)
    standing = [page.get_absolute_url() for page in StandingPage.objects.public()]
    sections = [section.get_absolute_url() for section in Section.objects.order_by("ordinal", "name")]
    storylines = [storyline.get_absolute_url() for storyline in Storyline.objects.public().order_by("pk")]
    listed = AuthorListing.objects.order_by("author_slug").values_list("author_slug", flat=True).distinct()
    authors = [reverse("author", args=[slug]) for slug in listed]
    return _urls(map(Place, [*named, *standing, *sections, *storylines, *authors]))


def recent_stories() -> QuerySet[Representation]:
    """What the map of news lists; nothing in a newsroom that was quiet for two days."""
    return _live().filter(published_at__gt=timezone.now() - NEWS_FOR).order_by("-published_at", "-article_id")


def _months() -> Iterator[Place]:
    """The newest first. A story that was taken down has changed its month, too."""
    counted = Count("pk", filter=~_taken_down())
    rows = (
        Representation.objects.order_by()
        .annotate(month=TruncMonth("published_at", tzinfo=UTC))
        .values_list("month")
        .annotate(stories=counted, changed_at=Max("updated_at"), gone_at=Max("built_at", filter=_taken_down()))
        .order_by("-month")
    )
    for begins, stories, changed_at, gone_at in rows:
        moment = max(moment for moment in (changed_at, gone_at) if moment)
        for page in range(1, -(-stories // URLS_IN_FILE) + 1):
            yield Place(_month_path(begins, page), moment)


def _month_path(begins: datetime, page: int) -> str:
    names: dict[str, int] = {"year": begins.year, "month": begins.month}
    return reverse("sitemap-month", kwargs=names | ({"page": page} if page > 1 else {}))


def _other_files() -> Iterator[Place]:
    listed = {
        "sitemap-news": recent_stories().exists(),
        "sitemap-pages": True,
        "sitemap-countries": _countries().exists(),
        "sitemap-entities": _entities().exists(),
    }
    yield from (Place(reverse(name)) for name, is_there in listed.items() if is_there)
    for page in range(2, -(-_entities().count() // URLS_IN_FILE) + 1):
        yield Place(reverse("sitemap-entities", kwargs={"page": page}))


def _live() -> QuerySet[Representation]:
    return Representation.objects.filter(status=Representation.Status.LIVE)


def _taken_down() -> Q:
    return ~Q(status=Representation.Status.LIVE)


def _countries() -> QuerySet[Entity]:
    return Entity.objects.public().filter(kind=Kind.COUNTRY).order_by("sort_name")


def _entities() -> QuerySet[Entity]:
    has_stories = Exists(Listing.objects.filter(entity=OuterRef("pk")))
    return Entity.objects.public().filter(has_stories).exclude(kind=Kind.COUNTRY).order_by("pk")


def _urls(places: Iterable[Place]) -> StreamingHttpResponse:
    return _document("urlset", MAP, (_entry("url", place) for place in places))


def _entry(element: str, place: Place) -> str:
    changed = f"<lastmod>{instant(place.changed_at)}</lastmod>" if place.changed_at else ""
    return f"<{element}><loc>{escape(absolute(place.path))}</loc>{changed}</{element}>\n"


def _news_entry(story: Representation) -> str:
    publication = f"<news:name>{escape(printable(settings.SITE_NAME))}</news:name><news:language>en</news:language>"
    return (
        f"<url><loc>{escape(absolute(story.get_absolute_url()))}</loc><news:news>"
        f"<news:publication>{publication}</news:publication>"
        f"<news:publication_date>{instant(story.published_at)}</news:publication_date>"
        f"<news:title>{escape(printable(story.headline))}</news:title></news:news></url>\n"
    )


def _document(root: str, namespaces: str, entries: Iterable[str]) -> StreamingHttpResponse:
    rest = iter(entries)
    first = next(rest, None)
    if first is None:
        # The protocol has no empty map.
        raise Http404("There is nothing to list.")
    head, foot = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {namespaces}>\n', f"</{root}>\n"
    return StreamingHttpResponse(chain([head, first], rest, [foot]), content_type="application/xml; charset=utf-8")


urlpatterns = [
    path("sitemap.xml", index, name="sitemap"),
    path("sitemaps/news.xml", news, name="sitemap-news"),
    path("sitemaps/pages.xml", pages, name="sitemap-pages"),
    path("sitemaps/countries.xml", countries, name="sitemap-countries"),
    path("sitemaps/entities.xml", entities, name="sitemap-entities"),
    path("sitemaps/entities-<int:page>.xml", entities, name="sitemap-entities"),
    path("sitemaps/stories-<int:year>-<int:month>.xml", month, name="sitemap-month"),
    path("sitemaps/stories-<int:year>-<int:month>-<int:page>.xml", month, name="sitemap-month"),
]
