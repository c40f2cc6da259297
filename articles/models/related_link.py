from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from articles.models.verdict import Judged, Origin, Verdict, verdict_has_judge


class RelatedLinkQuerySet(models.QuerySet["RelatedLink"]):
    def publishable(self) -> RelatedLinkQuerySet:
        """Links of a person or of the imported story, and machine proposals that a person has confirmed."""
        return self.exclude(verdict=Verdict.REJECTED).filter(~Q(origin=Origin.MACHINE) | Q(verdict=Verdict.CONFIRMED))

    def editorial(self) -> RelatedLinkQuerySet:
        """Links that are part of what was written, and so of the revision's snapshot."""
        return self.exclude(origin=Origin.MACHINE)


class RelatedLink(Judged):
    """One entry of Related News: one of our stories, an address elsewhere, or a bare title."""

    class Kind(models.TextChoices):
        INTERNAL = "internal", "one of our stories"
        EXTERNAL = "external", "an address elsewhere"
        UNRESOLVED = "unresolved", "a title only"

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="related_links")
    ordinal = models.PositiveSmallIntegerField(default=0)
    target = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="linked_from"
    )
    title = models.CharField(max_length=300, blank=True, help_text="Printed where there is no story to name.")
    url = models.URLField(max_length=500, blank=True)
    score = models.FloatField(default=0)

    objects = RelatedLinkQuerySet.as_manager()

    class Meta:
        ordering = ("ordinal", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["article", "target"], name="related_target_once", condition=Q(target__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("article")), name="related_not_to_itself"
            ),
            models.CheckConstraint(condition=Q(target__isnull=False) | ~Q(title=""), name="related_has_title"),
            verdict_has_judge("related_verdict_has_judge"),
        )
        indexes = (
            # The imported titles whose story has arrived since.
            models.Index(
                Upper("title"),
                name="related_titles_to_find",
                condition=Q(target__isnull=True, origin=Origin.IMPORT, url=""),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.target)

    @property
    def kind(self) -> str:
        if self.target_id:
            return self.Kind.INTERNAL
        return self.Kind.EXTERNAL if self.url else self.Kind.UNRESOLVED
