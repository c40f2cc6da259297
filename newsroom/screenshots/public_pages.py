"""Pages that readers see."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.management.base import CommandError
from django.db.models import Count
from django.urls import NoReverseMatch, reverse

from articles.models import Correction, EditionQuote, Listing, Representation
from entities.models import Entity, Kind
from newsroom.screenshots.shot import Shot

# Kinds whose pages are built differently; the others look like organisations.
KINDS = (Kind.COUNTRY, Kind.ORGANISATION, Kind.EXERCISE, Kind.EQUIPMENT, Kind.PERSON)


def public_shots() -> list[Shot]:
    """Pages that readers see, on stories that have something to show."""
    live = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at")
    story = live.filter(html__contains="pull-quote", image__isnull=False).first() or live.first()
    if story is None:
        raise CommandError("There is no live story to show: load the demo stories first (manage.py seed).")
    shots = [
        Shot("home", reverse("home")),
        Shot("section", reverse("section", args=["sea"])),
        Shot("article", story.get_absolute_url()),
        *_corrected_story(),
        *_entity_shots(),
        *_directories(),
        Shot("author-page", _address("author", story.card["bylines"][0]["slug"])),
        Shot("report", _address("report", story.uuid)),
        *_dead_ends(),
    ]
    return [shot for shot in shots if shot.path]


def _address(name: str, *arguments: object, query: str = "") -> str:
    """The address of a page; empty where this newsroom has no such page."""
    try:
        return reverse(name, args=arguments) + query
    except NoReverseMatch:
        return ""


def _corrected_story() -> Iterator[Shot]:
    """A story with a notice, its versions, and what changed between them."""
    correction = Correction.objects.filter(sealed_earlier=False, article__representation__status="live").first()
    if correction is not None:
        story = correction.article.representation
        yield Shot("article-corrected", story.get_absolute_url())
        yield Shot("versions", reverse("versions", args=[story.path]))
        yield Shot("changes", reverse("version-changes", args=[story.path, correction.edition.version]))


def _entity_shots() -> Iterator[Shot]:
    """Of each kind the entity that most stories name."""
    for kind in KINDS:
        named = Listing.objects.filter(entity__kind=kind, entity__is_hidden=False, entity__merged_into=None)
        most = named.values("entity").annotate(stories=Count("id")).order_by("-stories", "entity").first()
        if most is not None:
            yield Shot(kind.value, Entity.objects.get(pk=most["entity"]).get_absolute_url())


def _directories() -> Iterator[Shot]:
    yield Shot("quotes", reverse("quotes"))
    yield Shot("quotes-filtered", _address("quotes", query="?country=PL"))
    yield Shot("search", _address("search", query="?q=frigate"))
    yield Shot("search-none", _address("search", query="?q=qwzx"))
    yield Shot("countries", _address("countries"))
    yield Shot("map", _address("map"))
    yield Shot("exercise-reported", _address("entity", "exercise", "northern-lantern"))
    yield Shot("diary", _address("diary"))
    yield Shot("storylines", _address("storylines"))
    yield Shot("storyline", _address("storyline", "baltic-cable"))
    yield Shot("country-timeline", _address("country-timeline", "norway"))
    yield Shot("compare-speakers", _two_speakers())
    yield Shot("country-pair", _address("country-pair", "finland", "norway"))
    yield Shot("entities-index", _address("entities"))
    yield Shot("corrections", _address("corrections"))
    yield Shot("authors-page", _address("authors"))
    yield Shot("about", _address("about"))
    yield Shot("policies", _address("policies"))
    yield Shot("policy", _address("policy", "corrections"))
    yield Shot("feeds", _address("feeds"))


def _two_speakers() -> str:
    """The comparison of the two who are quoted most."""
    live = EditionQuote.objects.filter(edition__in=Representation.objects.values("edition"), speaker_kind="person")
    said = live.exclude(speaker_name="").order_by().values("speaker_name").annotate(said=Count("id"))
    names = said.order_by("-said", "speaker_name").values_list("speaker_name", flat=True)[:2]
    return _address("quotes-compare", query=f"?{urlencode(dict(zip(('one', 'other'), names, strict=False)))}")


def _dead_ends() -> Iterator[Shot]:
    yield Shot("not-found", "/news/2026/11/nothing-of-this-name/")
    for status in (Representation.Status.KILLED, Representation.Status.WITHDRAWN):
        gone = Representation.objects.filter(status=status).first()
        if gone is not None:
            yield Shot(f"gone-{status.value}", gone.get_absolute_url())
