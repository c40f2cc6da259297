"""Verb: offer the desk what another agency says of a story that it has already.

A copy that says the same is shown as *also from* and nobody is told. One that says otherwise, or more, waits for a
person, as an update does; it never writes a draft over, which is credited to the agency that came first.
"""

from __future__ import annotations

from django.utils import timezone

from articles.models import Notification
from articles.notifications import notify
from articles.transitions import lock
from newsroom.wire.desk_account import responsible_for
from newsroom.wire.models import WireItem


def offer_copy(item: WireItem, first: WireItem) -> None:
    """`item` is saved, its row locked; `first` has the story. Of what was put aside nobody is told."""
    assert first.article is not None
    article = lock(first.article)
    if article.is_closed:
        return
    if item.article != article:
        item.article, item.revision, item.state = article, None, WireItem.State.TAKEN
        for name in ("used_headline", "used_standfirst", "used_body"):
            setattr(item, name, getattr(first, name))
    item.offered_at = timezone.now()
    item.save()
    where = "which is live here" if article.is_live else "which we have"
    message = (
        f"{item.source.credit} has sent “{str(item)[:120]}”: it tells “{article}”, {where} from {first.source.credit}, "
        "otherwise, or has more. Take it or leave it."
    )
    occasion = f"wire-{item.pk}-copy-{item.content_hash[:12]}"
    notify(responsible_for(article), article, message, kind=Notification.Kind.NOTE, occasion=occasion)
