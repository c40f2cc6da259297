"""Verbs of sitting at a story: be there, keep what is typed and not saved, take it up again, discard it.

What is kept here never touches the article, its revisions or its lock: only its owner sees it, and only
`articles.revisions.save_revision` writes it into the story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Sitting
from articles.page_stamp import COLUMNS, TAGGING, stamp_of, with_decided
from articles.roles import holds
from articles.states import GuardFailed, NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# A tab's name as the page makes it; leaves "a b" and anything longer than its column out.
TAB = re.compile(r"[A-Za-z0-9-]{4,40}\Z")
MOST_BYTES = 2_000_000
MOST_TABS = 50
KEPT_FOR = timedelta(days=30)
SILENT_FOR = timedelta(minutes=15)
# PostgreSQL keeps neither in its JSON.
_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
_INLINE_TAG = re.compile(r"</?(?:strong|em|a|b|i)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")

WORDS = ("fields", "base_version", "word_count", "kept_at")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands unsaved in a form: each field's values, and the `lock_version` of the copy it began from."""

    fields: Mapping[str, Sequence[str]]
    base_version: int


@dataclass(frozen=True, slots=True)
class Sign:
    """What one tab says of itself. `typed` is given when it differs from what was kept last."""

    tab: str
    is_saved: bool = True
    has_typed: bool = False
    is_leaving: bool = False
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a story stands, for a page that asks whether it is still right."""

    lock_version: int
    work_state: str
    pub_state: str
    version: int
    tagging: str
    tagged_at: datetime | None
    saved_at: datetime
    saved_by_id: int | None
    saved_by: str
    stamp: str

    @property
    def is_tagging(self) -> bool:
        return self.tagging in ("waiting", "running")

    @property
    def seconds_behind(self) -> int:
        """How long the newest save waits for the tagger."""
        return max(0, round((timezone.now() - self.saved_at).total_seconds())) if self.is_tagging else 0


@dataclass(slots=True)
class Companion:
    """A person at the story, whatever the number of tabs."""

    user_id: int
    name: str
    is_you: bool
    is_present: bool = False
    is_editing: bool = False
    has_words: bool = False
    seen_at: datetime | None = None
    kept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """Who else is at the story, and the asker's unsaved words of other tabs, newest first, without their fields."""

    people: list[Companion] = field(default_factory=list)
    unsaved: list[Sitting] = field(default_factory=list)


def standing_of(article_id: int, *, by: User) -> Standing:
    """How the story stands, with the person's right to know it, in one query.

    Raises:
        Article.DoesNotExist
        NotAllowed: the person may not see stories.
    """
    rows = with_decided(Article.objects.filter(pk=article_id)).annotate(may_view=holds(by, "view_article"))
    row = rows.values(*_STANDING, "may_view").first()
    if row is None:
        raise Article.DoesNotExist
    if not row["may_view"]:
        raise NotAllowed("You may not see stories any more: ask the chief for a role on the desk.")
    return Standing(
        lock_version=row["lock_version"],
        work_state=row["work_state"],
        pub_state=row["pub_state"],
        version=row["version"],
        tagging=row["revision__tagging_run__status"] or "waiting",
        tagged_at=row["revision__tagging_run__finished_at"],
        saved_at=row["revision__created_at"],
        saved_by_id=row["revision__created_by"],
        saved_by=row["revision__created_by__first_name"] or row["revision__created_by__username"] or "An import",
        stamp=stamp_of(row),
    )


_STANDING = (
    *(*COLUMNS, *TAGGING, "revision__created_at"),
    *("revision__created_by", "revision__created_by__first_name", "revision__created_by__username"),
)


def sit(article_id: int, sign: Sign, *, by: User) -> None:
    """Note that a tab is there, and what it says of its words, in one query.

    Words are kept for whoever has an account on the desk, even where the story is not theirs any more: they
    are nobody else's, and only saving asks whether they may go in.

    Raises:
        GuardFailed: the tab's name is no name, or the words are too many to be kept.
        Article.DoesNotExist: the story, or the person, is gone this moment.
    """
    _refuse_nameless(sign.tab)
    now = timezone.now()
    row = Sitting(article_id=article_id, user=by, tab=sign.tab, seen_at=None if sign.is_leaving else now)
    changed = ["seen_at"]
    if sign.has_typed:
        row.typed_at = now
        changed.append("typed_at")
    if sign.typed is not None:
        _fill(row, sign.typed, now)
        changed += WORDS
    elif sign.is_saved:
        changed += WORDS
    try:
        Sitting.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["article", "user", "tab"], update_fields=changed
        )
    except IntegrityError as gone:
        raise Article.DoesNotExist from gone


