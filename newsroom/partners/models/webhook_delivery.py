"""What an endpoint is told, and each attempt to tell it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class WebhookDelivery(models.Model):
    """One message for one endpoint. Its content is made when it is sent, out of the change; the id is for life.

    A waiting one is due at `next_attempt_at`. Who takes it counts the attempt and moves that time beyond its own
    lease, so that a killed sender's message comes back by itself.
    """

    class Type(models.TextChoices):
        UPSERT = "article.upsert", "a story to have"
        REMOVE = "article.remove", "a story to take off"
        RESYNC = "feed.resync_required", "begin again"
        TEST = "endpoint.test", "a test"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "given up"

    webhook_id = models.CharField(max_length=40, unique=True)
    endpoint = models.ForeignKey("partners.WebhookEndpoint", on_delete=models.CASCADE, related_name="deliveries")
    change = models.ForeignKey("articles.Change", on_delete=models.PROTECT, null=True, related_name="+")
    type = models.CharField(max_length=24, choices=Type.choices)
    reason = models.CharField(max_length=20, blank=True)
    previous_sequence = models.BigIntegerField(null=True)
    is_fast = models.BooleanField(help_text="Sent on the lane of removals.")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    # Where the timetable began: at a redelivery it begins anew.
    attempts_before = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "webhook deliveries"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["endpoint", "change"], name="webhook_delivery_once_a_change"),
            models.CheckConstraint(
                condition=Q(type__in=("article.upsert", "article.remove"), change__isnull=False)
                | Q(type__in=("feed.resync_required", "endpoint.test"), change__isnull=True),
                name="webhook_delivery_is_of_a_change",
            ),
            models.CheckConstraint(
                condition=Q(type="article.remove") & ~Q(reason="")
                | Q(type="feed.resync_required") & ~Q(reason="")
                | Q(type__in=("article.upsert", "endpoint.test"), reason=""),
                name="webhook_delivery_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", next_attempt_at__isnull=False, delivered_at__isnull=True)
                | Q(state="delivered", next_attempt_at__isnull=True, delivered_at__isnull=False)
                | Q(state="failed", next_attempt_at__isnull=True, delivered_at__isnull=True),
                name="webhook_delivery_state_has_its_times",
            ),
            models.CheckConstraint(
                condition=Q(attempts__gte=models.F("attempts_before")), name="webhook_delivery_counts_upwards"
            ),
            models.CheckConstraint(
                condition=~Q(type__in=("article.remove", "feed.resync_required")) | Q(is_fast=True),
                name="webhook_removal_on_the_fast_lane",
            ),
        )
        indexes = (
            # The next message of a lane that is due.
            models.Index(
                fields=["endpoint", "is_fast", "id"],
                include=["next_attempt_at"],
                condition=Q(state="waiting"),
                name="webhook_deliveries_waiting",
            ),
            # The pages of an endpoint's deliveries, newest first; and what is old enough to be forgotten.
            models.Index(fields=["endpoint", "-id"], name="webhook_deliveries_newest"),
            models.Index(fields=["created_at"], name="webhook_deliveries_to_forget"),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.webhook_id}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_delivered(self) -> bool:
        return self.state == self.State.DELIVERED


class WebhookAttempt(models.Model):
    """One attempt whose end we know. An attempt that took its worker with it leaves none."""

    delivery = models.ForeignKey("partners.WebhookDelivery", on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True, help_text="What it answered; empty where it did not.")
    milliseconds = models.PositiveIntegerField()
    error = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["delivery", "number"], name="webhook_attempt_once"),
            models.CheckConstraint(
                condition=Q(status__isnull=False) | ~Q(error=""), name="webhook_attempt_has_an_outcome"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.status or self.error}"

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
