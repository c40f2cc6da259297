"""Storylines as readers see them: all of them, and each with its live stories in the order of the editors and what
happened between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject, TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles import structured_data, surrogate_keys
from articles.models import Representation, Storyline, StorylineStory
from articles.page_metadata import FeedOf, Metadata, of_list
from articles.views import dossier
from articles.views.navigation import furniture
from articles.views.public_page import key_under, parameter, public_list
from articles.views.rivers import live_stories
from articles.views.storyline_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from entities.models import Entity

STORIES_ON_PAGE = 60
STORYLINES_SHOWN = 200
STORYLINES_OF_ENTITY = 8
LIST_TITLE = "Storylines"


@dataclass(frozen=True, slots=True)
class StorylineAbout:
    """A storyline on the page of what it is about: how many live stories it has, and when the first and last came."""

    title: str
    slug: str
    is_open: bool
    stories: int
    first: date
    last: date


@public_list
def storylines(request: HttpRequest) -> HttpResponse:
    """Those that are still being told, that with the newest story first, and those that were told to the end."""
    shown = list(listed_storylines()[:STORYLINES_SHOWN])
    context = {
        "metadata": of_list(
            title=LIST_TITLE,
            description="Stories that go on: each from its beginning, in order.",
            path=request.path,
            steps=[(LIST_TITLE, request.path)],
        ),
        "furniture": furniture(),
        "groups": [
            ("Being told", [storyline for storyline in shown if storyline.is_open]),
            ("Told to the end", [storyline for storyline in shown if not storyline.is_open]),
        ],
    }
    return render(request, "articles/storylines.html", context)


@public_list
def storyline(request: HttpRequest, slug: str) -> HttpResponse:
    """`after` is the number of the last story on the page before."""
    after = _number(request)
    shown = get_object_or_404(_told_until(after), slug=slug)
    found = list(stories_of(shown).filter(number__gt=after)[: STORIES_ON_PAGE + 1])
    stories, has_more = found[:STORIES_ON_PAGE], len(found) > STORIES_ON_PAGE
    if not stories:
        raise Http404("There is no such part of this storyline.")
    context = {
        "metadata": _metadata_of(shown, stories, after=after),
        "furniture": furniture(),
        "storyline": shown,
        "lines": lines_of(stories, all_of_it=shown.all_of_it, told_until=shown.told_until, is_last=not has_more),
        "entities": told_entities(shown),
        "is_first": not after,
        "further": stories[-1].number if has_more else "",  # type: ignore[attr-defined]
    }
    response = render(request, "articles/storyline.html", context)
    # A story that is named here takes the page with it when it is changed or taken down.
    key_under(response, [surrogate_keys.storyline(slug), *(surrogate_keys.story(story.path) for story in stories)])
    return response


def listed_storylines() -> QuerySet[Storyline]:
    """With the number of their live stories and the moment of the newest."""
    live = Q(stories__article__representation__status=Representation.Status.LIVE)
    return (
        Storyline.objects.public()
        .annotate(
            count=Count("stories", filter=live),
            newest=Max("stories__article__representation__published_at", filter=live),
        )
        .order_by("-newest", "-pk")
    )


def storylines_beside() -> ArraySubquery:
    """A column for a query of entities: the storylines that name it, or what was merged into it, the newest first."""
    named = Q(entity=OuterRef(OuterRef("pk"))) | Q(entity__merged_into=OuterRef(OuterRef("pk")))
    about = Storyline.entities.through.objects.filter(named, storyline=OuterRef("pk"))
    day = TruncDate("stories__article__representation__published_at", tzinfo=UTC)
    live = Q(stories__article__representation__status=Representation.Status.LIVE)
    dated = listed_storylines().annotate(first=Min(day, filter=live), last=Max(day, filter=live))
    entry = JSONObject(title="title", slug="slug", state="state", count="count", first="first", last="last")
    return ArraySubquery(dated.filter(Exists(about)).values(entry=entry)[:STORYLINES_OF_ENTITY])


def storylines_about(shown: Any) -> list[StorylineAbout]:
    """Of an entity that was read with `storylines_beside`."""
    return [
        StorylineAbout(
            title=entry["title"],
            slug=entry["slug"],
            is_open=entry["state"] == Storyline.State.OPEN,
            stories=entry["count"],
            first=date.fromisoformat(entry["first"]),
            last=date.fromisoformat(entry["last"]),
        )
        for entry in shown.storylines
    ]


def stories_of(shown: Storyline) -> QuerySet[Representation, Any]:
    """Its live stories as cards, each with its `number` and the `note` of the editors, in their order."""
    return (
        live_stories()
        .filter(article__in_storylines__storyline=shown)
        .annotate(number=F("article__in_storylines__ordinal"), note=F("article__in_storylines__note"))
        .order_by("number")
    )


def _told_until(after: int) -> QuerySet[Storyline, Any]:
    """Public ones, with the numbers of all their stories, and when the newest up to that place was published."""
    stories = StorylineStory.objects.filter(storyline=OuterRef("pk")).order_by()
    before = stories.live().filter(ordinal__lte=after).values("storyline")
    newest = before.annotate(newest=Max("article__representation__published_at")).values("newest")
    return Storyline.objects.public().annotate(
        all_of_it=ArraySubquery(stories.values("article")), told_until=Subquery(newest)
    )


def told_entities(shown: Storyline) -> list[Entity]:
    """What it is about, as far as readers may know of it; of those merged the one that stands for them, once."""
    named = shown.entities.select_related("merged_into").order_by("sort_name", "pk")
    found = list(dict.fromkeys(entity.canonical for entity in named))
    told = dossier.with_a_page(found)
    return [entity for entity in found if entity.pk in told]


def _metadata_of(shown: Storyline, stories: Sequence[Representation], *, after: int) -> Metadata:
    address = shown.get_absolute_url()
    return of_list(
        title=shown.title,
        description=shown.intro or f"{shown.title}: all our stories, from the beginning.",
        path=address,
        feeds=[FeedOf(shown.title, "feed-storyline", {"slug": shown.slug})],
        steps=[(LIST_TITLE, reverse("storylines")), (shown.title, address)],
        main=structured_data.item_list([(story.headline, story.get_absolute_url()) for story in stories]),
        further={"after": str(after)} if after else None,
    )


def _number(request: HttpRequest) -> int:
    """
    Raises:
        Http404: it is not one that a page of ours ever links to.
    """
    written = parameter(request, "after")
    if "after" in request.GET and not (written.isascii() and written.isdigit() and len(written) < 9):
        raise Http404("There is no such part of this storyline.")
    return int(written or 0)
