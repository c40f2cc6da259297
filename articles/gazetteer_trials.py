"""What a change of the gazetteer would do to the stories on the desk, found out without writing anything.

The newest stories are read with the gazetteer before and after the change. Only stories that the change can
reach are analysed: those in which a text of a changed entry stands, old or new, or a text of its country
(whose ministries and forces are found by the country's name). All others give the same analysis twice. A text
is looked for by its letters and digits alone, inside of words, too: "Su-34" reaches "the SU 34M2s".

A trial holds a processor and a web thread for seconds, so that no more than two run at once on the whole desk.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from articles import desk_gazetteer
from articles.desk_gazetteer import Rows
from articles.models import Article, Revision, Tag
from articles.models.verdict import Verdict
from articles.states import PubState, Refused
from articles.tagging import Document, Gazetteer, analyse
from articles.tagging.gazetteer.search import fold
from entities.models import Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.tagging import CountryFinding, EntityFinding, Mention
    from entities.models import Entity, Name

    Finding = CountryFinding | EntityFinding

MOST_STORIES = 500
# For the reading: compiling the gazetteer before it takes as long as it takes.
SECONDS = 4.0
# For so many of the newest there is more time: on a busy machine a trial answers, too, if later.
SURELY_READ = 20
SECONDS_MORE = 16.0
# Of what the engine reads in the time that is left: a longer story would not end before the time is up.
SIGNS_A_SECOND = 200_000
TEXTS_IN_MEMORY = 20
ADVISORY_CLASS = 5_053
AT_ONCE = 2
# Takes the hyphen of "Su-34", the space of "South China"; refuses letters and digits of any script.
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class GazetteerChange:
    """Rows as they would be after saving; none of them need be saved.

    `entity` is a changed or a new one, `written` are changed or new names of any entity or of none, and
    `removed` the keys of names that go.
    """

    entity: Entity | None = None
    written: Sequence[Name] = ()
    removed: frozenset[int] = frozenset()

    def applied_to(self, rows: Rows) -> Rows:
        changed = {row.pk: row for row in (self.entity,) if row is not None and row.pk is not None}
        entities = [changed.get(row.pk, row) for row in rows.entities]
        if self.entity is not None and self.entity.pk is None:
            entities.append(self.entity)
        rewritten = {name.pk: name for name in self.written if name.pk is not None}
        names = [rewritten.get(name.pk, name) for name in rows.names if name.pk not in self.removed]
        return replace(rows, entities=entities, names=[*names, *(name for name in self.written if name.pk is None)])


@dataclass(frozen=True, slots=True)
class Difference:
    """One entity of one story, before and after; None on a side where it is not found.

    `mentions` are the places that come or go (of `revision`'s text); `verdict` is what a person has said of
    this entity on this story, which no reading changes.
    """

    before: Finding | None
    after: Finding | None
    mentions: tuple[Mention, ...]
    verdict: str = Verdict.PROPOSED

    @property
    def finding(self) -> Finding:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def is_gained(self) -> bool:
        return self.before is None

    @property
    def is_lost(self) -> bool:
        return self.after is None

    @property
    def goes_out_by_itself(self) -> bool:
        """Whether it is (or, where lost, was) accepted without a person."""
        return self.finding.accepted


@dataclass(frozen=True, slots=True)
class StoryTrial:
    """A story that the change reaches, with what differs."""

    article: Article
    revision: Revision
    differences: tuple[Difference, ...]


@dataclass(slots=True)
class Trial:
    """What was found out: `read` stories of `standing` on the desk, and those that would change."""

    read: int = 0
    standing: int = 0
    is_cut_short: bool = False
    stories: list[StoryTrial] = field(default_factory=list)

    @property
    def differences(self) -> list[Difference]:
        return [difference for story in self.stories for difference in story.differences]


class TooManyTrials(Refused):
    """As many people as the desk bears are trying a change at this moment."""

    code = "too_many_trials"


@transaction.atomic
def try_change(change: GazetteerChange, *, most: int = MOST_STORIES, seconds: float = SECONDS) -> Trial:
    """Read the newest stories before and after the change, up to `most` of them or for so many seconds of reading.

    For the first `SURELY_READ` there are `SECONDS_MORE`, and the newest is read however long it takes.

    Raises:
        TooManyTrials: two are under way.
    """
    if not any(_is_free(place) for place in range(AT_ONCE)):
        raise TooManyTrials("Others are trying a change at this moment: try again in a few seconds.")
    rows = Rows.of_database(timezone.localdate())
    changed = change.applied_to(rows)
    trial = Trial(standing=open_stories().count())
    reach = reach_of(rows, changed)
    before, after = desk_gazetteer.current().compiled, compiled(changed)
    deadline = time.monotonic() + seconds
    stories = open_stories().select_related("revision")[:most]
    for article in stories.iterator(chunk_size=TEXTS_IN_MEMORY):
        revision = article.newest_revision
        is_analysed = is_reached(revision, reach)
        seconds_needed = len(revision.text) / SIGNS_A_SECOND if is_analysed else 0
        grace = SECONDS_MORE if trial.read < SURELY_READ else 0
        if trial.read and time.monotonic() + seconds_needed > deadline + grace:
            trial.is_cut_short = True
            break
        trial.read += 1
        if is_analysed:
            found = differences_between(before, after, revision)
            trial.stories += [StoryTrial(article, revision, found)] if found else []
    trial.stories = _with_verdicts(trial.stories)
    return trial


def _is_free(place: int) -> bool:
    """Take one of the places; the end of the transaction gives it back, whatever ends that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [ADVISORY_CLASS, place])
        return bool(cursor.fetchone()[0])


