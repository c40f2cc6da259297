"""The whole history of an article in one line of time: saves, verbs, what the public got, verdicts, erasures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import F, Q, Value

from articles.differences import changed_labels, words_changed
from articles.models import Article, Correction, Edition, Erasure, Revision, Transition
from articles.models.verdict import Verdict
from articles.word_diff import compare

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE_SIZE = 40
SAVES, VERBS, PUBLIC, LOG = "saves", "verbs", "public", "log"
KINDS = {SAVES: "Saves", VERBS: "Decisions", PUBLIC: "Published", LOG: "Log"}
PUBLIC_VERBS = ("publish", "publish_due", "publish_update", "correct", "withdraw", "unpublish_due", "kill")
# What each verb is called once it is done.
SAID = {
    "submit": "Submitted for review",
    "recall": "Taken back from review",
    "request_changes": "Changes requested",
    "approve": "Approved",
    "publish": "Published",
    "schedule": "Scheduled",
    "deschedule": "Taken off the schedule",
    "publish_update": "New version published",
    "correct": "Correction published",
    "withdraw": "Withdrawn",
    "kill": "Killed",
    "spike": "Spiked",
    "unspike": "Brought back from the spike",
    "reopen": "Reopened by an edit",
    "publish_due": "Published on schedule",
    "unpublish_due": "Withdrawn on schedule",
    "plan_withdrawal": "Its end planned",
    "deschedule_update": "New version taken off the schedule",
    "schedule_update": "New version scheduled",
}
# Verbs that move no state: they are the log.
LOGGED = {
    "embargo": "Embargo changed",
    "lift_embargo": "Embargo lifted",
    "hold": "Held back",
    "free": "No longer held back",
    "assign": "Assigned",
    "due": "Due time set",
    "priority": "Priority set",
    "run_again": "Tagger run again",
}
# Verdicts of one person that follow each other so closely are one sitting.
SITTING = timedelta(minutes=30)
NAME_COLUMNS = ("id", "username", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save changed, against the revision before it; against nothing for the first."""

    revision: Revision
    added: int
    removed: int
    fields: Sequence[str]
    is_form_changed: bool

    @property
    def is_first(self) -> bool:
        return self.revision.number == 1


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; `by` None is the newsroom's clock, or for a save an import."""

    kind: str
    at: datetime
    by: User | None
    says: str
    note: str = ""
    saved: Saved | None = None
    transition: Transition | None = None
    edition: Edition | None = None
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    events: list[Event]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    days: list[Day]
    number: int
    has_older: bool = field(default=False)

    @property
    def events(self) -> list[Event]:
        return [event for day in self.days for event in day.events]


def history_page(article: Article, *, kind: str = "", until: date | None = None, number: int = 1) -> HistoryPage:
    """One page of the history, newest first, in a number of statements that does not depend on its length.

    `kind` is one of `KINDS`, or empty for all. With `until` it begins at the end of that day on the newsroom's
    clock.
    """
    start = (number - 1) * PAGE_SIZE
    # With the row before the page, where there is one: what is not in a row of its own stands between two.
    keys = list(_keys(article, kind, _end_of(until))[max(start - 1, 0) : start + PAGE_SIZE + 1])
    newest = keys.pop(0)[2] if start and keys else _end_of(until)
    shown, has_older = keys[:PAGE_SIZE], len(keys) > PAGE_SIZE
    events = [
        *_saves(article, [key for source, key, _ in shown if source == SAVES]),
        *_transitions(article, [key for source, key, _ in shown if source == VERBS]),
        *_erasures([key for source, key, _ in shown if source == LOG]),
    ]
    if kind in ("", LOG):
        oldest = shown[-1][2] if has_older else None
        events += [sitting for sitting in _sittings(article) if _is_between(sitting.at, oldest, newest)]
    events.sort(key=lambda event: event.at, reverse=True)
    days = [Day(day, list(told)) for day, told in groupby(events, key=lambda event: here(event.at).date())]
    return HistoryPage(days, number, has_older)


def here(at: datetime) -> datetime:
    """A moment on the newsroom's clock."""
    return at.astimezone(_zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.NEWSROOM_TIME_ZONE)


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day + timedelta(days=1), time.min, _zone()) if day else None


def _is_between(at: datetime, oldest: datetime | None, newest: datetime | None) -> bool:
    return (oldest is None or at >= oldest) and (newest is None or at < newest)


