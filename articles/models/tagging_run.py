from django.db import models
from django.db.models import Q


class TaggingRun(models.Model):
    """The tagging of one revision: begun, finished, overtaken by a newer revision, or given up."""

    MAXIMUM_FAILURES = 5

    class Status(models.TextChoices):
        RUNNING = "running", "running"
        FINISHED = "finished", "finished"
        SUPERSEDED = "superseded", "overtaken by a newer revision"
        FAILED = "failed", "failed"

    revision = models.OneToOneField("articles.Revision", on_delete=models.PROTECT, related_name="tagging_run")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Starts, including those cut short.")
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    gazetteer_version = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="finished") | Q(finished_at__isnull=False),
                name="tagging_finished_has_time",
            ),
        )
        indexes = (models.Index(fields=["status", "started_at"], name="tagging_runs_by_status"),)

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_status_display()}"
