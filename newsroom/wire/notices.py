"""What an agency asks of editors in words, because its format has no kill: “KILL: …”, “MANDATORY KILL”, “ADVISORY: …”.

Such an item is no story. It is linked with the one that it seems to mean, and the desk is told. Nothing is spiked, for
which story is meant is a guess.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import Enum

from django.utils import timezone

from articles.models import Article, Notification
from articles.notifications import notify
from newsroom.wire.copies import told_before
from newsroom.wire.desk_account import responsible_for
from newsroom.wire.following import follow_kill
from newsroom.wire.models import WireItem

# What follows the word; "KILL-SWITCH" goes on without one.
_ENDS = r"(?=\s*(?:[:)\]–—*]|-\s|\s-|\Z))"
# Takes "KILL: Frigate leaves", "(Withhold) Frigate leaves", "Frigate leaves – MANDATORY KILL"; leaves "Rebels kill 12",
# "REBELS KILL 12", "Kill-switch bill", "Mandatory kill switches".
_KILL = re.compile(
    rf"(?:\A|[(\[*])\W*(?:(?:urgent|attention|editors|mandatory)\W+){{0,3}}(?:kill|withhold){_ENDS}"
    rf"|\bmandatory\s+kill{_ENDS}",
    re.IGNORECASE,
)
# Takes "ADVISORY: toll", "EDITORS ADVISORY – toll"; leaves "Advisory board named" and "TRAVEL ADVISORY ISSUED".
_ADVISORY = re.compile(rf"\A\W*(?:[A-Z]{{2,12}}\W+)?ADVISORY{_ENDS}")
_WORD = re.compile(r"\w{4,}")
LOOKED_BACK = timedelta(days=7)
MOST_LOOKED_AT = 2000
# Of the words of a story's headline, how many stand in the notice; and how many at least.
NAMED = 0.75
FEWEST_NAMED = 2


class Notice(Enum):
    """What is asked: that a story be killed, or that editors know something of it."""

    KILL = "kill"
    ADVISORY = "advisory"


def notice_of(headline: str) -> Notice | None:
    """What a headline asks of editors; None of a story."""
    if _KILL.search(headline):
        return Notice.KILL
    return Notice.ADVISORY if _ADVISORY.search(headline) else None


def take_note(item: WireItem, notice: Notice, named: WireItem | None) -> None:
    """Tell the desk of an item, unsaved, that is a notice. One that asks for a kill stands on the board as a kill until
    somebody says that it is dealt with, whether the story that it means was found or not; `named` is the one of which
    the agency gives the id."""
    meant = named or told_before(item) or _named_in(item)
    article = _article_of(meant)
    item.save()
    if notice is Notice.KILL:
        item.state, item.killed_at, item.article = WireItem.State.KILLED, timezone.now(), article
        item.kill_note = f"It sent “{item.headline[:200]}”, {_which(meant, article)}"
        item.save()
        if article is not None:
            follow_kill(item)
    elif article is not None and not article.is_closed:
        message = f"{item.source.credit} advises editors: “{item.headline[:200]}”. It seems to mean “{article}”."
        people, occasion = responsible_for(article), f"wire-{item.pk}-notice"
        notify(people, article, message, kind=Notification.Kind.NOTE, occasion=occasion)


def _which(meant: WireItem | None, article: Article | None) -> str:
    if article is not None:
        return "which seems to mean this story."
    if meant is not None:
        return f"which seems to mean “{str(meant)[:120]}”. That waits at the wire desk: do not take it."
    return "and it is not clear which story that means. Look for it at the wire desk and on the site."


def _article_of(meant: WireItem | None) -> Article | None:
    if meant is None:
        return None
    return meant.article or (meant.duplicate_of.article if meant.duplicate_of else None)


def _named_in(notice: WireItem) -> WireItem | None:
    """The agency's recent story whose headline the notice repeats, the newest of the best."""
    words = set(_WORD.findall(f"{notice.headline} {notice.text[:3000]}".casefold()))
    recent = WireItem.objects.filter(source=notice.source, replaced_by=None).exclude(state=WireItem.State.KILLED)
    recent = recent.filter(received_at__gt=notice.received_at - LOOKED_BACK).order_by("-changed_at", "-id")
    best, most = None, 0.0
    for pk, headline in recent.values_list("pk", "headline")[:MOST_LOOKED_AT]:
        named = set(_WORD.findall(headline.casefold()))
        shared = len(named & words)
        if shared < FEWEST_NAMED or shared < NAMED * len(named) or notice_of(headline) is not None:
            continue
        if shared > most:
            best, most = pk, shared
    return WireItem.objects.filter(pk=best).first() if best else None
