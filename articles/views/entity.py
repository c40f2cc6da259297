from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from articles.models import Correction, Listing, Representation
from articles.views import statements
from articles.views.country_counts import most_named_countries
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list
from articles.views.rivers import entity_river, newest_listings
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

STATEMENTS_SHOWN = 5
STORIES_COUNTED = 60
TAKEN_BACK_SHOWN = 5


@public_list
def countries(request: HttpRequest) -> HttpResponse:
    shown = (
        Entity.objects.public()
        .filter(kind=Kind.COUNTRY)
        .select_related("country_facts")
        .annotate(has_stories=Exists(Listing.objects.filter(entity=OuterRef("pk"))))
        .order_by("country_facts__region", "sort_name")
    )
    context = {"furniture": furniture(), "current_page": "countries", "countries": shown}
    return render(request, "articles/countries.html", context)


@public_list
def country(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, kind=Kind.COUNTRY, slug=slug)


@public_list
def entity(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return _page(request, kind=kind, slug=slug)


def _page(request: HttpRequest, *, kind: str, slug: str) -> HttpResponse:
    shown = get_object_or_404(_entities(), kind=kind, slug=slug)
    if shown.canonical.is_hidden:
        raise Http404("There is no such page.")
    address = shown.canonical.get_absolute_url()
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    family = [shown.pk, *shown.merged_ids]
    context = {
        "furniture": furniture(),
        "current_page": "countries" if shown.kind == Kind.COUNTRY else "",
        "entity": shown,
        "facts": facts(shown),
        "river": entity_river(family, Position.read(request.GET.get("before"))),
        "told": statements.by_story(
            statements.newest_quotes(_said_by(shown, family), stories=STATEMENTS_SHOWN)[:STATEMENTS_SHOWN]
        ),
        "taken_back": taken_back(family),
        "companions": most_named_countries(newest_listings(family)[:STORIES_COUNTED], but=family),
    }
    return render(request, "articles/entity.html", context)


def taken_back(family: Sequence[int]) -> QuerySet[Correction]:
    """Corrections of live stories that no longer stand under it. Where they sealed, they name no tag."""
    return (
        Correction.objects.filter(
            retracts_entities__in=family,
            sealed_earlier=False,
            article__representation__status=Representation.Status.LIVE,
        )
        .annotate(headline=F("article__representation__headline"), path=F("article__representation__path"))
        .order_by("-id")
        .distinct()[:TAKEN_BACK_SHOWN]
    )


def _entities() -> QuerySet[Entity]:
    merged = Entity.objects.filter(merged_into=OuterRef("pk")).values("pk")
    return Entity.objects.select_related("country__entity", "country_facts", "merged_into").annotate(
        merged_ids=ArraySubquery(merged)
    )


def facts(shown: Entity) -> list[tuple[str, str, str]]:
    """Label, value and address (or none) of what is known beside the summary; empty ones left out."""
    if shown.kind == Kind.COUNTRY:
        known = shown.country_facts
        rows = [
            ("Official name", known.official_name, ""),
            ("Capital", known.capital, ""),
            ("Region", known.region, ""),
            ("ISO 3166-1", f"{known.alpha2} · {known.alpha3}", ""),
        ]
    else:
        origin = shown.country.entity if shown.country else None
        rows = [
            ("Kind", shown.get_kind_display().capitalize(), ""),
            ("Category", shown.category.replace("-", " ").capitalize(), ""),
            ("Country", origin.name if origin else "", origin.get_absolute_url() if origin else ""),
        ]
    return [row for row in rows if row[1]]


def _said_by(shown: Entity, family: Sequence[int]) -> Q:
    """What it said; for a country, what its officials said too."""
    said = Q(speaker_entity_id__in=family)
    return said | Q(speaker_country_id=shown.pk) if shown.kind == Kind.COUNTRY else said
