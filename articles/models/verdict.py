"""What a person has said of a proposal, and who proposed it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Verdict(models.TextChoices):
    PROPOSED = "proposed", "proposed"
    CONFIRMED = "confirmed", "confirmed"
    REJECTED = "rejected", "rejected"


class Origin(models.TextChoices):
    MACHINE = "machine", "found by the tagger"
    PERSON = "person", "added by a person"
    IMPORT = "import", "came with an imported story"


class Judged(models.Model):
    """A row that the machine or a person proposes and a person decides."""

    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.MACHINE, editable=False)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.PROPOSED)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verdict_at = models.DateTimeField(null=True, blank=True)
    judged_version = models.BigIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="The version of the gazetteer that it was proposed with when it was judged.",
    )
    reason = models.CharField(max_length=500, blank=True, help_text="Why the machine proposes it.")

    class Meta:
        abstract = True


def verdict_has_judge(name: str) -> models.CheckConstraint:
    """A verdict has its person and its time, a proposal has neither."""
    return models.CheckConstraint(
        condition=Q(verdict=Verdict.PROPOSED, verdict_by=None, verdict_at=None)
        | Q(
            verdict__in=(Verdict.CONFIRMED, Verdict.REJECTED),
            verdict_by__isnull=False,
            verdict_at__isnull=False,
        ),
        name=name,
    )
