"""Which story stands where on the front page: where an editor put it, and else the newest ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import FrontSlot, Listing, Representation
from articles.models.article import ArticleType
from articles.views.rivers import CARD_COLUMNS, live_stories

if TYPE_CHECKING:
    from django.db.models import QuerySet

STORIES_READ = 56
LEAD_AMONG = 6
SECONDARY = FrontSlot.NUMBERS[FrontSlot.Place.SECONDARY]
RIVER = 8
ON_A_DESK = 3
BRIEFS = 6
OPINIONS = 4
COMMENT = frozenset({ArticleType.OPINION, ArticleType.ANALYSIS, ArticleType.INTERVIEW, ArticleType.EXPLAINER})

# What an editor has placed, by place and number.
Placed = Mapping[tuple[str, int], Representation]


@dataclass(frozen=True, slots=True)
class Desk:
    """A section with stories that stand nowhere above."""

    slug: str
    name: str
    stories: list[Representation]


@dataclass(frozen=True, slots=True)
class Front:
    """The places of the front page."""

    lead: Representation | None = None
    secondary: Sequence[Representation] = field(default_factory=list)
    river: Sequence[Representation] = field(default_factory=list)
    briefs: Sequence[Representation] = field(default_factory=list)
    comment: Sequence[Representation] = field(default_factory=list)
    desks: Sequence[Desk] = field(default_factory=list)


def placed_at_home() -> Placed:
    """Live stories that editors have placed and whose time there has not ended."""
    slots = FrontSlot.objects.filter(place__in=(FrontSlot.Place.LEAD, FrontSlot.Place.SECONDARY))
    return _stories(slots)


def pinned_in(section: str) -> list[Representation]:
    """The same, pinned in the section of that slug, the first first."""
    slots = FrontSlot.objects.filter(place=FrontSlot.Place.SECTION, section__slug=section)
    return list(_stories(slots.order_by("ordinal")).values())


def pins_beside() -> ArraySubquery:
    """A column for a query of entities: the ids of the stories that readers see pinned on its page, in their order;
    those alone that still stand under it. An entity that was merged into it may have brought places of its own."""
    family = Q(entity=OuterRef("pk")) | Q(entity__merged_into=OuterRef("pk"))
    named_there = Q(entity=OuterRef(OuterRef("pk"))) | Q(entity__merged_into=OuterRef(OuterRef("pk")))
    named = Listing.objects.filter(named_there, article=OuterRef("story"))
    slots = FrontSlot.objects.filter(family, Exists(named), place=FrontSlot.Place.ENTITY).shown(timezone.now())
    return ArraySubquery(slots.order_by("ordinal", "id").values("story"))


def pinned_stories(ids: Sequence[int]) -> list[Representation]:
    """Each once, in this order; no statement where there are none."""
    found = live_stories().in_bulk(ids) if ids else {}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found][: FrontSlot.NUMBERS[FrontSlot.Place.ENTITY]]


def _stories(slots: QuerySet[FrontSlot]) -> Placed:
    columns = [f"story__representation__{name}" for name in CARD_COLUMNS]
    shown = slots.shown(timezone.now()).select_related("story__representation")
    return {
        (slot.place, slot.ordinal): slot.story.representation
        for slot in shown.only("place", "ordinal", "story__id", *columns)
    }


def arrange(stories: Sequence[Representation], placed: Placed) -> Front:
    """Give each story one place; `stories` are live and newest first."""
    placed_ids = {story.pk for story in placed.values()}
    free = [story for story in stories if story.pk not in placed_ids]
    briefs = [story for story in free if story.type == ArticleType.BRIEF][:BRIEFS]
    comment = [story for story in free if story.type in COMMENT][:OPINIONS]
    aside = {story.pk for story in (*briefs, *comment)}
    news = [story for story in free if story.pk not in aside]
    lead = placed.get((FrontSlot.Place.LEAD, 1)) or _lead(news) or next(iter([*placed.values(), *free]), None)
    if lead is None:
        return Front()
    rest = [story for story in news if story.pk != lead.pk]
    secondary = _beside(lead, rest, placed)
    rest = _without(rest, secondary)
    return Front(
        lead=lead,
        secondary=secondary,
        river=rest[:RIVER],
        briefs=_without(briefs, [lead]),
        comment=_without(comment, [lead]),
        desks=_desks(rest[RIVER:]),
    )


def _lead(news: Sequence[Representation]) -> Representation | None:
    """The newest story that has a picture, if it is recent among the others; else the newest."""
    with_picture = (story for story in news[:LEAD_AMONG] if story.card["image"])
    return next(with_picture, None) or next(iter(news), None)


def _beside(lead: Representation, news: Iterable[Representation], placed: Placed) -> list[Representation]:
    """The placed ones at their numbers, and the newest where nothing is placed, or no longer to be seen."""
    newest = iter(news)
    at_numbers = (placed.get((FrontSlot.Place.SECONDARY, number)) for number in range(1, SECONDARY + 1))
    stories = [story or next(newest, None) for story in at_numbers]
    return [story for story in stories if story is not None and story.pk != lead.pk]


def _without(stories: Sequence[Representation], others: Sequence[Representation]) -> list[Representation]:
    return [story for story in stories if story.pk not in {other.pk for other in others}]


def _desks(stories: Sequence[Representation]) -> list[Desk]:
    """Earlier stories by section, in the order of the section's newest."""
    desks: dict[str, Desk] = {}
    for story in stories:
        section = story.card["section"]
        desk = desks.setdefault(section["slug"], Desk(section["slug"], section["name"], []))
        if len(desk.stories) < ON_A_DESK:
            desk.stories.append(story)
    return list(desks.values())
