"""What addresses without a key asked in the last minutes."""

from __future__ import annotations

from django.db import models


class AnonymousUsage(models.Model):
    """Written by `newsroom.api.throttles`, which forgets after ten minutes: addresses are personal data."""

    address = models.CharField(max_length=50)
    minute = models.DateTimeField()
    requests = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["address", "minute"], name="anonymous_usage_once_a_minute"),)
        indexes = (models.Index(fields=["minute"], name="anonymous_usage_to_forget"),)

    def __str__(self) -> str:
        return f"{self.address} at {self.minute}"
