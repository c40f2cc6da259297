"""What a person is told, and whether they want it by e-mail too."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# What was read this long ago is forgotten.
KEPT = timedelta(days=90)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)

    def read(self) -> int:
        """Mark as read what is not; how many that were."""
        return self.unread().update(read_at=timezone.now())

    def outlived(self) -> NotificationQuerySet:
        """Read more than 90 days ago. The unread stay, however old."""
        return self.filter(read_at__lt=timezone.now() - KEPT)

    def to_mail(self) -> NotificationQuerySet:
        return self.filter(is_to_mail=True, mailed_at=None)


class Notification(models.Model):
    """A line for one person, shown at the bell and on the board until it is read."""

    class Kind(models.TextChoices):
        NOTE = "note", "note"
        ASSIGNED = "assigned", "assigned"
        CHANGES_REQUESTED = "changes_requested", "changes requested"
        APPROVED = "approved", "approved"
        SCHEDULED = "scheduled", "scheduled"
        DESCHEDULED = "descheduled", "off the schedule"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"
        KILLED = "killed", "killed"
        MENTION = "mention", "mention"
        COMMENT = "comment", "comment"
        DUE_SOON = "due_soon", "due soon"
        OVERDUE = "overdue", "overdue"
        TAGGING_FAILED = "tagging_failed", "tagging failed"
        NOT_DONE = "not_done", "not done by the clock"
        REPORTED = "reported", "error reported"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    diary_entry = models.ForeignKey(
        "articles.DiaryEntry",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        help_text="Of what tells of no story.",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.NOTE, db_default=Kind.NOTE)
    message = models.CharField(max_length=500)
    place = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="Where in the editing page: the id of an element.",
    )
    occasion = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text="One person is told of one occasion once."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose doing it was; empty: the newsroom's clock.",
    )
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    is_to_mail = models.BooleanField(default=False, db_default=False)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind__in=(
                        *("note", "assigned", "changes_requested", "approved", "scheduled", "descheduled"),
                        *("published", "withdrawn", "killed", "mention", "comment", "due_soon", "overdue"),
                        *("tagging_failed", "not_done", "reported"),
                    )
                ),
                name="notification_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(diary_entry__isnull=False), name="notification_leads_somewhere"
            ),
            models.UniqueConstraint(
                fields=["user", "occasion"], condition=~Q(occasion=""), name="notification_once_an_occasion"
            ),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(is_to_mail=True), name="notification_mailed_was_to_mail"
            ),
        )
        indexes = (
            models.Index(fields=["user", "-id"], name="notifications_unread", condition=Q(read_at=None)),
            # The clock forgets what was read long ago, and makes up for mail that was not sent.
            models.Index(fields=["read_at"], name="notifications_read", condition=Q(read_at__isnull=False)),
            models.Index(fields=["id"], name="notifications_to_mail", condition=Q(is_to_mail=True, mailed_at=None)),
        )

    def __str__(self) -> str:
        return self.message


class MailChoice(models.Model):
    """Which notifications a person wants by e-mail; without a row, none."""

    class When(models.TextChoices):
        NEVER = "never", "never"
        URGENT = "urgent", "only when urgent"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="mail_choice"
    )
    when = models.CharField(max_length=10, choices=When.choices, default=When.NEVER)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(when__in=("never", "urgent")), name="mail_choice_known"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_when_display()}"
