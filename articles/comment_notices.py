"""Who is told of a comment: once each, and nobody of their own."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.desk_people import desk_people, named_in, names_in, with_small_names
from articles.models import Comment, CommentNotice, Notification
from articles.notifications import called, notify, people_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Kind = Notification.Kind
SHOWN = 200


def tell_of(comment: Comment) -> None:
    """Tell whom it mentions, who takes part in its thread, and whose story it is."""
    wanted = named_in(comment.text) | Q(pk__in=_concerned(comment))
    _tell(comment, with_small_names(desk_people()).filter(wanted))


def tell_of_new_names(comment: Comment) -> None:
    """Tell whom an edited comment mentions, unless they know of it."""
    if not names_in(comment.text):
        return
    mentioned = with_small_names(desk_people()).filter(named_in(comment.text))
    known = comment.notices.filter(user__in=mentioned.values("pk"))
    known.update(is_mention=True)
    _tell(comment, mentioned.exclude(pk__in=comment.notices.values("user")))


def withdraw_notices(comment: Comment) -> None:
    """Take back what nobody has read yet, so that no line leads to words that are gone."""
    Notification.objects.unread().filter(article=comment.thread.article, place=place_of(comment)).delete()


def place_of(comment: Comment) -> str:
    """The id of the comment's element in the editing page."""
    return f"comment-{comment.pk}"


def _concerned(comment: Comment) -> set[int]:
    """The ids of who wrote or was mentioned in the thread, and of the story's people."""
    thread = comment.thread
    speakers = thread.comments.standing().values_list("created_by", flat=True)
    mentioned = CommentNotice.objects.filter(comment__thread=thread, is_mention=True).values_list("user", flat=True)
    return {*speakers.union(mentioned), *(person.pk for person in people_of(thread.article))}


def _tell(comment: Comment, people: Iterable[User]) -> None:
    """The one place where the notifications of comments are made."""
    told = [person for person in people if person.pk != comment.created_by_id]
    names = names_in(comment.text)
    mentioned = [person for person in told if person.username.lower() in names]
    others = [person for person in told if person not in mentioned]
    _notify(comment, mentioned, Kind.MENTION, "mentions you on")
    _notify(comment, others, Kind.COMMENT, "replies on" if _is_reply(comment) else "comments on")
    CommentNotice.objects.bulk_create(
        CommentNotice(comment=comment, user=person, is_mention=person in mentioned) for person in told
    )


def _notify(comment: Comment, people: Iterable[User], kind: str, does: str) -> None:
    by, article = comment.created_by, comment.thread.article
    message = f"{called(by)} {does} “{article}”: {shorten(comment.text, SHOWN, placeholder=' …')}"
    notify(people, article, message, kind=kind, by=by, place=place_of(comment))


def _is_reply(comment: Comment) -> bool:
    return comment.thread.comments.filter(pk__lt=comment.pk).exists()
