"""Verbs of a kill that stands: what holds our story back, and what ends that.

A kill stands until our story is rid of what was killed: the agency's version after it stands in the draft, or an editor
says that it is dealt with. While readers have the words that were killed, only what they have can end it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.holding import free, hold, reword
from articles.models import Article
from newsroom.wire.desk_account import wire_account
from newsroom.wire.models import WireItem

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KILL_COLUMNS = ("killed_at", "kill_note", "settled_at", "settled_by", "is_guess")


def hold_for_kill(item: WireItem, article: Article) -> None:
    hold(article, by=wire_account(), reason=_why_held(item))


def hold_for_version_after(item: WireItem, article: Article) -> None:
    """What the kill holds back has its words still, and is told how it is freed now. What an editor has freed stays
    so."""
    if not article.hold_reason:
        return
    reason = (
        f"{item.source.credit} has killed this story and sent it anew: take the new version on the page of the wire’s "
        "item."
    )
    reword(article, by=wire_account(), reason=reason)


def decide_after_kill(item: WireItem, article: Article, *, by: User, reason: str, is_rid: bool) -> None:
    """The agency's version after its kill was taken or left; both rows are locked, the item's is saved here.

    `is_rid`: the draft has nothing any more of what was killed, or an editor has looked at what it has. What readers
    have, and what lies on the spike, no decision about a draft changes: there the kill stands.
    """
    if item.has_standing_kill and (article.is_live or article.is_closed or not is_rid):
        if article.hold_reason:
            reword(article, by=wire_account(), reason=_why_held(item))
        return
    if item.has_standing_kill:
        forget_kill(item)
        item.save()
    free_from_kill(item, article, by=by, reason=reason)


def free_from_kill(item: WireItem, article: Article, *, by: User, reason: str) -> None:
    """Let go what a kill holds back, unless that of another item of the same story stands."""
    if not article.hold_reason:
        return
    others = WireItem.objects.filter(killed_at__isnull=False, settled_at=None, article=article)
    if not others.exclude(pk=item.pk).exists():
        free(article, by=by, reason=reason)


def has_new_edition(item: WireItem, article: Article) -> bool:
    """Whether readers have another version than when the kill came: whoever says that it is dealt with, made it so."""
    return bool(article.edition and item.killed_at and article.edition.created_at > item.killed_at)


def forget_kill(item: WireItem) -> None:
    item.killed_at, item.kill_note, item.settled_at, item.settled_by = None, "", None, None
    item.is_guess = False


def pass_kill_on(before: WireItem, *, to: WireItem) -> None:
    """A kill of either id that stands, stands under the one under which the story goes on."""
    standing = next((one for one in (to, before) if one.has_standing_kill and one.article_id is not None), None)
    killed_at, kill_note = (standing.killed_at, standing.kill_note) if standing else (None, "")
    forget_kill(before)
    forget_kill(to)
    to.killed_at, to.kill_note = killed_at, kill_note


def _why_held(item: WireItem) -> str:
    return (
        f"{item.source.credit} has killed this story: spike it, or take out its words. An editor then presses “It is "
        "dealt with” on the page of the wire’s item."
    )
