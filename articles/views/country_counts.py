from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F

from articles.models import Listing
from entities.models import Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

COUNTRIES_SHOWN = 12


def most_named_countries(
    listed: QuerySet[Listing], *, but: Collection[int] = ()
) -> QuerySet[Listing, dict[str, Any]]:
    """Countries under which the articles of some listings stand: name, slug and number of stories, most first."""
    beside = Listing.objects.filter(
        article_id__in=listed.values("article_id"), entity__kind=Kind.COUNTRY, entity__is_hidden=False
    )
    return (
        beside.exclude(entity_id__in=but)
        .values(name=F("entity__name"), slug=F("entity__slug"))
        .annotate(stories=Count("id"))
        .order_by("-stories", "entity__sort_name")[:COUNTRIES_SHOWN]
    )
