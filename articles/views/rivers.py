"""Lists of live stories, newest first, in pages that stay as fast deep in the archive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from articles.models import AuthorListing, Listing, Representation
from articles.views.positions import Position, older_than

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE_SIZE = 20
LATEST = 5
# What a card shows; the stored JSON, page and lexemes stay unread.
CARD_COLUMNS = ("uuid", "headline", "standfirst", "type", "path", "card", "published_at", "updated_at")


@dataclass(frozen=True, slots=True)
class River:
    """One page of stories; `older` is the position of the next page, empty on the last."""

    stories: Sequence[Representation]
    older: str
    is_first: bool


def live_stories() -> QuerySet[Representation]:
    """Live stories as cards, newest first."""
    live = Representation.objects.filter(status=Representation.Status.LIVE)
    return live.order_by("-published_at", "-article_id").only(*CARD_COLUMNS)


def latest_stories() -> list[Representation]:
    """What a page offers that has not what was asked for."""
    return list(live_stories()[:LATEST])


def river(stories: QuerySet[Representation], before: Position | None) -> River:
    """A page of the given live stories."""
    return _page(stories.filter(older_than(before, moment="published_at", number="article_id")), before)


def entity_river(family: Sequence[int], before: Position | None, *, beside: Sequence[int] = ()) -> River:
    """A page of the stories under an entity; `family` holds its id and those of entities merged into it. Only those
    that stand under one of `beside` too, where there are any."""
    listed = newest_listings(family).filter(older_than(before, moment="published_at", number="article_id"))
    if beside:
        listed = listed.filter(Exists(Listing.objects.filter(article=OuterRef("article"), entity_id__in=beside)))
    return _page(live_stories().filter(article_id__in=listed.values("article_id")[: PAGE_SIZE + 1]), before)


def without(pinned: Collection[Representation], page: River) -> River:
    """The page without the stories that stand above it."""
    above = {story.pk for story in pinned}
    return replace(page, stories=[story for story in page.stories if story.pk not in above])


def author_river(slug: str, before: Position | None) -> River:
    """A page of the stories under a name."""
    listed = AuthorListing.objects.filter(older_than(before, moment="published_at", number="article_id"))
    newest = listed.filter(author_slug=slug).order_by("-published_at", "-article_id")
    return _page(live_stories().filter(article_id__in=newest.values("article_id")[: PAGE_SIZE + 1]), before)


def newest_listings(family: Sequence[int]) -> QuerySet[Listing]:
    """Listings of an entity, newest first, each article once."""
    listings = Listing.objects.filter(entity_id__in=family).order_by("-published_at", "-article_id")
    return listings if len(family) == 1 else listings.distinct("published_at", "article_id")


def _page(stories: QuerySet[Representation], before: Position | None) -> River:
    found = list(stories[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    older = str(Position(shown[-1].published_at, shown[-1].article_id)) if has_more else ""
    return River(stories=shown, older=older, is_first=before is None)
