"""The board: what waits for a person when they come to the desk, and whether the desk's machines run.

However many rows there are, it takes the same number of queries: one for each pile that holds any, one for all their
counts, one for the pulse, one for what the person is told, one for what is coming up, one for kills, one for partners,
two for the wire, and one for the queues, two the first time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles import desk_lists
from articles.counting import MOST, count_each
from articles.models import Article, DiaryEntry, Notification
from articles.roles import has_permission
from newsroom.admin.pulse import Pulse, pulse
from newsroom.partners.standing import KillStanding, Standing, kills, standing_of, standings
from newsroom.wire.standing import WireNotices, notices_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

SHOWN = 5
KILLS_SHOWN_FOR = timedelta(days=7)


@dataclass(slots=True)
class Pile:
    """One list of the board: how many stories it has, those that are shown, and where the rest is."""

    name: str
    title: str
    rows: QuerySet[Article]
    empty: str
    query: str = ""
    # Of a list that is none of stories.
    address: str = ""
    # The same list, asked in a way that suits more than are counted.
    rows_of_many: QuerySet[Article] | None = None
    count: int = 0
    articles: list[Article] = field(default_factory=list)

    @property
    def first_rows(self) -> QuerySet[Article]:
        """Once it was counted."""
        return self.rows if self.rows_of_many is None or self.count < MOST else self.rows_of_many

    @property
    def has_more(self) -> bool:
        return self.count > len(self.articles)

    @property
    def shown_count(self) -> str:
        return f"{MOST - 1}+" if self.count >= MOST else str(self.count)

    @property
    def list_url(self) -> str:
        if self.address:
            return reverse(self.address)
        return f"{reverse('admin:articles_article_changelist')}?{self.query}" if self.query else ""


@dataclass(frozen=True, slots=True)
class Board:
    now: datetime
    time_zone: str
    mine: list[Pile]
    desk: list[Pile]
    scheduled: Pile
    live: Pile
    failed: Pile
    notifications: list[Notification]
    unread: int
    partners: list[Standing]
    kills: list[KillStanding]
    wire: WireNotices
    coming: list[DiaryEntry]
    pulse: Pulse

    @property
    def shown_partners(self) -> list[Standing]:
        """Those who are late and those who are behind before the others."""
        return sorted(
            self.partners, key=lambda partner: (not partner.is_late, not partner.webhooks_off, -(partner.lag or 0))
        )[:SHOWN]

    @property
    def has_late_kill(self) -> bool:
        return any(kill.is_late for kill in self.kills)

    @property
    def is_bare(self) -> bool:
        """Whether no list holds a story."""
        piles = (*self.mine, *self.desk, self.scheduled, self.live, self.failed)
        return not any(pile.count for pile in piles)


def board_of(user: AbstractUser) -> Board:
    """The board as one person sees it."""
    mine, desk = _mine(user), _desk(user)
    scheduled = Pile(
        "scheduled", "Scheduled", desk_lists.scheduled(), "Nothing is scheduled.", "pub_state__exact=scheduled"
    )
    live = Pile(
        "live",
        "Live in the last 24 hours",
        desk_lists.recently_live(),
        "Nothing went live.",
        "pub_state__exact=live&o=-5",
    )
    failed = Pile("failed", "The tagger gave up", desk_lists.with_failed_tagging(user), "")
    told = Notification.objects.filter(user=user, read_at=None)
    piles = [*mine, *desk, scheduled, live, failed]
    *counts, unread = count_each([*(pile.rows for pile in piles), told])
    for pile, count in zip(piles, counts, strict=True):
        pile.count = count
        pile.articles = list(desk_lists.for_display(pile.first_rows)[:SHOWN]) if count else []
    health = pulse()
    partners = standings(health.sequence)
    killed = kills(timezone.now() - KILLS_SHOWN_FOR)[:SHOWN]
    return Board(
        now=timezone.now(),
        time_zone=settings.NEWSROOM_TIME_ZONE,
        mine=mine,
        desk=desk,
        scheduled=scheduled,
        live=live,
        failed=failed,
        notifications=list(told[:SHOWN]),
        unread=unread,
        partners=partners,
        coming=list(desk_lists.coming_up(user)[:SHOWN]),
        kills=[standing_of(kill, partners) for kill in killed],
        wire=notices_for(user),
        pulse=health,
    )


def _mine(user: AbstractUser) -> list[Pile]:
    asked, talked_of = desk_lists.changes_requested_of(user), desk_lists.with_open_comments(user)
    assigned, drafts = desk_lists.assigned_to(user), desk_lists.other_drafts_of(user)
    return [
        Pile("changes", "Changes requested of me", asked, "Nobody asks you for changes."),
        Pile("comments", "Comments waiting for me", talked_of, "No comment waits for you."),
        Pile("assigned", "Assigned to me", assigned, "No story is assigned to you.", "assigned_to=me&o=7"),
        Pile("drafts", "My drafts", drafts, "You have no other drafts."),
    ]


def _desk(user: AbstractUser) -> list[Pile]:
    proposals = desk_lists.with_open_proposals(user)
    of_many = desk_lists.with_open_proposals(user, are_many=True)
    piles = [
        Pile(
            "review",
            "Waiting for review",
            desk_lists.in_review(),
            "Nothing waits for review.",
            "work_state__exact=in_review",
        ),
        Pile("proposals", "Proposals to decide", proposals, "Every proposal is decided.", rows_of_many=of_many),
        Pile(
            "reports",
            "Errors that readers report",
            desk_lists.with_open_reports(user),
            "No reader waits for an answer.",
            address="admin:articles_errorreport_changelist",
        ),
    ]
    if has_permission(user, "publish_article"):
        ready = desk_lists.ready_to_publish()
        approved = "work_state__exact=approved"
        piles.insert(1, Pile("ready", "Approved, not public yet", ready, "Nothing waits for publication.", approved))
    return piles
