"""What a key asked on one day, and how much of its allowance that took."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class DailyUsage(models.Model):
    """One row a key and day (UTC), written by one statement a request (`newsroom.partners.admission`).

    `requests` were answered and counted; answers that cost nothing are not among them. The minute that runs now has
    used `minute_requests`. `is_granted` is the verdict on the newest request. `sequence` is where the key's newest
    poll of the feed stood.
    """

    key = models.ForeignKey("partners.ApiKey", on_delete=models.PROTECT, related_name="usage")
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    minute = models.DateTimeField()
    minute_requests = models.PositiveIntegerField(default=0)
    is_granted = models.BooleanField(default=True)
    sequence = models.BigIntegerField(null=True)
    polled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-day",)
        constraints = (
            models.UniqueConstraint(fields=["key", "day"], name="daily_usage_once_a_day"),
            models.CheckConstraint(
                condition=Q(sequence__isnull=True, polled_at__isnull=True)
                | Q(sequence__isnull=False, polled_at__isnull=False),
                name="daily_usage_poll_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key_id} on {self.day}"
