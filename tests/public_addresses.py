"""Every address that the public can ask for, walked out of the map of the site and filled with all there is.

A new public route is walked by itself; one with a part that nothing here knows is refused, so that it is told what
stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles.feeds.formats import FORMATS
from articles.models import Article, Author, Image, PublicAddress, Quote, Section, Storyline
from entities.models import Country, Entity

# The desk is not public, and signing in to it says nothing of a story.
LEFT_OUT = ("admin/", "admin/sign-in/")


def routes() -> dict[tuple[str, tuple[str, ...]], None]:
    """The name of each public route with the names of its parts."""
    return dict.fromkeys(_walk(get_resolver().url_patterns, ()))


def every_address(*, guessed_slugs: Iterable[str] = ()) -> list[str]:
    """All of them, for all rows in the database; `guessed_slugs` are what somebody may try for a story."""
    return addresses_of(_known(list(guessed_slugs)))


def addresses_of(known: dict[str, Any]) -> list[str]:
    """Each route, filled with each of what is known, as `_known` has it."""
    addresses: dict[str, None] = {}
    for name, parts in routes():
        choices = [_choices(known, name, part) for part in parts]
        for values in product(*choices):
            named = dict(zip(parts, values))
            is_no_entity = (
                name in ("entity", "feed-entity", "entity-timeline")
                and (named["kind"], named["slug"]) not in known["entities"]
            )
            if not is_no_entity:
                addresses[reverse(name, kwargs=named)] = None
    return list(addresses)


def _walk(patterns: Iterable[Any], parts: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        if str(pattern.pattern) in LEFT_OUT:
            continue
        named = (*parts, *_parts(pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, named)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} has no name"
            yield pattern.name, named


def _parts(pattern: Any) -> tuple[str, ...]:
    if hasattr(pattern.pattern, "_route"):
        return tuple(pattern.pattern.converters)
    return tuple(pattern.pattern.regex.groupindex)


def _known(guessed: list[str]) -> dict[str, Any]:
    now = timezone.now()
    paths = list(PublicAddress.objects.values_list("path", flat=True))
    countries = Entity.objects.filter(kind="country").values_list("slug", flat=True)
    return {
        "section": list(Section.objects.values_list("slug", flat=True)),
        "storyline": list(Storyline.objects.values_list("slug", flat=True)),
        "author": list(Author.objects.values_list("slug", flat=True)),
        "country": list(countries),
        "entities": set(Entity.objects.values_list("kind", "slug")),
        "story": paths + [f"{now:%Y/%m}/{slug}" for slug in guessed],
        "story slugs": [path.rpartition("/")[2] for path in paths] + guessed,
        "article uuids": list(Article.objects.values_list("uuid", flat=True)),
        "quote uuids": list(Quote.objects.values_list("uuid", flat=True)),
        "entity uuids": list(Entity.objects.values_list("uuid", flat=True)),
        "pictures": [str(name) for name in Image.objects.values_list("file", flat=True)],
        "codes": list(Country.objects.values_list("alpha2", flat=True)),
        "now": now,
    }


def _choices(known: dict[str, Any], route: str, part: str) -> list[Any]:
    """What can stand in a part of a route's address."""
    subject = route.removeprefix("feed-")
    by_part = {
        "form": list(FORMATS),
        "path": known["pictures"] if route in ("media", "rendition") else known["story"],
        "number": [1, 2],
        "width": [480, 960, 17],
        "version": [1, 2],
        "token": ["not-a-token"],
        "webhook_id": ["msg_of-nobody"],
        "sha256": ["0" * 64],
        "year": [known["now"].year],
        "month": [known["now"].month],
        "page": [1, 2],
        "alpha2": known["codes"],
        "code": known["codes"],
        "kind": sorted({kind for kind, _ in known["entities"]}),
        "other": known["country"],
        "uuid": known["quote uuids"]
        if subject.startswith("quote")
        else known["article uuids"]
        if "article" in subject or subject.startswith(("report", "share"))
        else known["entity uuids"],
        "slug": known["section"]
        if subject == "section"
        else known["author"]
        if subject == "author"
        else known["storyline"]
        if subject == "storyline"
        else known["country"]
        if subject.startswith("country")
        else known["story slugs"]
        if subject == "api-article-by-slug"
        else [slug for _, slug in known["entities"]]
        if subject in ("entity", "entity-timeline")
        else ["bad-request"]
        if subject == "api-problem"
        else POLICIES,
    }
    assert part in by_part, f"tests/public_addresses.py does not know what stands in “{part}” of the route “{route}”"
    return by_part[part]


POLICIES = ["about", "corrections", "naming"]
