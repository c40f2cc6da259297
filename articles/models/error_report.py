"""What a reader says is wrong in a story. Never public."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# Who wrote to us is forgotten so long after the report was handled; what they said stays.
CONTACT_KEPT = timedelta(days=90)
# A sender is told apart from others for as long as the rate limits look back, and a little longer.
SENDER_KEPT = timedelta(days=2)


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def unhandled(self) -> ErrorReportQuerySet:
        return self.filter(state=ErrorReport.State.OPEN)

    def forget_senders(self) -> int:
        """Forget who sent what once nobody needs to know; how many rows that were."""
        now = timezone.now()
        answered = self.exclude(contact="").filter(handled_at__lt=now - CONTACT_KEPT).update(contact="")
        return answered + self.exclude(sender="").filter(at__lt=now - SENDER_KEPT).update(sender="")


class ErrorReport(models.Model):
    """One report of an error, open until somebody of the desk has resolved or rejected it."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        RESOLVED = "resolved", "resolved"
        REJECTED = "rejected", "rejected"

    PASSAGE_LENGTH = 500
    MESSAGE_LENGTH = 3000
    CONTACT_LENGTH = 200
    NOTE_LENGTH = 500

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="error_reports")
    version = models.PositiveIntegerField(help_text="Of the article, when the reader wrote.")
    passage = models.CharField(max_length=PASSAGE_LENGTH, blank=True, help_text="The words that are wrong.")
    message = models.TextField(max_length=MESSAGE_LENGTH, help_text="What is wrong, as the reader says.")
    contact = models.CharField(
        max_length=CONTACT_LENGTH,
        blank=True,
        help_text="How to answer, if the reader said so. Forgotten 90 days after the report was handled.",
    )
    sender = models.CharField(
        max_length=64, blank=True, help_text="A keyed digest of the network address, forgotten after two days."
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True, help_text="What the desk did about it, or why nothing.")
    at = models.DateTimeField("reported at", auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = "reported error"
        permissions = (("handle_errorreport", "Can resolve and reject what readers report"),)
        constraints = (
            models.CheckConstraint(condition=~Q(message=""), name="error_report_has_message"),
            models.CheckConstraint(
                condition=Q(state="open", handled_at=None, handled_by=None)
                | Q(state__in=("resolved", "rejected"), handled_at__isnull=False, handled_by__isnull=False),
                name="error_report_handled_by_person",
            ),
        )
        indexes = (
            models.Index(fields=["article"], name="error_reports_open", condition=Q(state="open")),
            # The rate limits: what came in the last hour, of one sender and of all.
            models.Index(fields=["at"], name="error_reports_by_time"),
        )

    def __str__(self) -> str:
        return f"Report on “{self.article}”"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
