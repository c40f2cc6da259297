"""Who is told of a comment: once each, and nobody of their own."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.desk_people import desk_people, named_in, names_in, with_small_names
from articles.models import Byline, Comment, CommentNotice, Notification

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SHOWN = 200


def tell_of(comment: Comment) -> None:
    """Tell whom it mentions, who takes part in its thread, and whose story it is."""
    wanted = named_in(comment.text) | Q(pk__in=_concerned(comment))
    _tell(comment, with_small_names(desk_people()).filter(wanted))


def tell_of_new_names(comment: Comment) -> None:
    """Tell whom an edited comment mentions, unless they know of it."""
    if names_in(comment.text):
        known = comment.notices.values("user")
        _tell(comment, with_small_names(desk_people()).filter(named_in(comment.text)).exclude(pk__in=known))


def withdraw_notices(comment: Comment) -> None:
    """Take back what nobody has read yet, so that no line leads to words that are gone."""
    Notification.objects.filter(comment_notice__comment=comment, read_at=None).delete()


def _concerned(comment: Comment) -> set[int]:
    """The ids of who wrote or was mentioned in the thread, and of the story's author, writers and assignee."""
    thread = comment.thread
    article = thread.article
    writers = Byline.objects.filter(article=article).values_list("author__user", flat=True)
    speakers = thread.comments.standing().values_list("created_by", flat=True)
    mentioned = CommentNotice.objects.filter(comment__thread=thread, is_mention=True).values_list("user", flat=True)
    people = {article.created_by_id, article.assigned_to_id, *writers.union(speakers, mentioned)}
    return {pk for pk in people if pk is not None}


def _tell(comment: Comment, people: Iterable[User]) -> None:
    """The one place where the notifications of comments are made."""
    told = [person for person in people if person.pk != comment.created_by_id]
    if not told:
        return
    names = names_in(comment.text)
    mentioned = {person.pk for person in told if person.username.lower() in names}
    is_first = not comment.thread.comments.filter(pk__lt=comment.pk).exists()
    does = "comments on" if is_first else "replies on"
    notifications = Notification.objects.bulk_create(
        Notification(
            user=person,
            article=comment.thread.article,
            message=_message(comment, "mentions you on" if person.pk in mentioned else does),
        )
        for person in told
    )
    CommentNotice.objects.bulk_create(
        CommentNotice(comment=comment, user=line.user, notification=line, is_mention=line.user_id in mentioned)
        for line in notifications
    )


def _message(comment: Comment, does: str) -> str:
    excerpt = shorten(comment.text, SHOWN, placeholder=" …")
    return f"{comment.created_by} {does} “{comment.thread.article}”: {excerpt}"[:500]
