from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class WithheldStory(models.Model):
    """What a line of an archive said of a story that may not be used: it is cancelled, or embargoed.

    Every later import of that archive heeds it, until the embargo has passed, a version comes that is newer beyond
    doubt, or a person lifts it. The same line read again is the same row, so that what was lifted stays so.
    """

    external_id = models.CharField(max_length=200, help_text="As of an article: the archive's name, and the id there.")
    numbers = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="The parts of the line's version number, if any."
    )
    version_at = models.DateTimeField(null=True, blank=True, help_text="When that version was made, where it says so.")
    until = models.DateTimeField(
        null=True, blank=True, help_text="When an embargo has passed everywhere. Empty: it does not end by itself."
    )
    reason = models.CharField(max_length=120, help_text="In words.")
    told_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "withheld stories"
        ordering = ("-id",)
        constraints = (
            # Asked by the ids of a batch of an archive.
            models.UniqueConstraint(
                fields=["external_id", "numbers", "version_at", "until"],
                name="withheld_story_once_a_version",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="withheld_story_lifted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.external_id}: {self.reason}"
