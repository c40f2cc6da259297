"""Verb: bring one entry of a feed onto the desk: new, known, newer, the same as another's, or taken back.

Each is one transaction. Killed between two, the next reading of the feed finds the rest: what is known already changes
nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from newsroom.wire.copies import (
    is_changed,
    is_same,
    is_soon_after,
    killed_before,
    one_at_a_time,
    own_copy,
    told_before,
)
from newsroom.wire.drafting import draft
from newsroom.wire.following import Before, follow_update, warn_of_killed_words
from newsroom.wire.likeness import is_another_story, says_otherwise, sketch_of, turns_away
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.notice_headings import Notice, notice_of
from newsroom.wire.notices import advise, take_note
from newsroom.wire.offering import offer_copy
from newsroom.wire.outcomes import Received
from newsroom.wire.reading import Entry, Removal
from newsroom.wire.standing_kills import KILL_COLUMNS, forget_kill, pass_kill_on
from newsroom.wire.taking_back import removal_in, take_back
from newsroom.wire.versions import is_newer

# What an agency sent longer ago is no news: it waits at the wire desk, so that a new source does not flood the drafts.
DRAFTED_FOR = timedelta(days=2)

__all__ = ["Received", "receive"]


def receive(source: WireSource, entry: Entry | Removal) -> Received:
    """Take in one entry. Two that take in the same at once: one of them finds that it is known."""
    try:
        return _receive(source, entry)
    except IntegrityError:
        if not WireItem.objects.filter(source=source, guid=entry.guid).exists():
            raise
        return _receive(source, entry)


@transaction.atomic
def _receive(source: WireSource, entry: Entry | Removal) -> Received:
    # Before any row is locked, so that nobody waits for one who waits for us.
    one_at_a_time()
    known = _locked(source, entry.guid)
    if isinstance(entry, Removal):
        return take_back(source, entry, known)
    if known is None:
        return _new(source, entry)
    return _known(known, entry)


def _locked(source: WireSource, guid: str) -> WireItem | None:
    own = WireItem.objects.filter(source=source, guid=guid).select_related("source__author", "source__section")
    return own.select_for_update(no_key=True, of=("self",)).first()


def _new(source: WireSource, entry: Entry, *, kills_seen: str = "") -> Received:
    now = timezone.now()
    item = WireItem(source=source, guid=entry.guid, received_at=now, changed_at=now, seen_at=now, kills_seen=kills_seen)
    _write(item, entry)
    before = _locked(source, entry.evolved_from) if entry.evolved_from else None
    notice = notice_of(item.headline)
    if notice is not None:
        take_note(item, notice, before)
        return Received.WARNED
    if before is not None and before.replaced_by_id is None and not before.is_killed:
        return _goes_on(before, item)
    killed = killed_before(item)
    if killed is not None:
        return _killed_words_again(item, killed)
    first = told_before(item)
    return _begins(item) if first is None else _told_again(item, first)


def _begins(item: WireItem) -> Received:
    item.save()
    if _is_drafted(item):
        draft(item)
    return Received.NEW


def _is_drafted(item: WireItem) -> bool:
    """Whether it becomes a draft by itself. Without a date it is as old as the list in which it was not yet: all that a
    new source lists may be of last year."""
    recently = timezone.now() - DRAFTED_FOR
    since = item.sent_at or item.source.read_at
    return item.source.makes_drafts and item.is_new and since is not None and since > recently


def _told_again(item: WireItem, first: WireItem) -> Received:
    own = own_copy(item, first)
    if own is not None:
        return _sent_again(item, own, first)
    if says_otherwise(item, first) and first.state != WireItem.State.IGNORED:
        if first.article is None:
            return _begins(item)
        item.duplicate_of = first
        item.save()
        offer_copy(item, first)
        return Received.DUPLICATE
    if _is_drafted(item) and _only_waits(first):
        return _stands_for(item, first)
    return _duplicate(item, first)


def _sent_again(item: WireItem, own: WireItem, first: WireItem) -> Received:
    """By the same agency, under an id that it did not have."""
    if is_changed(item, own) and is_soon_after(item, own):
        return _goes_on(own, item)
    if is_changed(item, own) and says_otherwise(item, own):
        return _begins(item)
    return _duplicate(item, first)


def _killed_words_again(item: WireItem, killed: WireItem) -> Received:
    """No draft by itself: it may be the feed that is late, or the agency that has let the story go again."""
    outcome = _duplicate(item, killed)
    warn_of_killed_words(item, killed)
    return outcome


def _duplicate(item: WireItem, first: WireItem) -> Received:
    item.duplicate_of = first
    item.save()
    return Received.DUPLICATE


def _stands_for(item: WireItem, first: WireItem) -> Received:
    item.save()
    WireItem.objects.filter(Q(pk=first.pk) | Q(duplicate_of=first)).update(duplicate_of=item)
    draft(item)
    return Received.NEW


def _only_waits(first: WireItem) -> bool:
    """Whether the first copy is of a source whose stories nobody has taken yet: that of a source whose stories are
    drafted by themselves then stands for both."""
    locked = WireItem.objects.select_for_update(no_key=True).get(pk=first.pk)
    return locked.is_new and locked.article_id is None


def _goes_on(before: WireItem, item: WireItem) -> Received:
    """The agency goes on with a story under another id: so does what the desk made of it."""
    # Of an older id that goes on, the kill may have been of that one alone.
    stood = replace(Before.of(before), killed_at=item.killed_at)
    item.article, item.revision, item.state = before.article, before.revision, before.state
    for name in ("used_headline", "used_standfirst", "used_body", "used_embargo"):
        setattr(item, name, getattr(before, name))
    item.duplicate_of = before.duplicate_of if before.duplicate_of != item else None
    item.offered_at = before.offered_at
    pass_kill_on(before, to=item)
    item.save()
    before.replaced_by, before.offered_at = item, None
    before.save(update_fields=["replaced_by", "offered_at", *KILL_COLUMNS])
    WireItem.objects.filter(duplicate_of=before).update(duplicate_of=item)
    _follow(item, stood)
    return Received.UPDATED


def _follow(item: WireItem, before: Before) -> None:
    """What becomes of the desk's story with a new version; `before` is the one that the agency sent last. A copy that
    was killed may hold our story: what is said of it must free that."""
    if item.article_id is not None and (item.duplicate_of is None or before.was_killed):
        follow_update(item, before)
    elif item.duplicate_of is not None:
        _follow_copy(item, item.duplicate_of, before)
    else:
        item.save()


def _follow_copy(item: WireItem, first: WireItem, before: Before) -> None:
    """A copy of what another sent first was changed: it may follow the other, say something of its own, or have become
    another story."""
    if not is_same(item, first):
        _part(item, before)
        return
    item.save()
    if WireItem.State.IGNORED in (item.state, first.state) or not turns_away(item, before, first):
        return
    if first.article is None or first.is_killed:
        _part(item, before)
    else:
        offer_copy(item, first)


def _part(item: WireItem, before: Before) -> None:
    """It is no copy any more, but a story that the desk has not seen. One whose words stand in ours goes on there."""
    first, item.duplicate_of = item.duplicate_of, None
    is_only_offered = first is not None and item.article_id == first.article_id and item.used_body != before.body
    if is_only_offered and not item.has_standing_kill:
        item.article = item.revision = item.offered_at = None
        item.state = WireItem.State.IGNORED if item.state == WireItem.State.IGNORED else WireItem.State.NEW
        item.used_headline = item.used_standfirst = item.used_body = item.used_embargo = ""
    if item.article_id is not None:
        follow_update(item, before)
        return
    item.save()
    if _is_drafted(item):
        draft(item)


def _known(item: WireItem, entry: Entry) -> Received:
    notice = notice_of(entry.headline)
    if notice is Notice.KILL:
        return take_back(item.source, removal_in(entry), item)
    if notice is Notice.ADVISORY and notice_of(item.headline) is None:
        # It is about the story, which it does not replace.
        advise(item, entry.headline, item.article)
        return Received.KNOWN
    if is_newer(item, entry) or (item.is_killed and not is_newer(entry, item)):
        # A kill stands until the agency sends a version after it.
        return Received.KNOWN
    if item.content_hash == entry.content_hash and not item.is_killed:
        if entry.version != item.version:
            WireItem.objects.filter(pk=item.pk).update(version=entry.version)
        return Received.KNOWN
    if item.replaced_by_id is not None:
        newest = _newest_of(item)
        if not item.has_standing_kill or newest.article_id == item.article_id:
            return _under_an_older_id(item, newest, entry)
        # The story that its kill holds is not the one that went on: it lives again by itself.
        item.replaced_by = None
    # What asked for a kill is no version of a story that stands under its id now.
    if is_another_story(item.text, entry.text) or notice_of(item.headline) is Notice.KILL:
        return _under_the_same_id(item, entry)
    before = Before.of(item)
    _write(item, entry)
    item.changed_at = timezone.now()
    if item.is_killed:
        _lives_again(item)
    _follow(item, before)
    return Received.UPDATED


def _lives_again(item: WireItem) -> None:
    """The agency sends it after its kill. That stands until our story is rid of what was killed."""
    if item.state_before_kill == WireItem.State.IGNORED:
        item.state = WireItem.State.IGNORED
    else:
        item.state = WireItem.State.TAKEN if item.article_id else WireItem.State.NEW
    if item.article_id is None or not item.has_standing_kill:
        forget_kill(item)
    if item.fingerprint == item.killed_fingerprint:
        item.killed_fingerprint = ""


def _newest_of(item: WireItem) -> WireItem:
    newest = item
    while newest.replaced_by is not None:
        newest = newest.replaced_by
    return _locked(item.source, newest.guid) or newest


def _under_an_older_id(item: WireItem, newest: WireItem, entry: Entry) -> Received:
    """The agency went on with the story under another id, and now comes back to this one."""
    is_older = entry.sent_at is not None and newest.sent_at is not None and entry.sent_at < newest.sent_at
    _write(item, entry)
    if is_older or newest.is_killed or newest.content_hash == entry.content_hash:
        item.save()
        return Received.KNOWN
    item.changed_at, item.replaced_by = timezone.now(), None
    return _goes_on(newest, item)


def _under_the_same_id(item: WireItem, entry: Entry) -> Received:
    """The agency has given an id a second time: the story before keeps its draft, under a name of ours."""
    item.guid = f"{item.guid[:440]} (until {timezone.now():%Y-%m-%d %H:%M:%S}, {item.pk})"
    item.save(update_fields=["guid"])
    return _new(item.source, entry, kills_seen=item.kills_seen)


def _write(item: WireItem, entry: Entry) -> None:
    for name in (
        *("version", "headline", "standfirst", "body", "text", "byline", "dateline", "language", "urgency", "link"),
        *("note", "usage_terms", "embargo_until", "embargo_words", "sent_at", "content_hash", "fingerprint"),
    ):
        setattr(item, name, getattr(entry, name))
    item.sketch = sketch_of(entry.text)
