"""What an agency asks of editors in words, because its format has no kill: “KILL: …”, “MANDATORY KILL”, “ADVISORY: …”.

Such an item is no story. It is linked with the one that it seems to mean, and the desk is told. Nothing is spiked, for
which story is meant is a guess.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from django.utils import timezone

from articles.models import Article, Notification
from articles.notifications import notify
from newsroom.wire.copies import told_before
from newsroom.wire.desk_account import chiefs, responsible_for
from newsroom.wire.following import follow_kill
from newsroom.wire.models import WireItem
from newsroom.wire.notice_headings import Notice, notice_of
from newsroom.wire.reading import Removal
from newsroom.wire.taking_back import take_back

_WORD = re.compile(r"\w{4,}")
LOOKED_BACK = timedelta(days=7)
MOST_LOOKED_AT = 2000
# Of the words of a story's headline, how many stand in the notice; and how many at least.
NAMED = 0.75
FEWEST_NAMED = 2
# By which a notice asks, beside the story's headline.
ASKING = frozenset({"kill", "mandatory", "withhold", "urgent", "attention", "editors"})


def take_note(item: WireItem, notice: Notice, named: WireItem | None) -> None:
    """Tell the desk of an item, unsaved, that is a notice. One that asks for a kill stands on the board as a kill until
    somebody says that it is dealt with, whether the story that it means was found or not; `named` is the one of which
    the agency gives the id."""
    if notice is Notice.ADVISORY:
        item.save()
        advise(item, item.headline, _article_of(named or told_before(item) or _named_in(item)))
        return
    guessed = None if named else told_before(item) or _named_in(item)
    known = None if guessed else named or _killed_already(item)
    meant = guessed or known
    article = _article_of(meant)
    item.state, item.killed_at = WireItem.State.KILLED, timezone.now()
    item.kill_note = f"It sent “{item.headline[:200]}”, {_which(meant, article)}"
    if known is not None:
        _pass_on_to(known, item)
    elif article is not None:
        item.article, item.is_guess = article, True
        item.save()
        follow_kill(item)
    else:
        item.save()


def _pass_on_to(known: WireItem, notice: WireItem) -> None:
    """The story is known by its id, or was killed under it before: its own item bears the kill, and the notice none."""
    notice.article, notice.settled_at = known.article, notice.killed_at
    notice.save()
    if not known.is_killed:
        take_back(known.source, Removal(known.guid, note=notice.kill_note), known)
        notice.article = known.article
        notice.save(update_fields=["article"])
    elif known.article is not None:
        message = (
            f"{notice.source.credit} sent “{notice.headline[:200]}”, which seems to mean “{known.article}”: that was "
            "killed before. See whether it means another story."
        )
        notify(chiefs(), known.article, message, kind=Notification.Kind.NOTE, occasion=f"wire-{notice.pk}-killed-twice")


def advise(item: WireItem, headline: str, article: Article | None) -> None:
    """Tell those who have a story, once, what its agency has to say to editors."""
    if article is None or article.is_closed:
        return
    message = f"{item.source.credit} advises editors: “{headline[:200]}”. It seems to mean “{article}”."
    occasion = f"wire-{item.pk}-notice-{hashlib.sha256(headline.encode()).hexdigest()[:12]}"
    notify(responsible_for(article), article, message, kind=Notification.Kind.NOTE, occasion=occasion)


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


def _killed_already(notice: WireItem) -> WireItem | None:
    """What the agency has killed by its feed as well, where the notice is headed with that story's headline and no word
    more."""
    words = set(_WORD.findall(notice.headline.casefold())) - ASKING
    killed = WireItem.objects.filter(source=notice.source, state=WireItem.State.KILLED, is_guess=False)
    killed = killed.filter(article__isnull=False, received_at__gt=notice.received_at - LOOKED_BACK)
    for item in killed.select_related("article").order_by("-killed_at", "-id")[:MOST_LOOKED_AT]:
        named = set(_WORD.findall(item.headline.casefold()))
        if len(named) >= FEWEST_NAMED and named == words:
            return item
    return None
