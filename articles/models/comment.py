"""What the desk says to itself about a story: threads, most of them anchored to words of the text."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet

from articles.models.anchor import Anchor
from articles.models.tag import Mention

LONGEST = 5000


class CommentThread(models.Model):
    """A conversation about some words of a story, or about the story as a whole (then `field` is empty).

    The anchor works like a quote's: exact `words` with a prefix, a suffix and a block; `start` and `end` are
    half-open code points of that field in the newest revision, empty where the words are not in it. Written by
    `articles.commenting`, moved by every save. What was commented on, and by whom, never changes, and no row is
    ever deleted: the database sees to it.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="comment_threads")
    made_on = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=10, choices=Mention.Field.choices, blank=True)
    words = models.TextField(blank=True, help_text="The exact words that it is about.")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    block_id = models.CharField(max_length=16, blank=True)
    anchor = models.CharField(max_length=10, choices=Anchor.choices, blank=True)
    words_now = models.TextField(blank=True, help_text="What stands in the place of changed words.")
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(help_text="When anything in it last changed, for pages that show it.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(field="", words="", anchor="", start=None, end=None)
                | Q(field__in=Mention.Field.values, anchor=Anchor.GONE, start=None, end=None) & ~Q(words="")
                | Q(
                    field__in=Mention.Field.values,
                    anchor__in=(Anchor.KEPT, Anchor.CHANGED),
                    start__isnull=False,
                    end__isnull=False,
                    start__lt=F("end"),
                )
                & ~Q(words=""),
                name="comment_thread_anchor_has_place",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_thread_resolved_has_person",
            ),
        )

    def __str__(self) -> str:
        return f"About “{self.words[:60]}”" if self.words else "About the whole story"

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None


class CommentQuerySet(QuerySet["Comment"]):
    def standing(self) -> CommentQuerySet:
        return self.filter(deleted_at=None)


class Comment(models.Model):
    """What one person says in a thread. A deleted one keeps its place and loses its words."""

    # Given by the page that sends it, so that sending the same words twice says them once.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(CommentThread, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(max_length=LONGEST, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(text="") | Q(deleted_at__isnull=False, text=""),
                name="comment_has_words_or_is_deleted",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60] or "A deleted comment"

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class CommentNotice(models.Model):
    """That a person was told of a comment: once, whether they were mentioned or take part."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_mention = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["comment", "user"], name="comment_notice_once_a_person"),)

    def __str__(self) -> str:
        return f"{self.user} was told of comment {self.comment_id}"
