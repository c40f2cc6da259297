"""The keys of all that may show a story: of its own addresses, and of the lists that it stands in or stood in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from articles import surrogate_keys
from articles.joined_storylines import standing
from articles.models import Change, Edition, EditionPicture, PublicAddress, ReportedFact, StorylineStory
from entities.models import Entity, Kind


def keys_of(changes: Sequence[Change]) -> list[str]:
    """Each once, in the order of the changes; five statements, whatever their number."""
    articles = [change.article_id for change in changes]
    own: dict[int, list[str]] = {}
    for article, key in (*_addresses(articles), *_pictures(articles), *_storylines(articles), *_exercises(articles)):
        own.setdefault(article, []).append(key)
    named = _entities([facts for change in changes for facts in _facts(change)])
    keys: dict[str, None] = {}
    for change in changes:
        keys |= dict.fromkeys(own.get(change.article_id, []))
        for facts in _facts(change):
            keys |= dict.fromkeys(_lists(facts, named))
    return [*keys, surrogate_keys.LISTS]


def _facts(change: Change) -> Iterator[dict[str, Any]]:
    """What lists look at, before the change and after it."""
    yield from (facts for facts in (change.facts_before, change.facts_after) if facts)


def _lists(facts: dict[str, Any], named: dict[str, str]) -> Iterator[str]:
    yield surrogate_keys.section(facts["section"])
    yield from map(surrogate_keys.author, facts["authors"])
    yield from (named[entity] for entity in (*facts["countries"], *facts["entities"]) if entity in named)


def _entities(facts: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The keys of countries by their code, of all others by their uuid."""
    codes = {code for fact in facts for code in fact["countries"]}
    uuids = {uuid for fact in facts for uuid in fact["entities"]}
    shown = Entity.objects.filter(Q(uuid__in=uuids) | Q(country_facts__alpha2__in=codes))
    rows = shown.values_list("uuid", "country_facts__alpha2", "kind", "slug")
    return {
        alpha2 if kind == Kind.COUNTRY else str(uuid): surrogate_keys.entity(kind, slug)
        for uuid, alpha2, kind, slug in rows
    }


def _addresses(articles: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Under the addresses that it had, caches keep where they led to."""
    rows = PublicAddress.objects.filter(article__in=articles).order_by("-is_current", "id")
    for article, path in rows.values_list("article", "path"):
        yield article, surrogate_keys.story(path)


def _storylines(articles: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Their pages, through those all pages that name them; and the pages of what they are about, on which the first
    story that is live puts them."""
    rows = StorylineStory.objects.filter(article__in=articles, storyline__is_public=True).order_by("storyline")
    for article, slug, *named in rows.values_list("article", "storyline__slug", *standing("storyline__entities")):
        yield article, surrogate_keys.storyline(slug)
        if all(named):
            yield article, surrogate_keys.entity(*named)


def _exercises(articles: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The pages that show what a story reports: of the exercise, and of who hosts it or takes part."""
    rows = ReportedFact.objects.filter(article__in=articles).order_by("id")
    around = ("edition__exercise__merged_into", "entity__merged_into")
    for fact in rows.select_related(*around):
        for shown in filter(None, (fact.edition.exercise, fact.entity)):
            yield fact.article_id, surrogate_keys.entity(shown.canonical.kind, shown.canonical.slug)


def _pictures(articles: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Of every edition: with a story that is killed, its pictures go."""
    above = Edition.objects.order_by().filter(article__in=articles, image__isnull=False)
    in_text = EditionPicture.objects.order_by().filter(edition__article__in=articles)
    rows = above.values_list("article", "image__file").union(in_text.values_list("edition__article", "image__file"))
    for article, file in rows:
        yield article, surrogate_keys.picture(file)
