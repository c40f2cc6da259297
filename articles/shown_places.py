"""What readers see in the places that editors fill by hand, by the key of the pages that show it.

Places begin and end without a row of the change log, and some end by the clock alone. So the caches in front of us are
told by comparison: what stands there now, and what stood there when they were told last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from articles import surrogate_keys
from articles.models import FrontSlot

Shown = Mapping[str, Sequence[Any]]


def shown_places() -> dict[str, list[Any]]:
    """By surrogate key, in one statement: [place, number, id of the story, words] of each place."""
    slots = FrontSlot.objects.shown(timezone.now()).select_related("section", "entity__merged_into")
    shown: dict[str, list[Any]] = {}
    for slot in slots.order_by("place", "ordinal", "id"):
        shown.setdefault(_key(slot), []).append([slot.place, slot.ordinal, slot.story_id, slot.text])
    return shown


def changed_keys(before: Shown, now: Shown) -> list[str]:
    return sorted(key for key in {*before, *now} if before.get(key) != now.get(key))


def _key(slot: FrontSlot) -> str:
    """The breaking strip stands on every page."""
    if slot.section:
        return surrogate_keys.section(slot.section.slug)
    if slot.entity:
        return surrogate_keys.entity(slot.entity.canonical.kind, slot.entity.canonical.slug)
    return surrogate_keys.SITE if slot.place == FrontSlot.Place.BREAKING else surrogate_keys.LISTS
