from django.conf import settings
from django.db import models
from django.db.models import Q


class Correction(models.Model):
    """A public notice on an article. Append-only: what readers were told stays, and what it takes back."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        UPDATE = "update", "Update"
        EDITORS_NOTE = "editors_note", "Editor’s note"
        RETRACTION = "retraction", "Retraction"

    class Position(models.TextChoices):
        TOP = "top", "above the story"
        FOOT = "foot", "below the story"

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="corrections")
    edition = models.ForeignKey(
        "articles.Edition",
        on_delete=models.PROTECT,
        related_name="corrections",
        help_text="The corrected edition.",
    )
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.CORRECTION)
    notice = models.TextField(help_text="What was wrong and what is right, for readers.")
    position = models.CharField(max_length=4, choices=Position.choices, default=Position.TOP)
    revision_before = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    revision_after = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    retracts = models.ManyToManyField(
        "articles.Quote",
        blank=True,
        related_name="retracted_by",
        help_text="Quotations struck through by it.",
    )
    retracts_entities = models.ManyToManyField(
        "entities.Entity",
        blank=True,
        related_name="+",
        help_text="Countries and entities that the story was tagged with by mistake.",
    )
    sealed_earlier = models.BooleanField(default=False, help_text="Earlier editions were sealed with it.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=~Q(notice=""), name="correction_has_notice"),)
        # The page of all notices, newest first.
        indexes = (models.Index(fields=["-at", "-id"], name="corrections_newest"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.notice[:60]}"
