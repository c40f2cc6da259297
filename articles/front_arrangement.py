"""Verb: arrange a whole page by hand at once, so that readers get all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.front import Place, Spot, check_person, check_placing, lock_front, plain_line
from articles.models import Article, FrontSlot, Section
from articles.purging import purge_on_commit
from articles.states import GuardFailed, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from entities.models import Entity


@dataclass(frozen=True, slots=True)
class Page:
    """What is arranged as one: a section, the page of an entity, or without either the home page with the strip."""

    section: Section | None = None
    entity: Entity | None = None

    @property
    def is_home(self) -> bool:
        return not self.section and not self.entity

    def spots(self) -> list[Spot]:
        """Its places, in the order of the page."""
        numbers = FrontSlot.NUMBERS
        return [
            Spot(place, number, self.section, self.entity)
            for place in self._places()
            for number in range(1, numbers[place] + 1)
        ]

    def slots(self) -> QuerySet[FrontSlot]:
        """What stands there by hand and has not ended; of a story that is not live also, which may come back."""
        return self._of_it().filter(Q(until=None) | Q(until__gt=timezone.now()))

    def ended(self) -> QuerySet[FrontSlot]:
        return self._of_it().filter(until__lte=timezone.now())

    def _of_it(self) -> QuerySet[FrontSlot]:
        return FrontSlot.objects.filter(section=self.section, entity=self.entity)

    def _places(self) -> tuple[Place, ...]:
        if self.is_home:
            return Place.BREAKING, Place.LEAD, Place.SECONDARY
        return (Place.SECTION,) if self.section else (Place.ENTITY,)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a place: a story or, in the breaking strip, words; and until when."""

    story: Article | None = None
    text: str = ""
    until: datetime | None = None

    @classmethod
    def of(cls, slot: FrontSlot) -> Standing:
        return cls(slot.story, slot.text, slot.until)


@dataclass(frozen=True, slots=True)
class Arranged:
    """What changed for readers: slots that are filled anew, and those that stood there and are gone."""

    placed: list[FrontSlot] = field(default_factory=list)
    gone: list[FrontSlot] = field(default_factory=list)


class StaleArrangement(Refused):
    """Somebody arranged the page after it was read. Nothing was overwritten."""

    code = "stale"


class Misplaced(GuardFailed):
    """Some of it cannot stand where it was put: `told` says why, by place."""

    def __init__(self, told: Mapping[Spot, str]) -> None:
        super().__init__(" ".join(dict.fromkeys(told.values())), tuple(told.values()))
        self.told = told


def mark_of(standing: Standing | None) -> str:
    """Differs whenever what stands in a place does; empty for nothing. Seconds do not count: no form shows them."""
    if standing is None:
        return ""
    until = standing.until and standing.until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    parts = (standing.story.pk if standing.story else "", until or "", standing.text)
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


@transaction.atomic
def arrange(page: Page, wanted: Mapping[Spot, Standing], *, read: Mapping[Spot, str], by: User) -> Arranged:
    """Fill the places of a page as `wanted` says, and give back all others to the newest stories.

    `read` holds, by place, the marks of what stood there when the page was read. What is wanted as it stands is left
    as it is and not asked about again.

    Raises:
        NotAllowed: the person may not arrange the front page.
        StaleArrangement: somebody has arranged it since.
        Misplaced: what cannot stand where, and why.
    """
    check_person(by)
    lock_front()
    slots = {Spot.of(slot): slot for slot in page.slots().select_related("section", "entity", "story")}
    marks = {spot: mark_of(Standing.of(slot)) for spot, slot in slots.items()}
    over = {Spot.of(slot): mark_of(Standing.of(slot)) for slot in page.ended().select_related("section", "entity")}
    over = {spot: mark for spot, mark in over.items() if spot not in slots and read.get(spot) == mark}
    # What has ended since the page was read was taken away by nobody, and is given back where it was left alone.
    read = {spot: mark for spot, mark in read.items() if spot not in over}
    wanted = {spot: standing for spot, standing in wanted.items() if over.get(spot) != mark_of(standing)}
    if any(read.get(spot, "") != marks.get(spot, "") for spot in page.spots()):
        raise StaleArrangement(f"Somebody has arranged “{page_name(page)}” meanwhile. Nothing of yours is live yet.")
    wanted = {spot: _plain(standing) for spot, standing in wanted.items()}
    changed = [spot for spot in page.spots() if mark_of(wanted.get(spot)) != marks.get(spot, "")]
    _check(page, wanted, changed)
    return _write(changed, wanted, slots, by=by) if changed else Arranged()


def page_name(page: Page) -> str:
    return str(page.section or page.entity or "Home page")


def _plain(standing: Standing) -> Standing:
    return Standing(standing.story, plain_line(standing.text), standing.until)


def _check(page: Page, wanted: Mapping[Spot, Standing], changed: Iterable[Spot]) -> None:
    told = {}
    for spot in changed:
        try:
            if standing := wanted.get(spot):
                check_placing(spot, story=standing.story, text=standing.text, until=standing.until)
        except GuardFailed as refusal:
            told[spot] = refusal.message
    told |= {spot: why for spot, why in _twice(page, wanted).items() if spot not in told}
    if told:
        raise Misplaced(told)


def _twice(page: Page, wanted: Mapping[Spot, Standing]) -> dict[Spot, str]:
    """Stories that stand in two places. The strip may lead to one that stands on the page as well."""
    stories = {spot: wanted[spot].story for spot in page.spots() if spot in wanted and spot.place != Place.BREAKING}
    times = Counter(story for story in stories.values() if story)
    return {
        spot: f"“{story}” stands here twice. Take it out of one of its places."
        for spot, story in stories.items()
        if story and times[story] > 1
    }


def _write(
    changed: Iterable[Spot], wanted: Mapping[Spot, Standing], slots: Mapping[Spot, FrontSlot], *, by: User
) -> Arranged:
    """All that leaves goes first: a story stands once on a page, also between two statements."""
    leaving = [slots[spot] for spot in changed if spot in slots]
    has_left = Q(until__lte=timezone.now()) | Q(pk__in=[slot.pk for slot in leaving])
    FrontSlot.objects.filter(has_left).delete()
    placed = [
        FrontSlot.objects.create(
            place=spot.place,
            ordinal=spot.ordinal,
            section=spot.section,
            entity=spot.entity,
            story=wanted[spot].story,
            text=wanted[spot].text,
            until=wanted[spot].until,
            placed_by=by,
        )
        for spot in changed
        if spot in wanted
    ]
    purge_on_commit()
    kept = {slot.story_id for slot in placed if slot.story_id}
    return Arranged(placed, [slot for slot in leaving if slot.story_id not in kept])
