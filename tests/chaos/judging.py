"""What is there, against what people and partners were told. Each judge gives a sentence for each fault."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F

from articles.documents import document_of
from articles.models import (
    Article,
    Change,
    ChangeCounter,
    Correction,
    Image,
    Representation,
    Revision,
    Sitting,
    TaggingRun,
    Transition,
)
from articles.states import PubState

from .ledger import Ledger

# Takes "mark3x17x" of a writer's body; leaves "market" out.
MARK = re.compile(r"\bmark\d+x\d+x")


def saves_lost(ledger: Ledger) -> Iterator[str]:
    """Words that were said to be saved and stand in no revision of their story."""
    stories: dict[str, set[int]] = defaultdict(set)
    for pk, text in Revision.objects.values_list("article_id", "text").iterator():
        for mark in MARK.findall(text):
            stories[mark].add(pk)
    yield from (f"story {pk}: {mark} is lost" for pk, mark in ledger.saves if pk not in stories[mark])


def sittings_left(ledger: Ledger) -> Iterator[str]:
    """Unsaved words that are offered again though they were said to be saved."""
    tabs = {f"tab-{mark}" for _, mark in ledger.saves}
    for pk, tab in Sitting.objects.with_words().values_list("article_id", "tab"):
        if tab in tabs:
            yield f"story {pk}: the words of {tab} are offered as unsaved"


def verbs_lost(ledger: Ledger) -> Iterator[str]:
    """Publications, corrections and kills that were answered and did not happen."""
    went_out = set(Change.objects.filter(kind=Change.Kind.PUBLISH).values_list("article_id", flat=True))
    yield from (f"story {pk} was not published" for pk in ledger.published if pk not in went_out)
    notices = Counter(Correction.objects.values_list("notice", flat=True))
    for pk, notice in ledger.corrected:
        if notices[notice] != 1:
            yield f"story {pk}: {notices[notice]} notices “{notice}”"
    killed = set(Article.objects.filter(pub_state=PubState.KILLED).values_list("pk", flat=True))
    yield from (f"story {pk} was not killed" for pk in ledger.killed if pk not in killed)


def imports_wrong(ledger: Ledger, archive: Iterable[str]) -> Iterator[str]:
    """Texts and stories of the archive that are not there exactly once."""
    marks = Counter(
        mark
        for text in Article.objects.filter(import_fingerprint__isnull=False).values_list("revision__text", flat=True)
        for mark in MARK.findall(text)
    )
    yield from (f"text {mark} is there {marks[mark]} times" for _, mark in ledger.imports if marks[mark] != 1)
    known = Counter(Article.objects.exclude(external_id=None).values_list("external_id", flat=True))
    yield from (f"{name} is there {known[name]} times" for name in archive if known[name] != 1)


def untagged() -> Iterator[str]:
    """Newest revisions without a finished run, or with one that was given up."""
    finished = TaggingRun.objects.filter(status=TaggingRun.Status.FINISHED).values("revision")
    open_ones = Article.objects.exclude(pub_state__in=(PubState.KILLED, PubState.SPIKED))
    for pk in open_ones.exclude(revision__in=finished).values_list("pk", flat=True):
        yield f"story {pk} is not tagged"


def schedules_missed(ledger: Ledger) -> Iterator[str]:
    kept = _kept_schedules()
    for pk, at in ledger.scheduled:
        if not kept[pk]:
            yield f"story {pk} was due at {at} and is not published"
        elif kept[pk][0] < at:
            yield f"story {pk} was due at {at} and published at {kept[pk][0]}"


def published_twice() -> Iterator[str]:
    """None of these stories was ever withdrawn, so that each may be published once."""
    times = Counter(Change.objects.filter(kind=Change.Kind.PUBLISH).values_list("article_id", flat=True))
    yield from (f"story {pk} was published {count} times" for pk, count in times.items() if count > 1)
    kept = _kept_schedules()
    yield from (f"story {pk} fell due {len(times)} times" for pk, times in kept.items() if len(times) > 1)


def lateness(ledger: Ledger) -> list[tuple[float, int, datetime]]:
    """Seconds from each time that was set to the publication, with the story and that time."""
    kept = _kept_schedules()
    return [((kept[pk][0] - at).total_seconds(), pk, at) for pk, at in ledger.scheduled if kept[pk]]


def _kept_schedules() -> dict[int, list[datetime]]:
    kept: dict[int, list[datetime]] = defaultdict(list)
    for pk, at in Transition.objects.filter(verb="publish_due").order_by("at").values_list("article_id", "at"):
        kept[pk].append(at)
    return kept


def log_gaps() -> Iterator[str]:
    """Numbers that are missing, given twice, or out of the order of a story's versions."""
    log = list(Change.objects.order_by(F("sequence").asc(nulls_last=True)).values_list("sequence", flat=True))
    end = ChangeCounter.objects.get().sequence
    if log != list(range(1, end + 1)):
        yield f"{len(log)} changes up to {end}, without {sorted(set(range(1, end + 1)) - set(log))[:10]}"
    newest: dict[int, int] = {}
    for sequence, pk, version in Change.objects.order_by("sequence").values_list("sequence", "article_id", "version"):
        if version <= newest.get(pk, 0):
            yield f"{sequence}: story {pk} has version {version} after {newest[pk]}"
        newest[pk] = version


