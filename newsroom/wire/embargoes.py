"""Verb: bind our story by the embargo of an agency.

One that binds longer than ours is set at once, whoever has written on the story: it only holds back. One that ends
earlier, or is gone, is followed while ours is still the agency's own. What a person has set, moved or lifted since is
theirs: it is never made shorter, and what they lifted is set again only when the agency says something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.embargoes import follow_embargo, set_embargo
from articles.models import Article, Notification
from articles.newsroom_clock import on_both_clocks
from articles.notifications import notify, people_of
from articles.states import PubState
from newsroom.wire.desk_account import chiefs, wire_account

if TYPE_CHECKING:
    from newsroom.wire.models import WireItem

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Terms:
    """How long an embargo binds. With `words`, which no time can be read of, until somebody lifts it."""

    until: datetime | None = None
    words: str = ""

    @classmethod
    def of(cls, item: WireItem) -> Terms:
        """Of an agency, as it stands now."""
        return cls(None if item.embargo_words else item.embargo_until, item.embargo_words)

    @property
    def is_indefinite(self) -> bool:
        return bool(self.words)

    @property
    def is_in_force(self) -> bool:
        return self.is_indefinite or bool(self.until and self.until > timezone.now())

    @property
    def said(self) -> str:
        """As it is remembered to have been heard; empty for none."""
        return self.words or (self.until.astimezone(UTC).isoformat() if self.until else "")

    def note_from(self, credit: str) -> str:
        return f"Of {credit}: “{self.words}”" if self.words else f"Of {credit}"

    def binds_longer_than(self, article: Article) -> bool:
        if not self.is_in_force or article.is_embargoed_indefinitely:
            return False
        if self.is_indefinite or not article.is_under_embargo:
            return True
        return bool(self.until and article.embargo_until and self.until > article.embargo_until)


def keep_embargo(item: WireItem, article: Article, *, may_free: bool) -> None:
    """Both rows are locked; what was heard is noted on the item, which the caller saves.

    `may_free`: an embargo of the agency may end earlier, for nobody has touched the draft or somebody takes the update.
    Of a live story nothing is noted: no embargo can bind it. What lies on the spike is bound, for it could be brought
    back.
    """
    terms = Terms.of(item)
    if article.pub_state == PubState.KILLED or terms.said == item.used_embargo:
        return
    if article.is_live:
        _cry_out(item, article, terms)
        return
    if terms.binds_longer_than(article):
        _raise(item, article, terms)
    elif _is_as_set(item, article):
        if not may_free and would_free(item, article):
            return
        _follow(item, article, terms)
    item.used_embargo = terms.said


def would_free(item: WireItem, article: Article) -> bool:
    """Whether the agency has moved its own embargo forward, or lifted it, while ours is as it was set for it."""
    if not _is_as_set(item, article):
        return False
    terms = Terms.of(item)
    if not terms.is_in_force:
        return True
    if article.is_embargoed_indefinitely:
        return not terms.is_indefinite
    return bool(terms.until and article.embargo_until and terms.until < article.embargo_until)


def is_unheeded(item: WireItem, article: Article) -> bool:
    """Whether the agency forbids what our story does not: it was live, so that no embargo could be set."""
    terms = Terms.of(item)
    return terms.said != item.used_embargo and terms.binds_longer_than(article)


def _raise(item: WireItem, article: Article, terms: Terms) -> None:
    """Somebody else's embargo goes on in the note, by which it is known not to be the agency's to lift."""
    if _is_as_set(item, article):
        _follow(item, article, terms)
        return
    note = terms.note_from(item.source.credit)
    if article.is_under_embargo:
        standing = "Of the desk" if article.embargo_note in ("", note) else article.embargo_note
        theirs = f"{note[0].lower()}{note[1:]}"
        note = standing if theirs in standing else f"{standing}; {theirs}"
    set_embargo(
        article, by=wire_account(), until=terms.until, is_indefinite=terms.is_indefinite, note=note[:LONGEST_NOTE]
    )


def _follow(item: WireItem, article: Article, terms: Terms) -> None:
    follow_embargo(
        article,
        by=wire_account(),
        theirs=article.embargo_note,
        until=terms.until if terms.is_in_force else None,
        is_indefinite=terms.is_indefinite,
        note=terms.note_from(item.source.credit) if terms.is_in_force else "",
    )


def _cry_out(item: WireItem, article: Article, terms: Terms) -> None:
    """No embargo can hold back what readers have; a person can."""
    if not terms.is_in_force:
        return
    credit = item.source.credit
    until = on_both_clocks(terms.until) if terms.until else f"“{terms.words}”"
    message = f"{credit} puts “{article}” under embargo until {until}. It is LIVE: withdraw it, then set the embargo."
    people = {*people_of(article), *chiefs()}
    notify(
        people, article, message, kind=Notification.Kind.NOT_DONE, occasion=f"wire-{item.pk}-embargo-{terms.said}"[:80]
    )


def _is_as_set(item: WireItem, article: Article) -> bool:
    """Whether the embargo in force is the agency's, with the end and the note that the wire gave it."""
    if not article.is_under_embargo or not item.used_embargo:
        return False
    if article.is_embargoed_indefinitely:
        return article.embargo_note == Terms(words=item.used_embargo).note_from(item.source.credit)
    until = Terms(until=article.embargo_until).said
    return (until, article.embargo_note) == (item.used_embargo, Terms().note_from(item.source.credit))
