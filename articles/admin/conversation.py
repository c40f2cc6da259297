"""What the Comments tab shows: threads in the order of the text, then what is said of the whole story in the order
of time, among it what colleagues asked for when they submitted or sent back the story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower

from articles.body import BLOCK_SEPARATOR
from articles.commenting import may_comment
from articles.models import Anchor, Article, Comment, CommentNotice, CommentThread, Revision, Transition
from articles.states import WorkState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# The verbs that carry a word to colleagues. The transition is the one place where it is kept.
WORDED = ("request_changes", "submit")
SAYS = {"request_changes": "asks for changes", "submit": "submits the story"}
FIELDS = ("headline", "standfirst", "body")


@dataclass(frozen=True, slots=True)
class Talk:
    """One thread as it is shown. A deleted comment is shown as such where somebody answered after it."""

    thread: CommentThread
    comments: list[Comment]

    @property
    def key(self) -> str:
        return f"thread-{self.thread.pk}"

    @property
    def is_open(self) -> bool:
        return not self.thread.is_resolved

    @property
    def place(self) -> tuple[int, int]:
        """Its place in the order of reading."""
        return FIELDS.index(self.thread.field), self.thread.start or 0

    @property
    def began_at(self) -> datetime:
        return self.thread.created_at


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody said with a verb: it is answered by the next verb, not by a reply."""

    transition: Transition
    is_open: bool

    @property
    def says(self) -> str:
        return SAYS[self.transition.verb]

    @property
    def began_at(self) -> datetime:
        return self.transition.at


class Conversation:
    """The comments of one article, with its revision loaded, as one person sees them. Two queries."""

    def __init__(self, article: Article, by: AbstractUser) -> None:
        self.article = article
        self.by = by
        self.may_comment = may_comment(article, by)

    @cached_property
    def comments(self) -> list[Comment]:
        mentions = CommentNotice.objects.filter(comment=OuterRef("pk"), is_mention=True)
        names = ArraySubquery(mentions.values(name=Lower("user__username")))
        said = Comment.objects.filter(thread__article=self.article).select_related("created_by", "thread__resolved_by")
        return list(said.annotate(mentioned=names).order_by("thread_id", "id"))

    @cached_property
    def transitions(self) -> list[Transition]:
        return list(worded(self.article.pk).select_related("by").order_by("id"))

    @cached_property
    def talks(self) -> list[Talk]:
        by_thread = groupby(self.comments, key=lambda comment: comment.thread)
        shown = ((thread, without_dead_end(list(comments))) for thread, comments in by_thread)
        return [Talk(thread, comments) for thread, comments in shown if comments]

    @property
    def in_text(self) -> list[Talk]:
        found = [talk for talk in self.talks if talk.thread.start is not None]
        return sorted(found, key=lambda talk: talk.place)

    @property
    def not_in_text(self) -> list[Talk]:
        return [talk for talk in self.talks if talk.thread.anchor == Anchor.GONE]

    @property
    def on_the_whole(self) -> list[Talk | Request]:
        general: list[Talk | Request] = [talk for talk in self.talks if not talk.thread.field]
        return sorted([*general, *self.requests], key=lambda item: item.began_at)

    @property
    def requests(self) -> list[Request]:
        asked = [transition for transition in self.transitions if transition.verb == "request_changes"]
        standing = asked[-1] if asked and self.article.work_state == WorkState.CHANGES_REQUESTED else None
        return [Request(transition, transition == standing) for transition in self.transitions]

    @property
    def open_count(self) -> int:
        return sum(item.is_open for item in (*self.talks, *self.requests))

    @property
    def resolved_count(self) -> int:
        return len(self.talks) + len(self.transitions) - self.open_count

    @property
    def stamp(self) -> str:
        """Differs whenever the tab would show something else; the same as `conversation_stamp` gives."""
        touched = max((comment.thread.touched_at for comment in self.comments), default=None)
        last = self.transitions[-1].pk if self.transitions else None
        article = self.article
        return _joined(article.revision_id, article.work_state, article.pub_state, touched, last)

    def marks(self) -> dict[str, dict[str, Any]]:
        """What the editor highlights, by thread; only of threads that are about words."""
        assert self.article.revision is not None
        revision = self.article.revision
        return {
            str(talk.thread.pk): {"is_open": talk.is_open, "parts": list(parts_of(talk.thread, revision))}
            for talk in self.talks
            if talk.thread.field
        }


def conversation_stamp(pk: int | str) -> str | None:
    """The stamp of an article's comments in one cheap query, for pages that ask again and again."""
    threads = CommentThread.objects.filter(article=OuterRef("pk")).order_by("-touched_at")
    row = (
        Article.objects.filter(pk=pk)
        .annotate(
            touched=Subquery(threads.values("touched_at")[:1]),
            last=Subquery(worded(OuterRef("pk")).order_by("-id").values("pk")[:1]),
        )
        .values_list("revision_id", "work_state", "pub_state", "touched", "last")
        .first()
    )
    return _joined(*row) if row else None


def worded(article: Any) -> Any:
    """The transitions of an article that say something to colleagues."""
    return Transition.objects.filter(article=article, verb__in=WORDED).exclude(reason="")


def without_dead_end(comments: list[Comment]) -> list[Comment]:
    """Without the deleted comments that nobody answered."""
    while comments and comments[-1].is_deleted:
        comments.pop()
    return comments


def parts_of(thread: CommentThread, revision: Revision) -> Iterator[dict[str, Any]]:
    """Where the words stand, block by block. Of words that are not in the saved text, where to look for them in
    the text that is being written."""
    if thread.start is None or thread.end is None:
        words = thread.words.partition(BLOCK_SEPARATOR)[0]
        yield {"field": thread.field, "block": thread.block_id, "start": 0, "end": len(words), "words": words}
        return
    if thread.field != "body":
        words = thread.words_now or thread.words
        yield {"field": thread.field, "block": "", "start": thread.start, "end": thread.end, "words": words}
        return
    for block in revision.blocks:
        start, end = max(thread.start, block["start"]), min(thread.end, block["end"])
        if start < end:
            yield {
                "field": "body",
                "block": block["id"],
                "start": start - block["start"],
                "end": end - block["start"],
                "words": revision.text[start:end],
            }


def _joined(*parts: object) -> str:
    return "-".join(map(str, parts))
