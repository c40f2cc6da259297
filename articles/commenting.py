"""Verbs of talking about a story: comment, reply, resolve, reopen, edit, delete.

Comments are the desk's alone. They make no revision, bump no lock and reopen nothing; whoever may see the story
in the desk may comment on it. A killed story keeps its comments as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from articles import comment_anchors
from articles.comment_anchors import Marked
from articles.comment_notices import tell_of, tell_of_new_names, withdraw_notices
from articles.models import Article, Comment, CommentThread
from articles.models.comment import LONGEST
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, PubState
from articles.transitions import lock

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What PostgreSQL has no text for.
_IMPOSSIBLE = re.compile(r"[\x00\ud800-\udfff]")


@transaction.atomic
def comment(
    article: Article, *, by: User, text: str, marked: Marked | None = None, uuid: UUID | None = None
) -> Comment:
    """Begin a thread about marked words, or about the whole story; who is mentioned is told, and whose story it is.

    `uuid` is the sender's own mark: the same comment sent twice stands once.

    Raises:
        NotAllowed: the person may not see stories.
        GuardFailed: the story was killed, the words are empty or too many, or U+0000 is among them.
    """
    locked = _locked(article, by)
    said = _clean(text)
    standing = _already_said(uuid, locked, by)
    if standing is not None:
        return standing
    thread = CommentThread(article=locked, made_on=locked.newest_revision, touched_at=timezone.now())
    if marked is not None:
        _refuse_impossible(f"{marked.words}{marked.prefix}{marked.suffix}")
        comment_anchors.mark(thread, marked, locked.newest_revision)
    thread.save()
    return _say(thread, said, by=by, uuid=uuid)


@transaction.atomic
def reply(thread: CommentThread, *, by: User, text: str, uuid: UUID | None = None) -> Comment:
    """Answer in a thread; a resolved one is open again. Everybody in it is told, and whose story it is.

    Raises:
        NotAllowed, GuardFailed: as for `comment`.
    """
    locked = _locked(thread.article, by)
    said = _clean(text)
    standing = _already_said(uuid, locked, by)
    if standing is not None:
        return standing
    fresh = _fresh(thread)
    fresh.resolved_at = fresh.resolved_by = None
    _touch(fresh, "resolved_at", "resolved_by")
    return _say(fresh, said, by=by, uuid=uuid)


@transaction.atomic
def resolve(thread: CommentThread, *, by: User) -> CommentThread:
    """Say that a thread is done with; it leaves the text and stays to be read.

    Raises:
        NotAllowed, GuardFailed: as for `comment`.
    """
    _locked(thread.article, by)
    fresh = _fresh(thread)
    if not fresh.is_resolved:
        fresh.resolved_at, fresh.resolved_by = timezone.now(), by
        _touch(fresh, "resolved_at", "resolved_by")
    return fresh


@transaction.atomic
def reopen(thread: CommentThread, *, by: User) -> CommentThread:
    """Take a resolved thread up again.

    Raises:
        NotAllowed, GuardFailed: as for `comment`.
    """
    _locked(thread.article, by)
    fresh = _fresh(thread)
    if fresh.is_resolved:
        fresh.resolved_at = fresh.resolved_by = None
        _touch(fresh, "resolved_at", "resolved_by")
    return fresh


@transaction.atomic
def edit(remark: Comment, *, by: User, text: str) -> Comment:
    """Put one's own comment in other words, while its thread is open; who is mentioned only now is told.

    Raises:
        NotAllowed: somebody else wrote it.
        GuardFailed: its thread is resolved, it was deleted, or as for `comment`.
    """
    own = _own(remark, by)
    said = _clean(text)
    if own.thread.is_resolved:
        raise GuardFailed("This thread is resolved: reopen it, then edit your comment.")
    if said == own.text:
        return own
    own.text, own.edited_at = said, timezone.now()
    own.save(update_fields=["text", "edited_at"])
    _touch(own.thread)
    tell_of_new_names(own)
    return own


@transaction.atomic
def delete(remark: Comment, *, by: User) -> Comment:
    """Take one's own comment back. Its words are gone, its place stays where others have answered.

    Raises:
        NotAllowed: somebody else wrote it.
        GuardFailed: the story was killed, or the comment is deleted already.
    """
    own = _own(remark, by)
    own.text, own.deleted_at = "", timezone.now()
    own.save(update_fields=["text", "deleted_at"])
    _touch(own.thread)
    withdraw_notices(own)
    return own


def may_comment(article: Article, user: User) -> bool:
    """Whether the verbs of this module will listen to the person now."""
    return has_permission(user, "view_article") and article.pub_state != PubState.KILLED


def _locked(article: Article, by: User) -> Article:
    """The article, locked: a save moves anchors, so that comments and saves take turns."""
    locked = lock(article)
    if not has_permission(by, "view_article"):
        raise NotAllowed(f"You may not comment on “{locked}”: ask the chief for a role on the desk.")
    if locked.pub_state == PubState.KILLED:
        raise GuardFailed(f"“{locked}” was killed: its comments can be read, but nothing can be added or changed.")
    return locked


def _own(remark: Comment, by: User) -> Comment:
    _locked(remark.thread.article, by)
    fresh = Comment.objects.select_related("thread__article", "created_by").get(pk=remark.pk)
    if fresh.created_by_id != by.pk:
        raise NotAllowed(f"{fresh.created_by} wrote this comment: only they can change or delete it.")
    if fresh.is_deleted:
        raise GuardFailed("This comment is deleted already: write a new one.")
    return fresh


def _fresh(thread: CommentThread) -> CommentThread:
    return CommentThread.objects.select_related("article").get(pk=thread.pk)


def _touch(thread: CommentThread, *fields: str) -> None:
    thread.touched_at = timezone.now()
    thread.save(update_fields=["touched_at", *fields])


def _say(thread: CommentThread, text: str, *, by: User, uuid: UUID | None) -> Comment:
    said = Comment.objects.create(thread=thread, text=text, created_by=by, uuid=uuid or uuid4())
    tell_of(said)
    return said


def _already_said(uuid: UUID | None, article: Article, by: User) -> Comment | None:
    """The comment that this sending repeats, when the answer to the first one was lost on its way."""
    standing = Comment.objects.select_related("thread").filter(uuid=uuid).first() if uuid else None
    if standing is not None and (standing.created_by_id != by.pk or standing.thread.article_id != article.pk):
        raise GuardFailed("This comment has the mark of another one: reload the page and send it again.")
    return standing


def _clean(text: str) -> str:
    said = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    _refuse_impossible(said)
    if not said:
        raise GuardFailed("Your comment has no words yet: write some, or cancel.")
    if len(said) > LONGEST:
        raise GuardFailed(
            f"Your comment has {len(said):,} characters; {LONGEST:,} is the most. "
            f"Nothing is lost: shorten it, or send it in two."
        )
    return said


def _refuse_impossible(text: str) -> None:
    if _IMPOSSIBLE.search(text):
        raise GuardFailed("The words hold a sign that cannot be kept (U+0000 or half a character): take it out.")
