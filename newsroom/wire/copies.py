"""Who told a story before: the items that have the same copy, and how those of one agency follow each other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Case, F, Q, When, Window
from django.db.models.functions import RowNumber

from newsroom.wire.likeness import is_same_copy, is_telling, words_apart
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.notice_headings import notice_of

if TYPE_CHECKING:
    from collections.abc import Collection

# Within this time the same words are the same story.
SAME_STORY_FOR = timedelta(days=7)
# Within this time an agency that sends nearly the same words under another id goes on with its story. Later it is one
# that it writes anew each day, such as a count of drones shot down.
GOES_ON_FOR = timedelta(hours=18)
MOST_CANDIDATES = 20
# Phrases that so many of the newest stories share are no sign of anything: the words at the foot of every story.
NEWEST = 500
COMMON = 10
# Items of one agency with the very same words beside the first, and out of its feed.
MOST_COPIES = 50
# Any number will do that nobody else locks.
ADVISORY_LOCK = 5_112_030

# Those that share the most phrases first, and of these the newest. The index over sketches finds them: the order is
# made of what it found, so that PostgreSQL cannot go through all items in the hope of an early end.
_WITH_PHRASES = """
WITH newest AS (
    SELECT sketch FROM wire_wireitem WHERE duplicate_of_id IS NULL AND replaced_by_id IS NULL
    ORDER BY changed_at DESC, id DESC LIMIT %(newest)s
), common AS (
    SELECT phrase FROM newest, unnest(newest.sketch) AS phrase
    WHERE phrase = ANY(%(sketch)s::bigint[]) GROUP BY phrase HAVING count(*) > %(common)s
), telling AS (
    SELECT coalesce(array_agg(phrase), %(sketch)s::bigint[]) AS phrases FROM unnest(%(sketch)s::bigint[]) AS phrase
    WHERE phrase NOT IN (SELECT phrase FROM common)
)
SELECT id FROM wire_wireitem
WHERE sketch && (SELECT phrases FROM telling)
    AND duplicate_of_id IS NULL AND replaced_by_id IS NULL AND state <> 'killed'
    AND received_at > %(since)s AND id IS DISTINCT FROM %(own)s
ORDER BY cardinality(ARRAY(SELECT unnest(sketch) INTERSECT SELECT unnest(%(sketch)s::bigint[]))) DESC, id DESC
LIMIT %(most)s
"""


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else brings an item in: two that looked at once for who told a story before
    would both find nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def told_before(item: WireItem) -> WireItem | None:
    """The one that told the same, of whatever source; of several, one of the same source, or with the same words."""
    recent = WireItem.objects.first_copies().filter(received_at__gt=item.received_at - SAME_STORY_FOR)
    recent = recent.exclude(state=WireItem.State.KILLED).exclude(pk=item.pk)
    with_words = recent.filter(fingerprint=item.fingerprint)
    if not is_telling(item.text):
        with_words = with_words.filter(headline__iexact=item.headline)
    same = list(with_words.order_by("id")[:MOST_CANDIDATES])
    if not any(found.source_id == item.source_id for found in same):
        same += [found for found in _with_phrases(item) if is_same(item, found)]
    # What an agency says to editors of a story may repeat its words, and is no copy of it.
    same = [found for found in same if notice_of(found.headline) is None]
    own = (found for found in same if found.source_id == item.source_id)
    return next(own, same[0] if same else None)


def killed_before(item: WireItem) -> WireItem | None:
    """What the same source sent in the very same words and killed, unless it says that it sent this after that. Also
    where it has sent other words since."""
    words = Q(fingerprint=item.fingerprint, state=WireItem.State.KILLED) | Q(killed_fingerprint=item.fingerprint)
    recent = WireItem.objects.filter(words, source=item.source)
    recent = recent.filter(received_at__gt=item.received_at - SAME_STORY_FOR)
    if not is_telling(item.text):
        recent = recent.filter(headline__iexact=item.headline)
    killed = recent.select_related("article").order_by("-killed_at", "-id").first()
    if killed is None or (item.sent_at is not None and killed.sent_at is not None and item.sent_at > killed.sent_at):
        return None
    return killed


def is_same(item: WireItem, other: WireItem) -> bool:
    if item.fingerprint == other.fingerprint:
        return is_telling(item.text) or item.headline.casefold() == other.headline.casefold()
    return bool(item.sketch and other.sketch) and is_same_copy(item.text, other.text)


def own_copy(item: WireItem, first: WireItem) -> WireItem | None:
    """What the same source sent of the same story last, under another id; its row is locked."""
    of_source = WireItem.objects.filter(Q(pk=first.pk) | Q(duplicate_of=first), source=item.source, replaced_by=None)
    alive = of_source.exclude(state=WireItem.State.KILLED)
    # The very same words say which of them, and else the newest.
    ranked = alive.order_by(Case(When(fingerprint=item.fingerprint, then=0), default=1), "-changed_at", "-id")
    return ranked.select_related("source").select_for_update(no_key=True, of=("self",)).first()


def is_changed(item: WireItem, own: WireItem) -> bool:
    """Whether a word is another one, here or in the headline, and the agency did not send it before. Its counts of
    versions say nothing: they are of another id."""
    if item.sent_at is not None and own.sent_at is not None and item.sent_at < own.sent_at:
        return False
    is_other = item.fingerprint != own.fingerprint and words_apart(item.text, own.text) > 0
    return is_other or words_apart(item.headline, own.headline) > 0


def is_soon_after(item: WireItem, own: WireItem) -> bool:
    """By when the agency sent them, where it says so."""
    if item.fingerprint == own.fingerprint:
        return True
    if item.sent_at is not None and own.sent_at is not None:
        return item.sent_at - own.sent_at <= GOES_ON_FOR
    return item.received_at - own.changed_at <= GOES_ON_FOR


@transaction.atomic
def forget_copies(source: WireSource, *, listed: Collection[str]) -> int:
    """Of copies with the very same words under ids that the feed does not list any more, all but the newest fifty, for
    a kill may name one of them; how many they were. A feed that gives each story a new id at each fetch would else
    leave a row each time."""
    one_at_a_time()
    older = Window(
        RowNumber(),
        partition_by=[F("duplicate_of"), F("fingerprint"), F("headline")],
        order_by=[F("changed_at").desc(), F("id").desc()],
    )
    unused = WireItem.objects.filter(source=source, state=WireItem.State.NEW, article=None, replaced_by=None)
    told = WireItem.objects.filter(source=source, guid__in=listed, duplicate_of__isnull=False).values("duplicate_of")
    copies = unused.filter(duplicate_of__in=told, duplicates=None, replaces=None).annotate(place=older)
    old = [pk for pk, guid in copies.filter(place__gt=MOST_COPIES).values_list("pk", "guid") if guid not in listed]
    # Whoever decides on one at this moment has its row.
    free = unused.filter(pk__in=old).select_for_update(skip_locked=True, of=("self",))
    forgotten, _ = WireItem.objects.filter(pk__in=list(free.values_list("pk", flat=True))).delete()
    return forgotten


def _with_phrases(item: WireItem) -> list[WireItem]:
    if not item.sketch:
        return []
    asked: dict[str, Any] = {
        "newest": NEWEST,
        "common": COMMON,
        "sketch": item.sketch,
        "since": item.received_at - SAME_STORY_FOR,
        "own": item.pk,
        "most": MOST_CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WITH_PHRASES, asked)
        found = [pk for (pk,) in cursor.fetchall()]
    ranked = {item.pk: item for item in WireItem.objects.filter(pk__in=found)}
    return [ranked[pk] for pk in found if pk in ranked]
