"""The log of public changes, numbered without a gap in the order of their commits."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class ChangeCounter(models.Model):
    """One row: the last sequence given out, and the epoch, which rises when a backup is restored."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sequence = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="change_counter_one_row"),)

    def __str__(self) -> str:
        return str(self.sequence)


class Change(models.Model):
    """One public change of one article. Append-only: the database permits exactly one update, in which its
    own trigger fills `sequence` at commit."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", "published"
        UPDATE = "update", "updated"
        CORRECT = "correct", "corrected"
        WITHDRAW = "withdraw", "withdrawn"
        KILL = "kill", "killed"
        REFRESH = "refresh", "refreshed"

    class Action(models.TextChoices):
        UPSERT = "upsert", "upsert"
        REMOVE = "remove", "remove"

    sequence = models.BigIntegerField(unique=True, null=True, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    action = models.CharField(max_length=6, choices=Action.choices)
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    public_note = models.TextField(blank=True)
    must_purge = models.BooleanField(default=False)
    changed = models.JSONField(default=list, help_text="Names of the parts that differ from the version before.")
    facts_before = models.JSONField(null=True, help_text="What filters look at, before the change.")
    facts_after = models.JSONField(null=True, help_text="The same, after it; empty once removed.")
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("sequence",)
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind__in=("withdraw", "kill")) & Q(action="remove"))
                | (~Q(kind__in=("withdraw", "kill")) & Q(action="upsert")),
                name="change_action_follows_kind",
            ),
            models.CheckConstraint(condition=~Q(kind="kill") | Q(must_purge=True), name="change_kill_must_be_purged"),
        )
        # What was taken down, newest first, for the page of all notices.
        indexes = (models.Index(fields=["-at", "-id"], condition=Q(action="remove"), name="changes_removals_newest"),)

    def __str__(self) -> str:
        return f"{self.sequence}: {self.kind} {self.article_id}"
