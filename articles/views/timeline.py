"""What is known of an entity by the day on which it happened: dated facts, editions of an exercise, statements whose
day is known; and the stories, by the day they were published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from articles import surrogate_keys
from articles.models import StorylineStory
from articles.page_metadata import Metadata, of_list
from articles.views import dossier, statements
from articles.views.editions import Held, held
from articles.views.entity import EVENTS, entity_at, said_by
from articles.views.event_dates import HELD_BY
from articles.views.moments import Moment, OfStoryline, by_year
from articles.views.navigation import furniture
from articles.views.public_page import key_under, public_list
from articles.views.reported import reported_editions, reported_parts
from articles.views.rivers import live_stories, newest_listings
from articles.views.storylines import storylines_about
from entities.models import Entity, Kind, Relation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Representation

STORIES_SHOWN = 60
STATEMENTS_SHOWN = 30
FACTS_READ = 200
# What the day is told as on which a fact begins, and on which it ends: on the page of its subject, and of its object.
TOLD = {
    Relation.Kind.MEMBER_OF: (("Joins", "Leaves"), ("Joined by", "Left by")),
    Relation.Kind.PART_OF: (("Becomes part of", "No longer part of"), ("Gains", "Loses")),
    Relation.Kind.OFFICE_IN: (("Takes office in", "Leaves office in"), ("Takes office", "Leaves office")),
    Relation.Kind.OPERATES: (("Begins to operate", "No longer operates"), ("Operated by", "No longer operated by")),
    Relation.Kind.BUILT_BY: (("Built by", "No longer built by"), ("Begins to build", "No longer builds")),
    Relation.Kind.HOSTS: (("Hosts", "Hosted until then"), ("Hosted by", "Hosted until then by")),
    Relation.Kind.TAKES_PART: (("Takes part in", "Took part until then in"), ("Joined by", "Joined until then by")),
    Relation.Kind.SUCCEEDS: (("Succeeds", "Succeeded until then"), ("Succeeded by", "Succeeded until then by")),
}


@public_list
def country_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, kind=Kind.COUNTRY, slug=slug)


@public_list
def entity_timeline(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return _page(request, kind=kind, slug=slug)


def _page(request: HttpRequest, *, kind: str, slug: str) -> HttpResponse:
    shown = entity_at(kind, slug)
    address = timeline_address(shown.canonical)
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    family = [shown.pk, *shown.merged_ids]
    stories, said = list(_stories(family)), list(_statements(shown, family))
    held_then = list(_held(shown, family))
    reported = list(_reported(shown, family, held_then))
    # Dated facts that no live story reports make no page: the desk may know of it from one that nobody may know of yet.
    is_told = stories or said or (reported and shown.kind in EVENTS)
    if not is_told and shown.pk not in dossier.with_a_page([shown]):
        raise Http404("We have published nothing about it.")
    happened = [*_facts(shown, family), *held_then, *reported, *said]
    metadata = _metadata_of(shown, address)
    told, storylines = [_of_story(story) for story in stories], storylines_about(shown)
    context = {
        # With stories alone it says no more than the entity's own page.
        "metadata": metadata if happened else replace(metadata, robots="noindex, follow"),
        "furniture": furniture(),
        "current_page": "countries" if shown.kind == Kind.COUNTRY else "",
        "entity": shown,
        "storylines": storylines,
        "years": by_year([*happened, *told]),
        "is_cut": len(stories) == STORIES_SHOWN,
        "most": STORIES_SHOWN,
    }
    response = render(request, "articles/timeline.html", context)
    named = [storyline.slug for storyline in storylines] + [line.storyline.slug for line in told if line.storyline]
    own = surrogate_keys.entity(shown.kind, shown.slug)
    key_under(response, [own, *map(surrogate_keys.storyline, named)])
    return response


def timeline_address(shown: Entity) -> str:
    return f"{shown.get_absolute_url()}timeline/"


def _metadata_of(shown: Entity, address: str) -> Metadata:
    is_country = shown.kind == Kind.COUNTRY
    lists = reverse("countries") if is_country else reverse("entities-of", args=[shown.kind])
    own = (shown.name, shown.get_absolute_url())
    return of_list(
        title=f"{shown.name}: timeline",
        description=f"{shown.name} by date: what happened when, who said what, and when we told of it.",
        path=address,
        steps=[(dossier.PLURALS[Kind(shown.kind)], lists), own, ("Timeline", address)],
    )


def _stories(family: Sequence[int]) -> QuerySet[Representation, Any]:
    """The newest, each with the foremost storyline that it is in."""
    newest = newest_listings(family).values("article_id")[:STORIES_SHOWN]
    entry = JSONObject(title="storyline__title", slug="storyline__slug")
    storyline = StorylineStory.objects.foremost_of(OuterRef("article_id")).values(entry=entry)[:1]
    shown = live_stories().filter(article_id__in=newest).only("headline", "path", "published_at")
    return shown.annotate(storyline=Subquery(storyline))


def _of_story(story: Any) -> Moment:
    storyline = OfStoryline(**story.storyline) if story.storyline else None
    day, address = story.published_at.date(), story.get_absolute_url()
    return Moment(day, None, "", story.headline, address, rank=2, storyline=storyline)


def _facts(shown: Entity, family: Collection[int]) -> Iterator[Moment]:
    """Dated relations with whatever readers may know of. Who holds and joins an exercise is told with it, at once."""
    dated = Q(valid_from__isnull=False) | Q(valid_to__isnull=False)
    rows = Relation.objects.filter(dated, Q(subject__in=family) | Q(object__in=family))
    if shown.kind in EVENTS:
        rows = rows.exclude(object__in=family, kind__in=HELD_BY)
    rows = rows.select_related("subject__merged_into", "object__merged_into").order_by("-valid_from", "-valid_to", "id")
    ends = [(row, row.subject_id in family) for row in rows[:FACTS_READ]]
    others = [(row, is_subject, (row.object if is_subject else row.subject).canonical) for row, is_subject in ends]
    told = dossier.with_a_page(other for *_, other in others)
    for row, is_subject, other in others:
        if other.pk in told and other.pk not in family:
            yield from _of_fact(row, other, TOLD[Relation.Kind(row.kind)][0 if is_subject else 1])


def _of_fact(row: Relation, other: Entity, told: tuple[str, str]) -> Iterator[Moment]:
    """An exercise is one line; an office or a membership begins on one line and ends on another."""
    about = (other.name, other.get_absolute_url(), row.role)
    if row.kind in HELD_BY and row.valid_from:
        yield Moment(row.valid_from, row.valid_to, told[0], *about)
        return
    for day, label in zip((row.valid_from, row.valid_to), told, strict=True):
        if day:
            yield Moment(day, None, label, *about)


def _held(shown: Entity, family: Sequence[int]) -> Iterator[Moment]:
    """An exercise itself, and the editions of a series."""
    if shown.kind not in EVENTS:
        return
    for one in held(shown, family):
        yield Moment(one.dates.starts, one.dates.ends, "Held", one.name, one.address, note=_who(one))


def _reported(shown: Entity, family: Sequence[int], held_then: Sequence[Moment]) -> Iterator[Moment]:
    """Editions as live stories report them, and for others those that they host or take part in. What is known as a
    dated fact already is not told twice."""
    known = {(moment.day, moment.until) for moment in held_then}
    if shown.kind in EVENTS:
        for one in reported_editions(family):
            for line, told in one.rows(but=known):
                assert line.starts is not None
                yield Moment(line.starts, line.ends, "Held, as reported", one.name, "", when=line.says, told=told)
        return
    for part in reported_parts(family):
        name, address = part.edition.name, part.edition.edition.exercise.canonical.get_absolute_url()
        days = part.days
        assert days.starts is not None
        yield Moment(days.starts, days.ends, part.label, name, address, when=days.says, told=part.told)


def _who(one: Held) -> str:
    """“Hosted by Norway, with Finland and Sweden”."""
    hosts, guests = (_listed([entity.name for entity in named]) for named in (one.dates.hosts, one.dates.guests))
    told = [f"hosted by {hosts}" if hosts else "", f"with {guests}" if guests else ""]
    words = ", ".join(part for part in told if part)
    return words[:1].upper() + words[1:]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


def _statements(shown: Entity, family: Sequence[int]) -> Iterator[Moment]:
    """By the day they were said, where somebody has entered it. What was retracted did not happen so."""
    said = said_by(shown, family) & Q(said_on__isnull=False)
    for quote in statements.newest_quotes(said, stories=STATEMENTS_SHOWN)[:STATEMENTS_SHOWN]:
        one = statements.statement(quote)
        if one.said_on and not one.retraction:
            yield Moment(one.said_on, None, f"{one.speaker} said", f"“{one.words}”", one.url, note=one.headline, rank=1)
