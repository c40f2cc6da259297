"""Verb: fill one place of the front page by hand. A whole page at once: articles/front_arrangement.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, FrontSlot, Listing, Representation, Section
from articles.purging import purge_on_commit
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from entities.models import Entity

Place = FrontSlot.Place
HOME = (Place.LEAD, Place.SECONDARY)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something can stand: a place, its number there, and for a pinned story the section or the entity."""

    place: FrontSlot.Place
    ordinal: int = 1
    section: Section | None = None
    entity: Entity | None = None

    def __str__(self) -> str:
        return str(FrontSlot(place=self.place, ordinal=self.ordinal, section=self.section, entity=self.entity))

    @classmethod
    def of(cls, slot: FrontSlot) -> Spot:
        return cls(Place(slot.place), slot.ordinal, slot.section, slot.entity)


@transaction.atomic
def place(
    spot: Spot, *, by: User, story: Article | None = None, text: str = "", until: datetime | None = None
) -> FrontSlot:
    """Put a story (or, in the breaking strip, words) into a place.

    What stood there leaves it. A story that stood elsewhere on the same page moves, and what it drives out takes
    the place that it came from: so two stories change places.

    Raises:
        NotAllowed: the person may not arrange the front page.
        GuardFailed: there is no such place, the story is not live, or the end has passed or is missing.
    """
    check_person(by)
    text = plain_line(text)
    lock_front()
    check_placing(spot, story=story, text=text, until=until)
    _make_room(spot, story)
    purge_on_commit()
    return FrontSlot.objects.create(
        place=spot.place,
        ordinal=spot.ordinal,
        section=spot.section,
        entity=spot.entity,
        story=story,
        text=text,
        until=until,
        placed_by=by,
    )


def check_person(by: User) -> None:
    if not has_permission(by, "change_frontslot"):
        raise NotAllowed("The front page is arranged by editors. Ask one of them.")


def lock_front() -> None:
    """Editors arrange one after the other; readers do not wait."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {FrontSlot._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def check_placing(spot: Spot, *, story: Article | None, text: str, until: datetime | None) -> None:
    """
    Raises:
        GuardFailed: why this cannot stand there.
    """
    _check_spot(spot)
    _check_words(spot, story=story, text=text)
    _check_end(spot, until)
    _check_live(story)
    _check_named(spot, story)


def plain_line(text: str) -> str:
    """Words in one line, without what no database could hold."""
    return " ".join(text.replace("\x00", "").split())


def _make_room(spot: Spot, story: Article | None) -> None:
    FrontSlot.objects.filter(until__lte=timezone.now()).delete()
    own = FrontSlot.objects.filter(place=spot.place, section=spot.section, entity=spot.entity)
    there = own.filter(ordinal=spot.ordinal).first()
    came_from = _on_same_page(spot).filter(story=story).first() if story else None
    FrontSlot.objects.filter(pk__in=[slot.pk for slot in (there, came_from) if slot]).delete()
    if there and came_from and there.pk != came_from.pk:
        there.pk, there.place, there.ordinal = None, came_from.place, came_from.ordinal
        there.save(force_insert=True)


def _on_same_page(spot: Spot) -> QuerySet[FrontSlot]:
    slots = FrontSlot.objects.filter(section=spot.section, entity=spot.entity)
    return slots.filter(place__in=HOME) if spot.place in HOME else slots.filter(place=spot.place)


def _check_spot(spot: Spot) -> None:
    most = FrontSlot.NUMBERS[spot.place]
    if not 1 <= spot.ordinal <= most:
        raise GuardFailed(f"The number must be from 1 to {most} for this place." if most > 1 else "The number is 1.")
    if (spot.place == Place.SECTION) != (spot.section is not None):
        raise GuardFailed("Choose a section for a story pinned in one, and only for that.")
    if (spot.place == Place.ENTITY) != (spot.entity is not None):
        raise GuardFailed("Choose the page on which the story is to be pinned, and only for that.")


def _check_words(spot: Spot, *, story: Article | None, text: str) -> None:
    longest = FrontSlot._meta.get_field("text").max_length or 0
    if len(text) > longest:
        raise GuardFailed(f"The strip holds {longest} characters; these are {len(text)}.")
    if spot.place == Place.BREAKING and not story and not text:
        raise GuardFailed("Say what is breaking: choose a story, write the words, or both.")
    if spot.place != Place.BREAKING and text:
        raise GuardFailed("Only the breaking strip has words of its own.")
    if spot.place != Place.BREAKING and not story:
        raise GuardFailed("Choose the story that is to stand here.")


def _check_end(spot: Spot, until: datetime | None) -> None:
    if spot.place == Place.BREAKING and until is None:
        raise GuardFailed("Say when the breaking strip ends, so that none is forgotten.")
    if until is not None and until <= timezone.now():
        raise GuardFailed("The end has passed already.")


def _check_live(story: Article | None) -> None:
    live = Representation.objects.filter(article=story, status=Representation.Status.LIVE)
    if story and not live.exists():
        raise GuardFailed(f"“{story}” is not live. Publish it first; only live stories can stand on the front page.")


def _check_named(spot: Spot, story: Article | None) -> None:
    """A page on something shows stories about it alone, the pinned ones too."""
    if spot.entity is None or story is None:
        return
    named = Listing.objects.filter(Q(entity=spot.entity) | Q(entity__merged_into=spot.entity), article=story)
    if not named.exists():
        raise GuardFailed(
            f"“{story}” does not stand under {spot.entity}. Tag the story with it, and publish that first."
        )
