"""Verb: an agency takes a story back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models import Article, Notification
from articles.notifications import notify
from newsroom.wire.copies import SAME_STORY_FOR, one_at_a_time
from newsroom.wire.desk_account import responsible_for
from newsroom.wire.drafting import words_on_the_desk
from newsroom.wire.following import follow_kill, warn_of_killed_twin
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.outcomes import Received
from newsroom.wire.reading import Entry, Removal
from newsroom.wire.standing_kills import forget_kill
from newsroom.wire.versions import is_newer

# Of one story, that are remembered.
MOST_KILLS = 20
# Of a kill that cannot be told from another.
WITHOUT_MARK = "-"


def take_back(source: WireSource, removal: Removal, item: WireItem | None) -> Received:
    """`item` is what is known of the story, its row locked. A kill is obeyed once, whatever its stamp says."""
    now = timezone.now()
    if item is None:
        # It may come late: then it is known to be dead.
        item = WireItem(source=source, guid=removal.guid, headline=removal.headline, sent_at=removal.at)
        item.content_hash = item.fingerprint = ""
    elif removal.mark in item.kills_seen.split():
        # A feed goes on listing what was deleted once, also after the agency has sent the story anew.
        return Received.KNOWN
    elif item.is_killed or removal.is_overtaken:
        return _note(item, removal)
    _remember(item, removal)
    forget_kill(item)
    item.state_before_kill, item.killed_fingerprint = item.state, item.fingerprint
    item.state, item.killed_at, item.changed_at = WireItem.State.KILLED, now, now
    item.kill_note = removal.note
    first = item.duplicate_of
    if first is not None and first.source_id == source.pk and item.article is None:
        # The agency's own words under another id: our story rests on them as well.
        item.article = first.article
    if item.article is None and (first is None or first.article is None):
        item.article = _pasted(item)
    twin = first.article if first else None
    if item.pk is not None:
        # Before our story is locked: whoever decides on an item locks that first, and then the story.
        _pass_on(item)
    follow_kill(item)
    if twin is not None and twin != item.article:
        warn_of_killed_twin(item, twin)
    return Received.KILLED


def hold_what_was_pasted() -> int:
    """Verb of the clock: hold stories into which the words of a kill were pasted after it; how many they were. Articles
    know nothing of the wire, so that nobody is told at the import. What an editor has settled stays so."""
    killed = WireItem.objects.filter(state=WireItem.State.KILLED, article=None, settled_by=None)
    killed = killed.filter(killed_at__gt=timezone.now() - SAME_STORY_FOR).exclude(killed_fingerprint="")
    pasted = Article.objects.filter(import_fingerprint=OuterRef("killed_fingerprint"), wire_items=None)
    return sum(map(_hold_pasted, killed.filter(Exists(pasted)).values_list("pk", flat=True)))


@transaction.atomic
def _hold_pasted(pk: int) -> bool:
    one_at_a_time()
    item = WireItem.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk, article=None).first()
    article = _pasted(item) if item is not None else None
    if item is None or article is None:
        return False
    item.article, item.settled_at = article, None
    follow_kill(item)
    return True


def _pasted(item: WireItem) -> Article | None:
    """Our story with the words of an item that nobody took: somebody pasted or imported them. Not one that we have from
    another agency."""
    article = words_on_the_desk(item)
    return None if article is None or article.wire_items.exclude(pk=item.pk).exists() else article


def _note(item: WireItem, removal: Removal) -> Received:
    """A kill that changes nothing: of what is killed already, or of the version before the one that came with it."""
    if removal.mark:
        _remember(item, removal)
        item.save()
    if item.is_killed:
        return Received.KNOWN
    if item.article is not None:
        message = (
            f"{item.source.credit} has taken “{item.article}” back, and sent a newer version with that, which stands. "
            "If in doubt, ask the agency."
        )
        people, occasion = responsible_for(item.article), f"wire-{item.pk}-overtaken-{removal.mark}"
        notify(people, item.article, message, kind=Notification.Kind.NOTE, occasion=occasion)
    return Received.OVERTAKEN


def _remember(item: WireItem, removal: Removal) -> None:
    """Clocks and counts of agencies err: a kill that seems older than what it kills is one all the same, and only what
    is newer than both comes after it."""
    mark = removal.mark or WITHOUT_MARK
    item.kills_seen = " ".join([*item.kills_seen.split(), mark][-MOST_KILLS:])
    if not is_newer(item, removal):
        item.version, item.sent_at = removal.version or item.version, removal.at or item.sent_at


def _pass_on(killed: WireItem) -> None:
    """What other agencies sent with the same words, and did not kill, waits for somebody: the first of them is news.
    What the same agency sent of it under other ids stays a copy of what it killed."""
    copies = WireItem.objects.filter(duplicate_of=killed).exclude(source=killed.source)
    heir = copies.exclude(state=WireItem.State.KILLED).filter(replaced_by=None).order_by("pk").first()
    if heir is not None:
        WireItem.objects.filter(pk=heir.pk).update(duplicate_of=None, changed_at=timezone.now())
        copies.exclude(pk=heir.pk).update(duplicate_of=heir)


def removal_in(entry: Entry) -> Removal:
    """The agency has no other way to kill than to write so over the story."""
    note = f"It is headed “{entry.headline}” now."
    return Removal(entry.guid, note=note, headline=entry.headline, version=entry.version, at=entry.sent_at)
