"""The board: what waits for a person when they come to the desk, and whether the desk's clock runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles import desk_lists, sweeping
from articles.models import Article, Notification
from articles.roles import has_permission

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Pile:
    """One list of the board: its stories, as many as fit, and where the rest is."""

    name: str
    title: str
    articles: list[Article]
    empty: str
    query: str = ""

    @property
    def shown(self) -> list[Article]:
        return self.articles[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.articles) > SHOWN

    @property
    def list_url(self) -> str:
        return f"{reverse('admin:articles_article_changelist')}?{self.query}" if self.query else ""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """When the newsroom's clock last made its round; `at` is None where nothing is known of it."""

    at: datetime | None

    @property
    def is_alive(self) -> bool:
        return self.at is not None and timezone.now() - self.at < sweeping.SILENCE


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
    heartbeat: Heartbeat

    @property
    def is_bare(self) -> bool:
        """Whether no list holds a story."""
        piles = (*self.mine, *self.desk, self.scheduled, self.live, self.failed)
        return not any(pile.articles for pile in piles)


def board_of(user: AbstractUser) -> Board:
    """The board as one person sees it, in a number of queries that does not depend on the rows."""
    return Board(
        now=timezone.now(),
        time_zone=settings.NEWSROOM_TIME_ZONE,
        mine=_mine(user),
        desk=_desk(user),
        scheduled=_pile(
            "scheduled", "Scheduled", desk_lists.scheduled(), "Nothing is scheduled.", "pub_state__exact=scheduled"
        ),
        live=_pile(
            "live",
            "Live in the last 24 hours",
            desk_lists.recently_live(),
            "Nothing went live.",
            "pub_state__exact=live",
        ),
        failed=_pile("failed", "The tagger gave up", desk_lists.with_failed_tagging(), ""),
        notifications=list(
            Notification.objects.filter(user=user, read_at=None)
            .select_related("article")
            .defer("article__body")[: SHOWN + 1]
        ),
        heartbeat=Heartbeat(sweeping.last_round()),
    )


def _mine(user: AbstractUser) -> list[Pile]:
    asked, drafts = desk_lists.changes_requested_of(user), desk_lists.drafts_of(user)
    return [
        _pile("changes", "Changes requested of me", asked, "Nobody asks you for changes."),
        _pile("drafts", "My drafts", drafts, "You have no drafts."),
    ]


def _desk(user: AbstractUser) -> list[Pile]:
    proposals = desk_lists.with_open_proposals(user)
    piles = [
        _pile(
            "review",
            "Waiting for review",
            desk_lists.in_review(),
            "Nothing waits for review.",
            "work_state__exact=in_review",
        ),
        _pile("proposals", "Proposals to decide", proposals, "Every proposal is decided."),
    ]
    if has_permission(user, "publish_article"):
        ready = desk_lists.ready_to_publish()
        approved = "work_state__exact=approved"
        piles.insert(1, _pile("ready", "Approved, not public yet", ready, "Nothing waits for publication.", approved))
    return piles


def _pile(name: str, title: str, articles: QuerySet[Article], empty: str, query: str = "") -> Pile:
    return Pile(name, title, list(desk_lists.for_display(articles)[: SHOWN + 1]), empty, query)
