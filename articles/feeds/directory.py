"""All feeds, for the page that lists them and for whoever checks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse

from articles.feeds.formats import FORMATS
from articles.models import Author, AuthorListing, Listing, Section, Storyline
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One feed with the page that shows the same, and its addresses by format."""

    name: str
    page: str
    addresses: dict[str, str]


def main_feeds() -> list[FeedLink]:
    """Of everything, of quotations, of corrections."""
    return [
        _link("All stories", reverse("home"), "feed-all"),
        _link("Quotations", reverse("quotes"), "feed-quotes"),
        _link("Corrections", reverse("corrections"), "feed-corrections"),
    ]


def section_feeds() -> list[FeedLink]:
    return [_link(name, reverse("section", args=[slug]), "feed-section", slug=slug) for slug, name in _sections()]


def author_feeds() -> list[FeedLink]:
    listed = AuthorListing.objects.filter(author_slug=OuterRef("slug"))
    authors = Author.objects.filter(Exists(listed)).order_by("name").values_list("slug", "name")
    return [_link(name, reverse("author", args=[slug]), "feed-author", slug=slug) for slug, name in authors]


def storyline_feeds() -> list[FeedLink]:
    shown = Storyline.objects.public().order_by("title", "pk").values_list("slug", "title")
    return [_link(title, reverse("storyline", args=[slug]), "feed-storyline", slug=slug) for slug, title in shown]


def country_feeds() -> list[FeedLink]:
    """Of countries that a live story stands under."""
    has_stories = Exists(Listing.objects.filter(entity=OuterRef("pk")))
    countries = Entity.objects.public().filter(has_stories, kind=Kind.COUNTRY).order_by("sort_name")
    return [
        _link(name, reverse("country", args=[slug]), "feed-country", slug=slug)
        for slug, name in countries.values_list("slug", "name")
    ]


def entity_feed(entity: Entity) -> FeedLink:
    names = {"slug": entity.slug} if entity.kind == Kind.COUNTRY else {"kind": entity.kind, "slug": entity.slug}
    route = "feed-country" if entity.kind == Kind.COUNTRY else "feed-entity"
    return _link(entity.name, entity.get_absolute_url(), route, **names)


def every_feed() -> list[str]:
    """The paths of all feeds in all formats; of entities other than countries, those with a live story."""
    has_stories = Exists(Listing.objects.filter(entity=OuterRef("pk")))
    others = Entity.objects.public().filter(has_stories).exclude(kind=Kind.COUNTRY).order_by("kind", "sort_name")
    links = [
        *main_feeds(),
        *section_feeds(),
        *storyline_feeds(),
        *author_feeds(),
        *country_feeds(),
        *map(entity_feed, others),
    ]
    return [address for link in links for address in link.addresses.values()]


def _sections() -> Iterable[tuple[str, str]]:
    return Section.objects.order_by("ordinal", "name").values_list("slug", "name")


def _link(name: str, page: str, route: str, **names: str) -> FeedLink:
    return FeedLink(name, page, {form: reverse(route, kwargs=names | {"form": form}) for form in FORMATS})
