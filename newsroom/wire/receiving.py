"""Verb: bring one entry of a feed onto the desk: new, known, newer, the same as another's, or taken back.

Each is one transaction. Killed between two, the next reading of the feed finds the rest: what is known already changes
nothing.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from newsroom.wire.drafting import draft
from newsroom.wire.following import follow_kill, follow_update, warn_of_killed_twin
from newsroom.wire.likeness import is_another_story, is_same_copy, is_telling, sketch_of
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.reading import Entry, Removal
from newsroom.wire.versions import is_newer

if TYPE_CHECKING:
    from django.db.models import QuerySet

# What an agency sent longer ago is no news: it waits at the wire desk, so that a new source does not flood the drafts.
DRAFTED_FOR = timedelta(days=2)
# Within this time the same words are the same story.
SAME_STORY_FOR = timedelta(days=7)
MOST_CANDIDATES = 20


class Received(Enum):
    """What became of an entry."""

    NEW = "new"
    DUPLICATE = "also from another"
    KNOWN = "known"
    UPDATED = "updated"
    KILLED = "killed"


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
    known = _locked(source, entry.guid)
    if isinstance(entry, Removal):
        return _taken_back(source, entry, known)
    if known is None:
        return _new(source, entry)
    return _known(known, entry)


def _locked(source: WireSource, guid: str) -> WireItem | None:
    own = WireItem.objects.filter(source=source, guid=guid).select_related("source__author", "source__section")
    return own.select_for_update(no_key=True, of=("self",)).first()


def _new(source: WireSource, entry: Entry) -> Received:
    now = timezone.now()
    item = WireItem(source=source, guid=entry.guid, received_at=now, changed_at=now, seen_at=now)
    _write(item, entry)
    before = _locked(source, entry.evolved_from) if entry.evolved_from else None
    if before is not None and before.replaced_by_id is None and not before.is_killed:
        return _goes_on(before, item)
    is_drafted = source.makes_drafts and (item.sent_at is None or item.sent_at > now - DRAFTED_FOR)
    first = _told_before(item)
    if first is not None and not (is_drafted and _only_waits(first)):
        item.duplicate_of = first
        item.save()
        return Received.DUPLICATE
    item.save()
    if first is not None:
        WireItem.objects.filter(Q(pk=first.pk) | Q(duplicate_of=first)).update(duplicate_of=item)
    if is_drafted:
        draft(item)
    return Received.NEW


def _only_waits(first: WireItem) -> bool:
    """Whether the first copy is of a source whose stories nobody has taken yet: that of a source whose stories are
    drafted by themselves then stands for both."""
    locked = WireItem.objects.select_for_update(no_key=True).get(pk=first.pk)
    return locked.is_new and locked.article_id is None


def _goes_on(before: WireItem, item: WireItem) -> Received:
    """The agency goes on with a story under another id: so does what the desk made of it."""
    item.article, item.revision, item.state = before.article, before.revision, before.state
    for name in ("used_headline", "used_standfirst", "used_body"):
        setattr(item, name, getattr(before, name))
    item.duplicate_of = before.duplicate_of
    item.save()
    before.replaced_by, before.offered_at = item, None
    before.save(update_fields=["replaced_by", "offered_at"])
    WireItem.objects.filter(duplicate_of=before).update(duplicate_of=item)
    if item.article_id is not None:
        follow_update(item)
    return Received.UPDATED


def _known(item: WireItem, entry: Entry) -> Received:
    if is_newer(item, entry) or item.replaced_by_id is not None:
        return Received.KNOWN
    if item.is_killed and not is_newer(entry, item):
        # A kill stands until the agency sends a version after it.
        return Received.KNOWN
    if item.content_hash == entry.content_hash and not item.is_killed:
        if entry.version != item.version:
            WireItem.objects.filter(pk=item.pk).update(version=entry.version)
        return Received.KNOWN
    if is_another_story(item.text, entry.text):
        return _under_the_same_id(item, entry)
    _write(item, entry)
    item.changed_at = timezone.now()
    if item.is_killed:
        item.state = WireItem.State.TAKEN if item.article_id else WireItem.State.NEW
        item.killed_at, item.kill_note, item.settled_at, item.settled_by = None, "", None, None
    if item.article_id is not None:
        follow_update(item)
    else:
        _look_for_twin_again(item)
        item.save()
    return Received.UPDATED


def _under_the_same_id(item: WireItem, entry: Entry) -> Received:
    """The agency has given an id a second time: the story before keeps its draft, under a name of ours."""
    item.guid = f"{item.guid[:440]} (until {timezone.now():%Y-%m-%d %H:%M:%S}, {item.pk})"
    item.save(update_fields=["guid"])
    return _new(item.source, entry)


def _taken_back(source: WireSource, removal: Removal, item: WireItem | None) -> Received:
    now = timezone.now()
    if item is None:
        # It may come late: then it is known to be dead.
        item = WireItem(source=source, guid=removal.guid, headline=removal.headline, sent_at=removal.at)
        item.content_hash = item.fingerprint = ""
    elif item.is_killed or is_newer(item, removal):
        # A feed goes on listing what was deleted once, also after the agency has sent the story anew.
        return Received.KNOWN
    item.state, item.killed_at, item.changed_at = WireItem.State.KILLED, now, now
    item.kill_note, item.version = removal.note, removal.version or item.version
    item.sent_at = removal.at or item.sent_at
    twin = item.duplicate_of.article if item.duplicate_of else None
    follow_kill(item)
    _pass_on(item)
    if twin is not None:
        warn_of_killed_twin(item, twin)
    return Received.KILLED


def _pass_on(killed: WireItem) -> None:
    """What other agencies sent with the same words, and did not kill, waits for somebody: the first of them is news."""
    copies = WireItem.objects.filter(duplicate_of=killed)
    heir = copies.exclude(state=WireItem.State.KILLED).order_by("pk").first()
    if heir is not None:
        WireItem.objects.filter(pk=heir.pk).update(duplicate_of=None, changed_at=timezone.now())
        copies.exclude(pk=heir.pk).update(duplicate_of=heir)


def _write(item: WireItem, entry: Entry) -> None:
    for name in (
        *("version", "headline", "standfirst", "body", "text", "byline", "dateline", "language", "urgency", "link"),
        *("note", "embargo_until", "sent_at", "content_hash", "fingerprint"),
    ):
        setattr(item, name, getattr(entry, name))
    item.sketch = sketch_of(entry.text)


def _look_for_twin_again(item: WireItem) -> None:
    """A new version may have become another's, or ceased to be."""
    if item.duplicate_of is not None and not _is_same(item, item.duplicate_of):
        item.duplicate_of = None


def _told_before(item: WireItem) -> WireItem | None:
    """The first that told the same, of whatever source."""
    recent = WireItem.objects.first_copies().filter(received_at__gt=item.received_at - SAME_STORY_FOR)
    recent = recent.exclude(state=WireItem.State.KILLED).order_by("id")
    for candidate in (*recent.filter(fingerprint=item.fingerprint)[:MOST_CANDIDATES], *_with_phrases(recent, item)):
        if _is_same(item, candidate):
            return candidate
    return None


def _with_phrases(recent: QuerySet[WireItem], item: WireItem) -> QuerySet[WireItem]:
    """Asked for without an order: with one, PostgreSQL goes through all items in the hope of an early end."""
    if not item.sketch:
        return recent.none()
    found = sorted(recent.order_by().filter(sketch__overlap=item.sketch).values_list("pk", flat=True))
    return recent.filter(pk__in=found[:MOST_CANDIDATES])


def _is_same(item: WireItem, other: WireItem) -> bool:
    if item.fingerprint == other.fingerprint:
        return is_telling(item.text) or item.headline.casefold() == other.headline.casefold()
    return bool(item.sketch and other.sketch) and is_same_copy(item.text, other.text)
