"""That a partner was written to because a kill stayed unconfirmed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class KillReminder(models.Model):
    """Append-only, once a partner and kill."""

    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="reminders")
    change = models.ForeignKey("articles.Change", on_delete=models.PROTECT, related_name="+")
    sent_to = ArrayField(models.EmailField())
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=["partner", "change"], name="kill_reminder_once_a_partner"),)

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.change_id}"
