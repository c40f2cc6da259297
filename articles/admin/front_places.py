"""What readers get now: what stands in each place of a page, and which other pages can be arranged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.front import Place, Spot
from articles.front_arrangement import Page
from articles.models import FrontSlot, Listing, Representation, Section
from articles.views.front import STORIES_READ, arrange, placed_at_home
from articles.views.rivers import live_stories

HEAVY = [f"story__representation__{name}" for name in ("json", "html", "lexemes")]


@dataclass(frozen=True, slots=True)
class Live:
    """What stands in a place; `newest` stands there by itself. `is_off` where the story is on the page no more."""

    slot: FrontSlot | None
    is_shown: bool
    newest: Representation | None
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """To the arrangement of a page; how many stories stand there by hand."""

    name: str
    address: str
    filled: int
    is_here: bool


def address_of(page: Page) -> str:
    if page.section:
        return reverse("admin:articles_frontslot_section", args=[page.section.slug])
    if page.entity:
        return reverse("admin:articles_frontslot_page", args=[page.entity.pk])
    return reverse("admin:articles_frontslot_changelist")


def all_slots() -> list[FrontSlot]:
    around = ("story__representation", "story__section", "section", "entity", "placed_by")
    return list(FrontSlot.objects.select_related(*around).defer(*HEAVY))


def live_places(page: Page, slots: list[FrontSlot]) -> dict[Spot, Live]:
    by_spot = {Spot.of(slot): slot for slot in slots}
    newest = _newest() if page.is_home else {}
    off = _off(page, by_spot.values())
    return {spot: _live(by_spot.get(spot), newest.get((spot.place, spot.ordinal)), off) for spot in page.spots()}


def doors(page: Page, slots: list[FrontSlot]) -> list[Door]:
    """Home and every section; of the pages of entities, of which there are thousands, those that are filled."""
    filled = Counter(Page(slot.section, slot.entity) for slot in slots)
    sections = [Page(section=section) for section in Section.objects.order_by("ordinal", "name")]
    on_pages = sorted({one for one in [*filled, page] if one.entity}, key=lambda one: str(one.entity))
    return [
        Door(str(one.section or one.entity or "Home page"), address_of(one), filled[one], one == page)
        for one in [Page(), *sections, *on_pages]
    ]


def has_ended(slot: FrontSlot) -> bool:
    return slot.until is not None and slot.until <= timezone.now()


def _live(slot: FrontSlot | None, newest: Representation | None, off: Collection[int]) -> Live:
    if slot is None:
        return Live(None, is_shown=False, newest=newest)
    is_off = slot.story_id in off
    is_shown = not has_ended(slot) and not is_off and (slot.story is None or _is_live(slot))
    return Live(slot, is_shown, None if is_shown else newest, is_off)


def _off(page: Page, slots: Iterable[FrontSlot]) -> set[int]:
    """Stories pinned on the page of an entity that do not stand under it any more; readers do not get them there."""
    if page.entity is None:
        return set()
    pinned = {slot.story_id for slot in slots if slot.entity_id == page.entity.pk and slot.story_id}
    of_it = Q(entity=page.entity) | Q(entity__merged_into=page.entity)
    return pinned - set(Listing.objects.filter(of_it, article__in=pinned).values_list("article_id", flat=True))


def _is_live(slot: FrontSlot) -> bool:
    shown = getattr(slot.story, "representation", None)
    return shown is not None and shown.status == Representation.Status.LIVE


def _newest() -> dict[tuple[str, int], Representation]:
    """What readers see in each place of the home page now."""
    page = arrange(list(live_stories()[:STORIES_READ]), placed_at_home())
    beside = {(Place.SECONDARY.value, number): story for number, story in enumerate(page.secondary, start=1)}
    return beside | ({(Place.LEAD.value, 1): page.lead} if page.lead else {})
