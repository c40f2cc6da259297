"""Where a partner wants to be told of changes."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def told(self, at: datetime) -> QuerySet[WebhookEndpoint]:
        """Those that are told now: active, and of a key that may still have webhooks, of a partner that may read."""
        return self.filter(state=WebhookEndpoint.State.ACTIVE).of_working_keys(at)

    def of_working_keys(self, at: datetime) -> QuerySet[WebhookEndpoint]:
        return self.filter(
            Q(key__expires_at=None) | Q(key__expires_at__gt=at),
            key__revoked_at=None,
            key__partner__is_active=True,
            key__scopes__contains=["webhooks"],
        )


class WebhookEndpoint(models.Model):
    """It belongs to a key: what the key may have, it is told, and when the key ends, so does the telling. Where the
    key is rotated, the next one has it.

    `epoch`, `sequence` and `revision` are its place in the change log: up to there, deliveries were written.
    `previous_sequence` is the last change of its own feed up to that place.
    """

    class State(models.TextChoices):
        PENDING = "pending", "waits for the answer to the challenge"
        ACTIVE = "active", "is told"
        DISABLED = "disabled", "switched off"

    class Reason(models.TextChoices):
        FAILING = "failing", "it failed for five days"
        GONE = "gone", "it answered 410"
        PARTNER = "partner", "the partner switched it off"
        NEWSROOM = "newsroom", "the newsroom switched it off"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey("partners.ApiKey", on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=500)
    description = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    disabled_reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)
    disabled_at = models.DateTimeField(null=True)
    told_of_at = models.DateTimeField(null=True, help_text="When partner and chiefs were written to that it is off.")

    secret = models.TextField(help_text="Sealed.")
    previous_secret = models.TextField(blank=True, help_text="Sealed; signs along until it ends.")
    previous_secret_ends_at = models.DateTimeField(null=True)

    epoch = models.UUIDField()
    sequence = models.BigIntegerField()
    revision = models.IntegerField(default=0)
    previous_sequence = models.BigIntegerField(null=True)

    challenges = models.PositiveSmallIntegerField(default=0)
    next_challenge_at = models.DateTimeField(null=True)

    # How it fares, and who is sending to it now.
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    paused_until = models.DateTimeField(null=True)
    removals_leased_until = models.DateTimeField(null=True)
    upserts_leased_until = models.DateTimeField(null=True)

    created_at = models.DateTimeField(auto_now_add=True)

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["key", "url"], name="webhook_endpoint_once_a_key"),
            models.CheckConstraint(condition=~Q(url="") & ~Q(secret=""), name="webhook_endpoint_is_whole"),
            models.CheckConstraint(
                condition=Q(state="disabled", disabled_at__isnull=False) & ~Q(disabled_reason="")
                | ~Q(state="disabled") & Q(disabled_at__isnull=True, disabled_reason=""),
                name="webhook_disabled_says_why_and_when",
            ),
            models.CheckConstraint(
                condition=Q(previous_secret="", previous_secret_ends_at__isnull=True)
                | ~Q(previous_secret="") & Q(previous_secret_ends_at__isnull=False),
                name="webhook_previous_secret_ends",
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=0)
                & (
                    Q(previous_sequence__isnull=True)
                    | Q(previous_sequence__gte=1, previous_sequence__lte=F("sequence"))
                ),
                name="webhook_stands_in_the_log",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since__isnull=True) | Q(failures__gte=1, failing_since__isnull=False),
                name="webhook_failing_since_its_first_failure",
            ),
            models.CheckConstraint(
                condition=Q(next_challenge_at__isnull=True) | Q(state="pending"),
                name="webhook_challenged_while_pending",
            ),
        )

    def __str__(self) -> str:
        return self.shown_url

    @property
    def shown_url(self) -> str:
        """Without the query, in which some partners keep a secret of theirs."""
        address, mark, _ = self.url.partition("?")
        return f"{address}?…" if mark else address

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def is_disabled(self) -> bool:
        return self.state == self.State.DISABLED

    @property
    def went_off_by_itself(self) -> bool:
        return self.disabled_reason in (self.Reason.FAILING, self.Reason.GONE)

    @property
    def is_failing(self) -> bool:
        return self.is_active and self.failing_since is not None

    def signs_twice(self, at: datetime | None = None) -> bool:
        """Whether the secret before still signs along."""
        ends = self.previous_secret_ends_at
        return ends is not None and ends > (at or timezone.now())