def feed_differences(items: list[dict[str, Any]]) -> Iterator[str]:
    """What a follower read, against the log."""
    log = Change.objects.order_by("sequence").values_list("sequence", "article__uuid", "version", "action")
    read = [(item["sequence"], item["object_id"], item["version"], item["action"]) for item in items]
    wrote = [(sequence, str(uuid), version, action) for sequence, uuid, version, action in log]
    yield from (f"was not read: {row}" for row in wrote if row not in set(read))
    yield from (f"was read and is not there: {row}" for row in read if row not in set(wrote))
    if [row[0] for row in read] != sorted({row[0] for row in read}):
        yield "the feed was read out of order, or twice"


def stale_documents() -> Iterator[str]:
    """Stored documents that are not what they would be if they were built now; stories shown that are not live."""
    live = set(Article.objects.filter(pub_state=PubState.LIVE).values_list("pk", flat=True))
    shown = Representation.objects.filter(status=Representation.Status.LIVE).select_related("article__edition")
    for representation in shown:
        if json.loads(bytes(representation.json)) != document_of(representation.article):
            yield f"the document of story {representation.pk} is stale"
    pks = {representation.pk for representation in shown}
    yield from (f"story {pk} is live, or shown, but not both" for pk in live ^ pks)


def webhooks_missed(heard: set[int], *, after: int) -> Iterator[str]:
    for sequence in Change.objects.filter(sequence__gt=after).values_list("sequence", flat=True):
        if sequence not in heard:
            yield f"the endpoint was not told of {sequence}"


def pictures_lost(ledger: Ledger) -> Iterator[str]:
    """Rows whose file is gone or another one, and uploads that were answered and are not there."""
    rows = dict(Image.objects.values_list("pk", "file"))
    yield from (f"picture {pk} is gone" for pk in ledger.pictures if pk not in rows)
    for image in Image.objects.all():
        path = _media() / image.file.name
        if not path.is_file():
            yield f"picture {image.pk} has no file"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != image.sha256:
            yield f"picture {image.pk} has another file"


def files_without_row() -> int:
    """What an upload left that was killed between its file and its row: waste, and nobody can reach it."""
    known = set(Image.objects.values_list("file", flat=True))
    stored = (_media() / "images").rglob("*")
    return sum(path.is_file() and str(path.relative_to(_media())) not in known for path in stored)


def _media() -> Path:
    return Path(str(settings.MEDIA_ROOT))
