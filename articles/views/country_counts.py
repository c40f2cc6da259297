from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count

from articles.models import Listing
from entities.models import Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

COUNTRIES_SHOWN = 12


class CountryCount(TypedDict):
    """A country in a list, with the number of stories under it."""

    name: str
    slug: str
    stories: int


def most_named_countries(listed: QuerySet[Listing], *, but: Collection[int] = ()) -> list[CountryCount]:
    """Countries under which the articles of some listings stand, most stories first."""
    beside = Listing.objects.filter(
        article_id__in=listed.values("article_id"), entity__kind=Kind.COUNTRY, entity__is_hidden=False
    )
    counted = (
        beside.exclude(entity_id__in=but)
        .values_list("entity__name", "entity__slug")
        .annotate(stories=Count("id"))
        .order_by("-stories", "entity__sort_name")[:COUNTRIES_SHOWN]
    )
    return [CountryCount(name=name, slug=slug, stories=stories) for name, slug, stories in counted]
