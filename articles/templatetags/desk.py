"""What the desk's templates need beside Django's own: states as chips, times on both clocks, people's names."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.text import Truncator

from articles.admin.panel import TONES
from articles.mailing import address_of
from articles.models import Priority
from articles.states import PubState, WorkState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.models import Article, Notification

register = template.Library()

PRIORITY_TONES = {Priority.LOW: "neutral", Priority.HIGH: "caution", Priority.BREAKING: "danger"}
MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.inclusion_tag("admin/articles/includes/chip.html")
def work_chip(state: str, label: str) -> dict[str, Any]:
    return {"tone": TONES[WorkState(state)], "label": label, "state": state}


@register.inclusion_tag("admin/articles/includes/chip.html")
def pub_chip(state: str, label: str) -> dict[str, Any]:
    return {"tone": TONES[PubState(state)], "label": label, "state": state, "is_public": True}


@register.inclusion_tag("admin/articles/includes/clocks.html")
def clocks(at: datetime | None) -> dict[str, Any]:
    """A time on the newsroom's clock and in UTC."""
    return {
        "at": at,
        "here": at and f"{_here(at):%a %-d %b, %H:%M}",
        "utc": at and f"{at.astimezone(UTC):%H:%M}",
        "place": place(),
    }


@register.inclusion_tag("admin/articles/includes/moment.html")
def moment(at: datetime | None) -> dict[str, Any]:
    """How long ago, or the date when that is clearer; exact on the newsroom's clock in the title."""
    return {"at": at, "says": at and _ago(at), "exactly": at and f"{_here(at):%A %-d %B %Y, %H:%M} {place()}"}


@register.inclusion_tag("admin/articles/includes/due.html")
def due_time(article: Article) -> dict[str, Any]:
    """When a story is due, today by the hour alone; red once it is late."""
    at = article.due_at
    if at is None:
        return {"at": None}
    here, now = _here(at), _here(timezone.now())
    says = f"{here:%H:%M}" if here.date() == now.date() else f"{here:%a %-d %b, %H:%M}"
    return {"at": at, "is_late": article.is_overdue, "says": says, "exactly": f"{here:%A %-d %B %Y, %H:%M} {place()}"}


@register.inclusion_tag("admin/articles/includes/chip.html")
def priority_chip(article: Article) -> dict[str, Any]:
    """How soon the desk wants it, where that is not as usual."""
    if article.priority == Priority.NORMAL:
        return {}
    tone = PRIORITY_TONES[Priority(article.priority)]
    return {"tone": tone, "label": article.get_priority_display(), "state": "priority"}


@register.simple_tag
def until(at: datetime) -> str:
    """How long it is until then, as the page's own countdown says it."""
    minutes = math.ceil((at - timezone.now()).total_seconds() / MINUTE)
    if minutes <= 0:
        return "due now"
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{days} d"] if days else []
    parts += [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes and not days else []
    return f"in {' '.join(parts)}"


@register.simple_tag
def clock_now(which: str, at: datetime) -> str:
    """The hour and minute `here`, on the newsroom's clock, or in `utc`."""
    return f"{_here(at) if which == 'here' else at.astimezone(UTC):%H:%M}"


@register.simple_tag
def countdown(at: datetime) -> str:
    """How long until then, as the board's script says it every second."""
    seconds = round((at - timezone.now()).total_seconds())
    hours, minutes, rest = abs(seconds) // HOUR, abs(seconds) // MINUTE % 60, abs(seconds) % MINUTE
    when = "late by" if seconds < 0 else "in"
    if hours >= 48:
        return f"{when} {hours // 24} days"
    return f"{when} {hours} h {minutes:02} min" if hours else f"{when} {minutes}:{rest:02}"


@register.simple_tag
def age(period: timedelta | None) -> str:
    """A span of time in its greatest unit: 40 s, 12 min, 3 h, 2 days."""
    seconds = period.total_seconds() if period else 0
    for unit, says in ((DAY, "days"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= 2 * unit:
            return f"{seconds // unit:.0f} {says}"
    return f"{seconds:.0f} s"


@register.simple_tag
def clock_of(at: datetime) -> str:
    """Day and time on the newsroom's clock: "16 Nov, 14:05"."""
    return f"{_here(at):%-d %b, %H:%M}"


@register.simple_tag
def place() -> str:
    """The newsroom's town as its time zone names it: Europe/London as London."""
    return settings.NEWSROOM_TIME_ZONE.rpartition("/")[2].replace("_", " ")


@register.filter
def chosen_filter(choices: list[dict[str, Any]]) -> str:
    """What a list is filtered by; empty for all, which is every filter's first choice."""
    return next((str(choice["display"]) for choice in choices[1:] if choice["selected"]), "")


@register.filter
def short_name(user: AbstractUser | None) -> str:
    """How colleagues call a person; the newsroom's clock has no account."""
    if user is None:
        return "the newsroom’s clock"
    return user.get_short_name() or user.get_username()


@register.filter
@stringfilter
def beginning(text: str, most: int) -> str:
    """The first words, in that many characters at most; "…" stands for what is left out."""
    begun = shorten(text, most, placeholder="…")
    # A script without spaces is one word.
    return begun if begun != "…" else Truncator(text).chars(most)


def _here(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(settings.NEWSROOM_TIME_ZONE))


def _ago(at: datetime) -> str:
    seconds = (timezone.now() - at).total_seconds()
    if seconds < 0 or seconds >= DAY:
        return f"{_here(at):%-d %b, %H:%M}"
    if seconds < MINUTE:
        return "just now"
    return f"{seconds // MINUTE:.0f} min ago" if seconds < HOUR else f"{seconds // HOUR:.0f} h ago"


@register.filter
def address(notification: Notification) -> str:
    """Where what a person was told leads to."""
    return address_of(notification)