def differences_between(before: Gazetteer, after: Gazetteer, revision: Revision) -> tuple[Difference, ...]:
    """What of countries and known entities differs between two readings of one revision."""
    document = Document(text=revision.text, title=revision.headline, standfirst=revision.standfirst)
    old, new = _known(document, before), _known(document, after)
    pairs = [(old.get(identity), new.get(identity)) for identity in dict.fromkeys([*new, *old])]
    return tuple(_difference(was, now) for was, now in pairs if _is_different(was, now))


def is_reached(revision: Revision, reach: frozenset[str]) -> bool:
    """Whether the change can make a difference to the revision."""
    story = _letters("\n".join((revision.headline, revision.standfirst, revision.text)))
    return any(text in story for text in reach)


def reach_of(rows: Rows, changed: Rows) -> frozenset[str]:
    """The letters of every text that differs, as it was and as it would be, with those of the countries concerned."""
    old, new = rows.entries(), changed.entries()
    touched = set(old).symmetric_difference(new)
    countries = {entry.country for entry in touched if entry.country}
    owners = {entry for entry in (*old, *new) if entry.kind == Kind.COUNTRY and entry.country in countries}
    texts = set(rows.blocked()).symmetric_difference(changed.blocked())
    for entry in touched | owners:
        texts.add(entry.name)
        texts.update(alias.text for alias in entry.aliases)
    return frozenset(_letters(text) for text in texts)


def _letters(text: str) -> str:
    return NEITHER_LETTER_NOR_DIGIT.sub("", fold(text))


def compiled(rows: Rows) -> Gazetteer:
    return Gazetteer.compile(rows.entries(), blocked=rows.blocked())


def open_stories() -> QuerySet[Article]:
    """Stories that can still be tagged, the last saved first."""
    shown = Article.objects.exclude(pub_state__in=(PubState.KILLED, PubState.SPIKED)).exclude(revision=None)
    return shown.order_by("-saved_at", "-id")


def _known(document: Document, gazetteer: Gazetteer) -> dict[str, Finding]:
    """Findings that become tags, by the id of their entry."""
    analysis = analyse(document, gazetteer)
    findings: Iterable[Finding] = (*analysis.countries, *analysis.entities)
    return {finding.id: finding for finding in findings if finding.id is not None}


def _is_different(was: Finding | None, now: Finding | None) -> bool:
    if was is None or now is None:
        return True
    return was.accepted != now.accepted or _places(was) != _places(now)


def _difference(was: Finding | None, now: Finding | None) -> Difference:
    old, new = _places(was), _places(now)
    moved = [new[place] for place in new if place not in old] + [old[place] for place in old if place not in new]
    # Only its strength differs: any place shows it.
    mentions = moved or list(new.values())
    return Difference(was, now, tuple(mentions))


def _places(finding: Finding | None) -> dict[tuple[str, int, int], Mention]:
    mentions = finding.mentions if finding is not None else ()
    return {(mention.field, mention.start, mention.end): mention for mention in mentions}


def _with_verdicts(stories: Sequence[StoryTrial]) -> list[StoryTrial]:
    """With what people have said already: such a tag stays as they decided."""
    decided = Tag.objects.filter(article__in=[story.article for story in stories]).exclude(verdict=Verdict.PROPOSED)
    rows = decided.values_list("article_id", "entity__uuid", "verdict")
    verdicts: dict[tuple[int, str | None], str] = {
        (article_id, str(identifier)): verdict for article_id, identifier, verdict in rows
    }
    return [
        replace(
            story,
            differences=tuple(
                replace(difference, verdict=verdicts.get((story.article.pk, difference.finding.id), Verdict.PROPOSED))
                for difference in story.differences
            ),
        )
        for story in stories
    ]
