"""The round of the wire: find the sources whose time has come, and ask each of them.

Nothing is remembered but in the rows: a round that was lost, or killed in the middle, is made up for by the next.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsroom.outgoing.transport import Line
from newsroom.wire.copies import forget_copies
from newsroom.wire.fetching import Fetched, FetchFailed, OpenLine, fetch
from newsroom.wire.leases import MOST_AT_ONCE, lease_of
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.models.source import FAILURES_UNTIL_PAUSE
from newsroom.wire.reading import Entry, Feed, Removal, UnreadableFeed, read_feed
from newsroom.wire.receiving import Received, receive
from newsroom.wire.versions import is_newer

logger = logging.getLogger(__name__)

FETCH = "wire.fetch_source"
# What was asked for and not fetched by then is asked for again.
ASKED_AGAIN = timedelta(seconds=60)
# Seconds for bringing in what one fetch gave, well within the lease; the rest is found at the next.
TURN = 90.0
LONGEST_WAIT = timedelta(hours=1)
FAULTS_SHOWN = 3
# What has been out of its feed for so long, and nobody took, is forgotten.
KEPT_FOR = timedelta(days=30)
FORGOTTEN_AT_ONCE = 1000


@dataclass(slots=True)
class Tally:
    """What one fetch brought. `is_whole`: the turn was long enough for all of it; `has_failed`: something that another
    attempt may bring in was left out."""

    counts: Counter[Received] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    is_whole: bool = True
    has_failed: bool = False


def ask_for_due() -> int:
    """Have sources asked whose time has come, as many as may be asked at once; two rounds at once share them. Each that
    was asked makes place for the next."""
    due = _claim_due()
    for pk in due:
        current_app.send_task(FETCH, args=[pk])
    return len(due)


@transaction.atomic
def _claim_due() -> list[int]:
    now = timezone.now()
    places = MOST_AT_ONCE - WireSource.objects.filter(leased_until__gt=now).count()
    rows = WireSource.objects.due(now).select_for_update(no_key=True, skip_locked=True).order_by("fetch_at", "id")
    due = list(rows.values_list("pk", flat=True)[: max(places, 0)])
    WireSource.objects.filter(pk__in=due).update(fetch_at=now + ASKED_AGAIN)
    return due


def fetch_source(source_id: int, *, open_line: OpenLine = Line) -> Tally | None:
    """Ask one source and bring in what it has; None where somebody else is at it, or it is not to be asked."""
    with lease_of(source_id) as lease:
        source = WireSource.objects.followed().filter(pk=source_id).first() if lease else None
        if source is None or lease is None:
            return None
        return _ask(source, lease, open_line)


def _ask(source: WireSource, lease: datetime, open_line: OpenLine) -> Tally | None:
    try:
        fetched = fetch(source, open_line=open_line)
        feed = _read(source, fetched)
    except FetchFailed as failure:
        _note_failure(source, lease, failure)
        return None
    if feed is None:
        _note_success(source, lease, fetched, None)
        return Tally()
    tally = bring_in(source, feed)
    _note_success(source, lease, fetched, tally)
    return tally


def _read(source: WireSource, fetched: Fetched) -> Feed | None:
    """None where nothing is newer. Raises FetchFailed where the whole is unreadable."""
    if fetched.body is None:
        return None
    try:
        return read_feed(source.format, fetched.body, content_type=fetched.content_type, now=timezone.now())
    except UnreadableFeed as error:
        raise FetchFailed(str(error)) from None
    except Exception as error:
        logger.exception("What %s sent could not be read", source)
        raise FetchFailed(broken_by(error)) from None


def broken_by(error: Exception) -> str:
    """A fault of ours is one of the source, too: it is asked less often, and an editor sees why nothing comes."""
    return (
        f"It could not be read, by a fault of the newsroom’s own programs ({type(error).__name__}): tell those who run "
        "them. The log has more."
    )


def bring_in(source: WireSource, feed: Feed) -> Tally:
    """Each entry by itself; a broken one costs none of the others."""
    entries, doubled = once_each(feed)
    tally = Tally(faults=[*feed.faults, *doubled])
    ends = time.monotonic() + TURN
    newly_told: set[str] = set()
    for entry in _in_order(entries):
        if time.monotonic() > ends:
            tally.is_whole = False
            break
        if isinstance(entry, Removal) and entry.guid in newly_told:
            entry = replace(entry, is_overtaken=True)
        outcome = _taken_in(source, entry, tally)
        if outcome in (Received.NEW, Received.UPDATED, Received.DUPLICATE):
            newly_told.add(entry.guid)
    _note_seen(source, feed)
    if tally.counts[Received.DUPLICATE]:
        forget_copies(source, listed={entry.guid for entry in feed.entries})
    return tally


def _in_order(entries: list[Entry | Removal]) -> Iterator[Entry | Removal]:
    """The oldest first, which stands last. Of a story and its kill the kill, so that no draft is made to be spiked; but
    after a story that was sent anew, of which the kill is then known to be of the version before."""
    stories = {entry.guid: entry for entry in entries if isinstance(entry, Entry)}
    kills = [entry for entry in entries if isinstance(entry, Removal)]
    sent_anew = {kill.guid for kill in kills if kill.guid in stories and is_newer(stories[kill.guid], kill)}
    yield from (kill for kill in reversed(kills) if kill.guid not in sent_anew)
    yield from reversed(stories.values())
    yield from (kill for kill in reversed(kills) if kill.guid in sent_anew)


def _taken_in(source: WireSource, entry: Entry | Removal, tally: Tally) -> Received | None:
    name = entry.headline[:60] or entry.guid[:60]
    try:
        outcome = receive(source, entry)
    except Exception as error:
        logger.exception("An item of %s could not be brought in", source)
        tally.has_failed = True
        tally.faults.append(f"“{name}” could not be brought in ({type(error).__name__}).")
        return None
    tally.counts[outcome] += 1
    if outcome is Received.WARNED:
        tally.faults.append(f"“{name}” is a notice to editors: no draft was made of it. See to it at the wire desk.")
    elif outcome is Received.OVERTAKEN:
        tally.faults.append(f"“{name}” is taken back, and listed in a newer version, which stands. See which is meant.")
    return outcome


def once_each(feed: Feed) -> tuple[list[Entry | Removal], list[str]]:
    """The entries with each id once, and what is to be said of the others. Of two stories under one id the newer is
    meant; where nothing tells which that is, the first, for feeds list the newest first."""
    chosen: dict[tuple[str, bool], Entry | Removal] = {}
    faults = []
    for entry in feed.entries:
        place = (entry.guid, isinstance(entry, Removal))
        standing = chosen.setdefault(place, entry)
        if standing is entry:
            continue
        faults.append(f"The id “{entry.guid[:60]}” stands there twice: the newer was read.")
        if isinstance(entry, Entry) and isinstance(standing, Entry) and is_newer(entry, standing):
            chosen[place] = entry
    return list(chosen.values()), faults


def _note_seen(source: WireSource, feed: Feed) -> None:
    """Once a day is enough to know that an item still stands in its feed."""
    now = timezone.now()
    guids = [entry.guid for entry in feed.entries]
    WireItem.objects.filter(source=source, guid__in=guids, seen_at__lt=now - timedelta(days=1)).update(seen_at=now)


def _note_success(source: WireSource, lease: datetime, fetched: Fetched, tally: Tally | None) -> None:
    now = timezone.now()
    fields: dict[str, object] = {
        "asked_at": now,
        "last_success_at": now,
        "failures": 0,
        "failing_since": None,
        "last_error": "",
        "fetch_at": now + timedelta(minutes=source.minutes),
    }
    if tally is not None:
        fields["last_faults"] = _shortened(tally.faults)
        if tally.counts[Received.NEW] or tally.counts[Received.UPDATED]:
            fields["last_new_at"] = now
        fields |= _after_reading(source, fetched, tally, now)
    _write(source, lease, fields)


def _after_reading(source: WireSource, fetched: Fetched, tally: Tally, now: datetime) -> dict[str, object]:
    """Of a feed that is not all on the desk the rest is wanted: it must not answer that nothing is newer."""
    if not tally.is_whole:
        return {"etag": "", "last_modified": "", "fetch_at": now}
    if tally.has_failed:
        return {"etag": "", "last_modified": "", "read_at": now}
    return {"etag": fetched.etag, "last_modified": fetched.last_modified, "read_at": now}


def _note_failure(source: WireSource, lease: datetime, failure: FetchFailed) -> None:
    now = timezone.now()
    failures = source.failures + 1
    wait = min(timedelta(minutes=source.minutes) * 2 ** min(failures - 1, 10), LONGEST_WAIT)
    wait = max(wait, timedelta(minutes=source.minutes), failure.wait or timedelta(0))
    fields: dict[str, object] = {
        "asked_at": now,
        "failures": failures,
        "failing_since": Coalesce(F("failing_since"), now),
        "last_error": failure.message[:300],
        "fetch_at": now + wait,
    }
    if failure.is_gone or failures >= FAILURES_UNTIL_PAUSE:
        fields["paused_at"] = now
    _write(source, lease, fields)


def _write(source: WireSource, lease: datetime, fields: dict[str, object]) -> None:
    """Where our lease has ended, or the address or the sign-in was changed meanwhile, what we know of it is old."""
    asked = {name: getattr(source, name) for name in ("url", "format", "sign_in", "sign_in_name", "sealed_secret")}
    WireSource.objects.filter(pk=source.pk, leased_until=lease, **asked).update(**fields)


def _shortened(faults: list[str]) -> str:
    shown = " ".join(faults[:FAULTS_SHOWN])
    rest = len(faults) - FAULTS_SHOWN
    return f"{shown[:440]}{f' And {rest} more.' if rest > 0 else ''}"


def forget_old_items() -> int:
    """Items that nobody took and that their feeds have not listed for thirty days, a batch at a time. The first of
    several copies goes last: without it, the others would be news. An open kill of a story that nobody has found yet
    stays until somebody says that it is dealt with."""
    old = WireItem.objects.filter(
        article=None,
        replaces=None,
        duplicates=None,
        seen_at__lt=F("source__read_at") - KEPT_FOR,
        changed_at__lt=timezone.now() - KEPT_FOR,
    )
    old = old.exclude(killed_at__isnull=False, settled_at=None)
    chosen = list(old.order_by("seen_at").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    forgotten, _ = WireItem.objects.filter(pk__in=chosen).delete()
    return forgotten
