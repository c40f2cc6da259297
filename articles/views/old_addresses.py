"""Where an address leads that no page has: an earlier one, one in capitals, one in another form.

Asked when nothing was found, so that an address that a page has today always comes first. What is answered is the
address of a page as it is now, whatever it was called in between: there are no chains, and no loops.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models.functions import Substr
from django.urls import Resolver404, resolve

from articles.models import Author, FormerAddress, PublicAddress, Section, Storyline
from articles.models.public_address import MONTH_LENGTH
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from django.db.models import Model

LONGEST = 200
# What has pages at /name/slug/, with whose rows know the slugs of today.
LISTED: dict[str, type[Model]] = {"sections": Section, "authors": Author, "storylines": Storyline}
# Takes "/news/vostok", "/News/2026/11/Vostok.html" and "/news/2026/11/24/vostok/amp/"; refuses "/news/2026/11/" and
# whatever holds a sign that no address of ours has.
_STORY = re.compile(
    r"/news/(?:(?P<year>\d{4})/)?(?:(?P<month>\d{1,2})/)?(?:\d{1,2}/)?(?P<slug>[-\w]*[-a-z_][-\w]*)(?:\.html?|/amp)?/?",
    re.ASCII,
)
# Takes "/sections/sea/", "/entities/unit/fleet/timeline/" and "/feeds/countries/norway.atom"; refuses "/countries/".
_SUBJECT = re.compile(
    r"(?P<feeds>/feeds)?/(?:(?P<list>sections|authors|storylines|countries)|entities/(?P<kind>[a-z]+))/(?P<slug>[-\w]+)"
    r"(?:(?P<timeline>/timeline)?/?|\.(?P<form>atom|rss|json))",
    re.ASCII,
)
# Single pages that may be asked for in capitals. The desk, the API, previews and pictures have no readers who type.
_PAGES = re.compile(
    r"/(?:about|countries|map|feeds|storylines|diary|quotes|corrections|policies|search)(?:/[-\w/]*)?", re.ASCII
)


def leads_to(path: str) -> str | None:
    """The path of the page that a reader looks for; None where we never had one."""
    if len(path) > LONGEST:
        return None
    small = path.lower()
    if story := _STORY.fullmatch(small):
        found = _story(story["slug"], year=story["year"], month=story["month"])
    elif subject := _SUBJECT.fullmatch(small):
        found = _subject(path, small, subject)
    else:
        found = _page(small)
    return found if found != path else None


def _story(slug: str, *, year: str | None, month: str | None) -> str | None:
    """That of the month that is named, else the newest that has or had the slug."""
    slug = slug.removesuffix("-amp")
    addresses = PublicAddress.objects.annotate(slug=Substr("path", MONTH_LENGTH + 1)).filter(
        slug=slug, article__representation__isnull=False
    )
    rows = list(
        addresses.order_by("-is_current", "-article__representation__published_at", "-id").values_list(
            "path", "article__representation__path"
        )[:100]
    )
    if not rows:
        return None
    named = f"{year}/{int(month):02}/{slug}" if year and month else ""
    return f"/news/{dict(rows).get(named) or rows[0][1]}/"


def _subject(path: str, small: str, match: re.Match[str]) -> str | None:
    """A section, an author's page, a storyline, a country or an entity, or the feed or the timeline of one."""
    is_feed = bool(match["feeds"])
    if is_feed != bool(match["form"]) or (match["timeline"] and (is_feed or match["list"] in LISTED)):
        return None
    page = _current(match) or _former(path, match) or _former(small, match)
    if match["timeline"]:
        return f"{page}timeline/" if page else None
    return f"/feeds{page.rstrip('/')}.{match['form']}" if page and is_feed else page


def _current(match: re.Match[str]) -> str | None:
    """The page that has the address in small letters."""
    if match["list"] in LISTED:
        rows = LISTED[match["list"]]._default_manager.filter(slug=match["slug"])
        return f"/{match['list']}/{match['slug']}/" if rows.exists() else None
    kind = Kind.COUNTRY.value if match["list"] else match["kind"]
    entity = Entity.objects.filter(kind=kind, slug=match["slug"]).select_related("merged_into").first()
    return _of_entity(entity)


def _former(path: str, match: re.Match[str]) -> str | None:
    page = path.removeprefix("/feeds") if match["feeds"] else path
    page = page[: -len(match["form"]) - 1] if match["form"] else page
    page = page.rstrip("/").removesuffix("/timeline") if match["timeline"] else page
    former = FormerAddress.objects.filter(path=f"{page.rstrip('/')}/")
    found = former.select_related("section", "author", "storyline", "entity__merged_into").first()
    if found is None:
        return None
    if found.section is not None:
        return f"/sections/{found.section.slug}/"
    if found.storyline is not None:
        return f"/storylines/{found.storyline.slug}/"
    return f"/authors/{found.author.slug}/" if found.author is not None else _of_entity(found.entity)


def _of_entity(entity: Entity | None) -> str | None:
    if entity is None or entity.canonical.is_hidden:
        return None
    return entity.canonical.get_absolute_url()


def _page(small: str) -> str | None:
    if not _PAGES.fullmatch(small):
        return None
    page = small if small.endswith("/") else f"{small}/"
    try:
        resolve(page)
    except Resolver404:
        return None
    return page
