"""How the wire stands: what the board tells of it, and the page of each story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from articles.states import PubState
from newsroom.wire.embargoes import is_unheeded
from newsroom.wire.models import WireItem, WireSource

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.models import Article

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
    items = list(_waiting().select_related("source", "article")[: 2 * SHOWN])
    sources = WireSource.objects.ill().order_by("failing_since", "id")
    return WireNotices(
        [item for item in items if item.is_kill_open],
        [item for item in items if item.offered_at and not item.is_kill_open][:SHOWN],
        list(sources[:SHOWN]),
    )


def _waiting() -> QuerySet[WireItem]:
    """Open kills first, of which there are few, and among them those of what readers have: however much is offered,
    none is cut off for it. The kill of what waits to be taken or left is no open one."""
    open_kills = WireItem.objects.with_open_kill()
    is_open = Exists(open_kills.filter(pk=OuterRef("pk")))
    rank = Case(When(is_open & Q(article__pub_state=PubState.LIVE), then=0), When(is_open, then=1), default=2)
    since = Case(When(is_open, then=F("killed_at")))
    return (open_kills | WireItem.objects.with_offer()).order_by(rank, since, "-offered_at", "id")


@dataclass(frozen=True, slots=True)
class Told:
    """What an agency says of a story of ours, as far as somebody at work on it must know."""

    item: WireItem
    is_killed: bool
    is_unheeded: bool

    @property
    def has_anything(self) -> bool:
        item = self.item
        return self.is_killed or self.is_unheeded or bool(item.offered_at or item.usage_terms or item.note)


def told_of(article: Article) -> list[Told]:
    """Of each item that a story rests on, kills first; in one query."""
    items = WireItem.objects.filter(Q(replaced_by=None) | Q(state=WireItem.State.KILLED), article=article)
    items = (
        items.select_related("source", "article")
        .defer("body", "text", "used_body", "sketch")
        .order_by("killed_at", "id")
    )
    # Of a killed story nothing can go out, and no embargo can be set.
    may_bind = article.pub_state != PubState.KILLED
    told = [Told(item, _is_killed(item, article), may_bind and is_unheeded(item, article)) for item in items]
    return [one for one in told if one.has_anything]


def _is_killed(item: WireItem, article: Article) -> bool:
    """Of what lies on our spike as well, which stays held where it is brought back."""
    is_asked = item.is_killed or item.offered_at is None or article.is_live
    return item.has_standing_kill and is_asked
