"""A house that publishes our stories."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Partner(models.Model):
    """Never deleted: what it acknowledged and when it had a key is history."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True, help_text="As the desk calls it, such as “Nordic Wire”.")
    contact = models.EmailField(
        blank=True, help_text="Who is told when a kill stays unacknowledged. An address that is read at night."
    )
    notes = models.TextField(blank=True, help_text="For the desk only: contract, people, what they publish.")
    is_active = models.BooleanField(
        "may read", default=True, help_text="Take the tick away to refuse every key of this partner at once."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),)

    def __str__(self) -> str:
        return self.name
