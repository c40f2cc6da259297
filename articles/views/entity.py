"""The page of a country, and of whatever else we write about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles import structured_data, surrogate_keys
from articles.models import Correction, Representation
from articles.page_metadata import FeedOf, Metadata, of_list
from articles.views import dossier, statements
from articles.views.editions import held
from articles.views.event_dates import EventDates
from articles.views.front import pinned_stories, pins_beside
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import key_under, public_list
from articles.views.reported import reported_editions
from articles.views.rivers import entity_river, newest_listings, without
from articles.views.storylines import storylines_about, storylines_beside
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from articles.views.not_live import NotLive

STATEMENTS_SHOWN = 5
STORIES_COUNTED = 60
TAKEN_BACK_SHOWN = 5
EVENTS = (Kind.EXERCISE, Kind.OPERATION)
# What makes a page public by itself, where no story stands under it.
SHOW_IT = ("pinned", "told", "told_about", "taken_back")


@public_list
def country(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, kind=Kind.COUNTRY, slug=slug)


@public_list
def entity(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return _page(request, kind=kind, slug=slug)


def _page(request: HttpRequest, *, kind: str, slug: str) -> HttpResponse:
    shown = entity_at(kind, slug)
    address = shown.canonical.get_absolute_url()
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    return entity_page(request, shown)


def entity_page(request: HttpRequest, shown: Entity, *, not_live: NotLive | None = None) -> HttpResponse:
    """What an editor has pinned there, the other stories newest first, and beside the first of them what we know."""
    position = Position.read(request.GET.get("before"))
    family = [shown.pk, *shown.merged_ids]
    beside = _beside(shown, family) if position is None else {}
    river = without(beside.get("pinned", ()), entity_river(family, position))
    editions = held(shown, family) if shown.kind in EVENTS else []
    reported = reported_editions(family) if shown.kind in EVENTS and position is None else []
    dates = next((one.dates for one in editions if one.is_own), None)
    is_told = river.stories or reported or any(beside.get(part) for part in SHOW_IT)
    if not is_told and shown.pk not in dossier.with_a_page([shown]):
        raise Http404("We have published nothing about it.")
    context = {
        "metadata": metadata_of(shown, position, dates=dates),
        "furniture": furniture(),
        "not_live": not_live,
        "current_page": "countries" if shown.kind == Kind.COUNTRY else "",
        "entity": shown,
        "river": river,
        "editions": editions if position is None else [],
        "reported": reported,
        **beside,
    }
    response = render(request, "articles/entity.html", context)
    named = [surrogate_keys.storyline(storyline.slug) for storyline in beside.get("storylines", ())]
    key_under(response, [surrogate_keys.entity(shown.kind, shown.slug), *named])
    return response


def metadata_of(shown: Entity, before: Position | None, *, dates: EventDates | None) -> Metadata:
    """With its feed, and what it is in the words of schema.org."""
    is_country, address = shown.kind == Kind.COUNTRY, shown.get_absolute_url()
    lists = reverse("countries") if is_country else reverse("entities-of", args=[shown.kind])
    feed = FeedOf(shown.name, "feed-country", {"slug": shown.slug})
    if not is_country:
        feed = FeedOf(shown.name, "feed-entity", {"kind": shown.kind, "slug": shown.slug})
    about = structured_data.entity(shown.kind, shown.name, address, shown.summary)
    if dates and dates.hosts:
        places = [host.name for host in dates.hosts]
        about = structured_data.event(about, starts=dates.starts, ends=dates.ends, places=places)
    return of_list(
        title=shown.name,
        description=shown.summary or f"{shown.name} in our stories: the latest news, and who said what.",
        path=address,
        before=before,
        feeds=[feed],
        steps=[(dossier.PLURALS[Kind(shown.kind)], lists), (shown.name, address)],
        about=about,
    )


def _beside(shown: Entity, family: Sequence[int]) -> dict[str, Any]:
    """What stands beside the stories on the first page of them."""
    newest = newest_listings(family)[:STORIES_COUNTED]
    is_country = shown.kind == Kind.COUNTRY
    said = said_by(shown, family)
    by_it, near_it = statements.editions_of(
        statements.live_stories_with(said)[:STATEMENTS_SHOWN], statements.stories_of(newest)
    )
    own = statements.live_quotes(said).filter(edition__in=by_it)[:STATEMENTS_SHOWN]
    about = statements.quotes_naming(family, near_it).exclude(said)[:STATEMENTS_SHOWN]
    return {
        "pinned": pinned_stories(shown.pinned_ids),
        "facts": facts(shown),
        "told": statements.by_story(own),
        "told_about": statements.by_story(about),
        "taken_back": list(taken_back(family)),
        "companions": dossier.companions(newest, but=family, of_country=shown.slug if is_country else ""),
        "relations": dossier.relations(shown, family),
        "belonging": dossier.belonging(shown.country_facts) if is_country else [],
        "storylines": storylines_about(shown),
        "offices": dossier.offices(family) if shown.kind == Kind.PERSON else [],
        "months": dossier.months(family),
        "all_quotes": _all_quotes(shown),
    }


def entity_at(kind: str, slug: str) -> Entity:
    """The entity at an address, with what its pages need and the ids of those merged into it.

    Raises:
        Http404: there is none, or the desk has hidden it.
    """
    shown = get_object_or_404(_entities(), kind=kind, slug=slug)
    if shown.canonical.is_hidden:
        raise Http404("There is no such page.")
    return shown


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
        merged_ids=ArraySubquery(merged), pinned_ids=pins_beside(), storylines=storylines_beside()
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


def said_by(shown: Entity, family: Sequence[int]) -> Q:
    """What it said; for a country, what its officials said too."""
    said = Q(speaker_entity_id__in=family)
    return said | Q(speaker_country_id=shown.pk) if shown.kind == Kind.COUNTRY else said


def _all_quotes(shown: Entity) -> str:
    """The query of the archive for all that it said."""
    if shown.kind == Kind.COUNTRY:
        return f"country={shown.country_facts.alpha2}"
    kinds = {Kind.ORGANISATION: "organisation", Kind.ALLIANCE: "organisation", Kind.UNIT: "organisation"}
    return f"{kinds.get(Kind(shown.kind), 'entity')}={shown.kind}/{shown.slug}"
