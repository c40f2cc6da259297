"""What the page of an item shows: the copy, what can be done with it, and of an update what it changes."""

from __future__ import annotations

from typing import Any

from articles.body import clean_body
from articles.differences import shortened
from articles.roles import has_permission, may_edit
from articles.word_diff import Piece, compare
from newsroom.wire.deciding import joined_with, may_decide_items
from newsroom.wire.embargoes import is_unheeded
from newsroom.wire.models import WireItem


def page_of(item: WireItem, user: Any) -> dict[str, Any]:
    may_decide = may_decide_items(user)
    is_duplicate = item.duplicate_of is not None
    return {
        "item": item,
        "also_from": item.duplicates.select_related("source").order_by("received_at")[:20],
        "may_take": _may_take(item, user),
        "may_ignore": may_decide and not is_duplicate and _can_be_ignored(item),
        "may_bring_back": may_decide and item.state == WireItem.State.IGNORED,
        "may_settle": may_decide and item.is_kill_open,
        "may_mean_another": may_decide and item.has_standing_kill and item.is_guess and item.article is not None,
        "update": update_of(item, user) if item.offered_at else None,
    }


def update_of(item: WireItem, user: Any) -> dict[str, Any]:
    """What the agency changed, and what the draft would become."""
    article = item.article
    assert article is not None
    joined = joined_with(item, article)
    before, now = clean_body(item.used_body).text, item.text
    ours, then = clean_body(article.body).text, clean_body(joined.body).text
    fields = ("headline", "standfirst")
    is_forbidden = article.is_live and is_unheeded(item, article)
    return {
        "joined": joined,
        "may_take": may_edit(article, user) and not article.is_closed and not is_forbidden,
        "is_forbidden": is_forbidden,
        "may_leave": may_edit(article, user) and (not article.hold_reason or may_decide_items(user)),
        "is_anothers": item.duplicate_of is not None,
        "agency_headline": compare(item.used_headline, item.headline),
        "agency_body": shown(before, now) if item.used_body else [],
        "our_headline": compare(article.headline, joined.headline),
        "our_standfirst": compare(article.standfirst, joined.standfirst),
        "our_body": shown(ours, then),
        "is_same": ours == then and all(getattr(article, name) == getattr(joined, name) for name in fields),
    }


def shown(older: str, newer: str) -> list[Piece]:
    return shortened(compare(older, newer))


def _may_take(item: WireItem, user: Any) -> bool:
    """What the verb would refuse at once has no button."""
    if not has_permission(user, "write_article") or item.is_killed:
        return False
    if item.duplicate_of is not None and item.duplicate_of.article_id is not None:
        return False
    article = item.article
    if article is None:
        return True
    return article.assigned_to_id is None and article.created_by_id is None and not article.is_closed


def _can_be_ignored(item: WireItem) -> bool:
    if item.is_new:
        return True
    article = item.article
    return (
        item.is_taken
        and article is not None
        and article.assigned_to_id is None
        and article.revision_id == item.revision_id
        and article.pub_state == "never"
    )
