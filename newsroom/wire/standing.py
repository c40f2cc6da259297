"""How the wire stands: what the board tells of it, and what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.wire.models import WireItem, WireSource

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

SHOWN = 10


@dataclass(frozen=True, slots=True)
class WireNotices:
    """What somebody has to see to: kills, updates to take or leave, and sources that do not answer."""

    kills: list[WireItem]
    offers: list[WireItem]
    sources: list[WireSource]


def notices_for(user: AbstractUser) -> WireNotices:
    """In two queries, whatever there is; nothing for whom the wire is no business."""
    if not user.has_perm("wire.view_wireitem"):
        return WireNotices([], [], [])
    waiting = WireItem.objects.with_open_kill() | WireItem.objects.with_offer()
    # Kills first, of which there are few.
    items = list(waiting.select_related("source", "article").order_by("killed_at", "-offered_at", "id")[: 2 * SHOWN])
    sources = WireSource.objects.ill().order_by("failing_since", "id")
    return WireNotices(
        [item for item in items if item.is_killed],
        [item for item in items if not item.is_killed][:SHOWN],
        list(sources[:SHOWN]),
    )