def keep(article: Article, typed: Typed, *, by: User, tab: str) -> Sitting:
    """Keep the words of one tab, whatever it held before.

    Raises:
        GuardFailed: as `sit`.
    """
    _refuse_nameless(tab)
    row = Sitting(article=article, user=by, tab=tab)
    _fill(row, typed, timezone.now())
    return Sitting.objects.update_or_create(
        article=article, user=by, tab=tab, defaults={name: getattr(row, name) for name in WORDS}
    )[0]


def leave(article: Article | int, *, by: User, tab: str) -> None:
    """The tab shows something else now; words that it left unsaved stay."""
    Sitting.objects.filter(article=article, user=by, tab=tab).update(seen_at=None)


def settle(article: Article | int, *, by: User, tabs: Iterable[str]) -> int:
    """Forget the unsaved words of these tabs, because they are saved or unwanted. How many held any."""
    held = Sitting.objects.filter(article=article, user=by, tab__in=list(tabs)[:MOST_TABS]).with_words()
    return held.update(fields=None, base_version=None, word_count=0, kept_at=None)


def unsaved_words(sitting_id: int, *, article_id: int, by: User) -> Sitting:
    """One's own unsaved words, with their fields.

    Raises:
        Sitting.DoesNotExist: they were saved, discarded or are another person's.
    """
    return Sitting.objects.with_words().get(pk=sitting_id, article=article_id, user=by)


def company_at(article_id: int, *, by: User, tab: str) -> Company:
    """Who is at a story beside this tab, in one query."""
    rows = (Sitting.objects.present() | Sitting.objects.with_words()).filter(article=article_id)
    rows = rows.exclude(user=by, tab=tab).select_related("user").defer("fields").order_by("-kept_at", "pk")
    own = [row for row in rows if row.user_id == by.pk]
    people: dict[int, Companion] = {}
    for row in rows:
        if row.user_id == by.pk and not row.is_present:
            continue
        person = people.setdefault(row.user_id, Companion(row.user_id, row.name, is_you=row.user_id == by.pk))
        _join(person, row)
    ordered = sorted(people.values(), key=lambda person: (not person.is_editing, person.name.casefold()))
    return Company(people=ordered, unsaved=[row for row in own if row.has_words])


def forget_the_silent() -> int:
    """Delete rows of closed tabs without words, and words that nobody came back for in thirty days."""
    now = timezone.now()
    gone = Q(seen_at=None) | Q(seen_at__lt=now - SILENT_FOR)
    silent = Sitting.objects.filter(gone, kept_at=None)
    stale = Sitting.objects.filter(gone, kept_at__lt=now - KEPT_FOR)
    return silent.delete()[0] + stale.delete()[0]


def _join(person: Companion, row: Sitting) -> None:
    person.is_present |= row.is_present
    person.is_editing |= row.is_present and row.is_editing
    person.has_words |= row.has_words
    if row.seen_at and (person.seen_at is None or row.seen_at > person.seen_at):
        person.seen_at = row.seen_at
    if row.kept_at and (person.kept_at is None or row.kept_at > person.kept_at):
        person.kept_at = row.kept_at


def _fill(row: Sitting, typed: Typed, now: datetime) -> None:
    fields = {name: [_NOT_KEPT.sub("", value) for value in values] for name, values in typed.fields.items()}
    size = len(json.dumps(fields, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        raise GuardFailed(
            f"What stands unsaved here has {size / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} MB is the most that is kept. "
            "Save it, or take something out."
        )
    row.fields, row.base_version, row.kept_at = fields, typed.base_version, now
    row.word_count = _words_in(" ".join(fields.get("body", [])))


def _words_in(html: str) -> int:
    """About how many, for a banner: marks inside a word do not part it, every other tag does."""
    return len(_TAG.sub(" ", _INLINE_TAG.sub("", html)).split())


def _refuse_nameless(tab: Any) -> None:
    if not (isinstance(tab, str) and TAB.match(tab)):
        raise GuardFailed("The page did not say which tab it is. Load it anew: your words are offered again.")