def _keys(article: Article, kind: str, end: datetime | None) -> QuerySet[Any, tuple[str, int, datetime]]:
    """Source, key and moment of every row that the history tells of, in one statement."""
    transitions = article.transitions.all()
    if kind == PUBLIC:
        transitions = transitions.filter(verb__in=PUBLIC_VERBS)
    elif kind == VERBS:
        transitions = transitions.exclude(verb__in=(*PUBLIC_VERBS, *LOGGED))
    elif kind == LOG:
        transitions = transitions.filter(verb__in=LOGGED)
    sources: dict[str, QuerySet[Any]] = {
        SAVES: article.revisions.annotate(moment=F("created_at")),
        VERBS: transitions.annotate(moment=F("at")),
        LOG: article.erasures.annotate(moment=F("at")),
    }
    wanted = {"": (SAVES, VERBS, LOG), SAVES: (SAVES,), VERBS: (VERBS,), PUBLIC: (VERBS,), LOG: (VERBS, LOG)}[kind]
    rows = [
        (sources[source].filter(moment__lt=end) if end else sources[source])
        .order_by()
        .annotate(source=Value(source))
        .values_list("source", "id", "moment")
        for source in wanted
    ]
    return (
        rows[0].union(*rows[1:], all=True).order_by("-moment", "-id")
        if rows[1:]
        else rows[0].order_by("-moment", "-id")
    )


def _saves(article: Article, keys: Sequence[int]) -> Iterable[Event]:
    if not keys:
        return
    before = Revision.objects.filter(pk__in=keys).values(before=F("number") - 1)
    rows = article.revisions.filter(Q(pk__in=keys) | Q(number__in=before)).select_related("created_by").defer("blocks")
    revisions = {revision.number: revision for revision in rows}
    for revision in revisions.values():
        if revision.pk in keys:
            saved = saved_against(revision, revisions.get(revision.number - 1))
            says = f"Revision {revision.number}"
            yield Event(SAVES, revision.created_at, revision.created_by, says, revision.note, saved=saved)


def saved_against(revision: Revision, before: Revision | None) -> Saved:
    """What a revision changed; all of its words are new where there is none before it."""
    if before is None:
        return Saved(revision, added=revision.word_count, removed=0, fields=(), is_form_changed=False)
    is_same = revision.text == before.text
    added, removed = (0, 0) if is_same else words_changed(compare(before.text, revision.text))
    is_form_changed = is_same and revision.snapshot.get("body") != before.snapshot.get("body")
    return Saved(revision, added, removed, changed_labels(before, revision), is_form_changed)


def _transitions(article: Article, keys: Sequence[int]) -> Iterable[Event]:
    rows = (
        Transition.objects.filter(pk__in=keys)
        .select_related("by", "edition")
        .defer("edition__html", "edition__text", "edition__blocks")
    )
    transitions = list(rows)
    corrected = [transition.edition_id for transition in transitions if transition.verb == "correct"]
    corrections = {correction.edition_id: correction for correction in Correction.objects.filter(edition__in=corrected)}
    for transition in transitions:
        verb = transition.verb
        is_published = verb in PUBLIC_VERBS and transition.pub_to == "live"
        correction = corrections.get(transition.edition_id or 0) if verb == "correct" else None
        yield Event(
            kind=LOG if verb in LOGGED else PUBLIC if verb in PUBLIC_VERBS else VERBS,
            at=transition.at,
            by=transition.by,
            says=SAID.get(verb) or LOGGED.get(verb) or verb.replace("_", " ").capitalize(),
            note="" if correction else transition.reason,
            transition=transition,
            edition=transition.edition if is_published else None,
            correction=correction,
        )


def _erasures(keys: Sequence[int]) -> Iterable[Event]:
    for erasure in Erasure.objects.filter(pk__in=keys) if keys else ():
        versions = ", ".join(map(str, erasure.versions)) or "none"
        says = f"Sealed text destroyed by {erasure.operator}"
        note = f"{erasure.reference}\nPublished versions: {versions}. Revisions: {len(erasure.revisions)}."
        yield Event(LOG, erasure.at, None, says, note)


def _sittings(article: Article) -> list[Event]:
    """Verdicts as they stand, by the person and the sitting; one that was judged anew counts where it was last."""
    columns = (*(f"verdict_by__{name}" for name in NAME_COLUMNS), "verdict_at", "verdict")
    judged = [
        rows.exclude(verdict_at=None).order_by().values_list(*columns)
        for rows in (article.tags.all(), article.quotes.all(), article.related_links.all())
    ]
    sittings: list[list[tuple[Any, ...]]] = []
    for *person, at, verdict in judged[0].union(*judged[1:], all=True).order_by("verdict_at"):
        last = sittings[-1][-1] if sittings else None
        if last and last[0] == person and at - last[1] <= SITTING:
            sittings[-1].append((person, at, verdict))
        else:
            sittings.append([(person, at, verdict)])
    return [Event(LOG, told[-1][1], User(**dict(zip(NAME_COLUMNS, told[0][0]))), _counted(told)) for told in sittings]


def _counted(sitting: Sequence[tuple[Any, ...]]) -> str:
    confirmed = sum(verdict == Verdict.CONFIRMED for _, _, verdict in sitting)
    rejected = len(sitting) - confirmed
    parts = [f"{count} {word}" for count, word in ((confirmed, "confirmed"), (rejected, "rejected")) if count]
    return f"Proposals decided: {', '.join(parts)}"
