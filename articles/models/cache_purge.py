from __future__ import annotations

from django.db import models
from django.db.models import Q


class CachePurge(models.Model):
    """One row: up to which public change the caches in front of us were told to let go, and how the last try went.

    `epoch` is the counter's: after a restored backup numbers are given out again, and the row begins anew.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    epoch = models.UUIDField()
    places = models.JSONField(
        null=True,
        help_text="What stood in the places filled by hand when the caches were told, by the key of the page.",
    )
    sequence = models.BigIntegerField()
    purged_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="cache_purge_one_row"),)

    def __str__(self) -> str:
        return f"up to {self.sequence}"
