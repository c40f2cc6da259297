"""Verbs of sources: ask one now, begin again after a pause, and try one out without keeping anything."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from celery import current_app
from django.db import transaction
from django.utils import timezone

from articles.states import GuardFailed, NotAllowed
from newsroom.outgoing.transport import Line
from newsroom.wire.fetching import FetchFailed, OpenLine, fetch
from newsroom.wire.models import WireSource
from newsroom.wire.reading import Entry, Removal, UnreadableFeed, read_feed
from newsroom.wire.rounds import FETCH, broken_by, once_each

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

CHANGES = "wire.change_wiresource"
# A person waits for it.
SECONDS = 8.0
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """What would come in: the newest entries, how many there are, and what is wrong."""

    entries: list[Entry]
    count: int
    removals: int
    faults: list[str]
    error: str = ""


@transaction.atomic
def ask_now(source: WireSource, *, by: User) -> WireSource:
    """Have it asked at once, and from now on again if it was paused; the failures so far are forgiven.

    Raises:
        NotAllowed: for editors.
        GuardFailed: it is switched off.
    """
    if not (by.is_active and by.has_perm(CHANGES)):
        raise NotAllowed("You may not manage sources: ask an editor.")
    locked = WireSource.objects.select_for_update(no_key=True).get(pk=source.pk)
    if not locked.is_enabled:
        raise GuardFailed(f"“{locked}” is switched off: switch it on and save, then it is asked.")
    locked.fetch_at = timezone.now()
    if locked.is_paused:
        locked.paused_at, locked.failing_since, locked.failures = None, None, 0
    locked.save(update_fields=["fetch_at", "paused_at", "failing_since", "failures"])
    # The round finds it where no message comes through.
    transaction.on_commit(lambda: current_app.send_task(FETCH, args=[locked.pk]), robust=True)
    return locked


def forget_what_was_fetched(source: WireSource) -> None:
    """Of a source whose address, format or sign-in was changed, unsaved: what the old one said counts no more."""
    source.etag = source.last_modified = source.last_error = source.last_faults = ""
    source.failures, source.failing_since, source.paused_at = 0, None, None
    # What stands in the other feed without a date may be old.
    source.read_at = None
    source.fetch_at = timezone.now()


def try_out(source: WireSource, *, open_line: OpenLine = Line) -> Trial:
    """Ask a source as it is described, saved or not, for everything it has; nothing is kept."""
    asked = WireSource(
        url=source.url,
        format=source.format,
        sign_in=source.sign_in,
        sign_in_name=source.sign_in_name,
        sealed_secret=source.sealed_secret,
    )
    try:
        fetched = fetch(asked, open_line=open_line, seconds=SECONDS)
        feed = read_feed(asked.format, fetched.body or b"", content_type=fetched.content_type, now=timezone.now())
    except (FetchFailed, UnreadableFeed) as error:
        return Trial([], 0, 0, [], error=str(error))
    except Exception as error:
        logger.exception("What %s sent could not be read", source)
        return Trial([], 0, 0, [], error=broken_by(error))
    entries, doubled = once_each(feed)
    stories = [entry for entry in entries if isinstance(entry, Entry)]
    removals = sum(isinstance(entry, Removal) for entry in entries)
    return Trial(stories[:SHOWN], len(stories), removals, [*feed.faults, *doubled])
