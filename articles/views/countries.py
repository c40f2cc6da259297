"""All countries, and what two of them have to do with each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.counting import stories_under
from articles.models import Listing
from articles.page_metadata import Metadata, of_list
from articles.views import dossier, statements
from articles.views.entity import STATEMENTS_SHOWN, STORIES_COUNTED, entity_at
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list
from articles.views.rivers import entity_river, newest_listings
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

# A number beyond says no more to a reader, and would cost a walk through the archive.
MOST_COUNTED = 1000


@public_list
def countries(request: HttpRequest) -> HttpResponse:
    """By region, with the number of stories under each."""
    shown = (
        Entity.objects.public()
        .filter(kind=Kind.COUNTRY)
        .select_related("country_facts")
        .annotate(stories=stories_under("pk", most=MOST_COUNTED + 1))
        .order_by("country_facts__region", "sort_name")
    )
    context = {
        "metadata": of_list(
            title="Countries",
            description="Every country and territory, with the stories that name it and what its officials said.",
            path=request.path,
            steps=[("Countries", request.path)],
        ),
        "furniture": furniture(),
        "current_page": "countries",
        "countries": shown,
        "most_counted": MOST_COUNTED,
    }
    return render(request, "articles/countries.html", context)


@public_list
def pair(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Stories under both of two countries; the order of the address that is read is that of the alphabet."""
    if slug == other:
        return HttpResponsePermanentRedirect(entity_at(Kind.COUNTRY, slug).get_absolute_url())
    first, second = entity_at(Kind.COUNTRY, slug), entity_at(Kind.COUNTRY, other)
    address = dossier.pair_address(first.slug, second.slug)
    if address != request.path:
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return HttpResponsePermanentRedirect(f"{address}{query}")
    position = Position.read(request.GET.get("before"))
    stories = entity_river([first.pk], position, beside=[second.pk])
    metadata = _metadata_of(first, second, address, position)
    context = {
        # Any two countries have an address; search engines need not list those that have nothing in common.
        "metadata": metadata if stories.stories else replace(metadata, robots="noindex, follow"),
        "furniture": furniture(),
        "current_page": "countries",
        "first": first,
        "second": second,
        "address": address,
        "river": stories,
        **(_between(first, second) if position is None else {}),
    }
    return render(request, "articles/pair.html", context)


def _metadata_of(first: Entity, second: Entity, address: str, before: Position | None) -> Metadata:
    title = f"{first.name} and {second.name}"
    return of_list(
        title=title,
        description=f"Stories about both {title}, and what their officials say of each other.",
        path=address,
        before=before,
        steps=[("Countries", reverse("countries")), (title, address)],
    )


def _between(first: Entity, second: Entity) -> dict[str, Any]:
    shared = _listings_of_both(first, second)[:STORIES_COUNTED]
    (editions,) = statements.editions_of(statements.stories_of(shared))
    return {
        "exchanges": [
            (speaking, named, statements.by_story(_said(speaking, of=named, editions=editions)))
            for speaking, named in ((first, second), (second, first))
        ],
        "companions": dossier.companions(shared, but=[first.pk, second.pk]),
    }


def _listings_of_both(first: Entity, second: Entity) -> QuerySet[Listing]:
    beside = Listing.objects.filter(article=OuterRef("article"), entity=second)
    return newest_listings([first.pk]).filter(Exists(beside))


def _said(speaking: Entity, *, of: Entity, editions: Sequence[int]) -> Any:
    """The newest quotations of one country's officials that name the other."""
    by_officials = Q(speaker_country_id=speaking.pk) | Q(speaker_entity_id=speaking.pk)
    return statements.quotes_naming([of.pk], editions).filter(by_officials)[:STATEMENTS_SHOWN]
