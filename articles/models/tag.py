"""An entity on an article, and the places in the text that show it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from articles.models.verdict import Judged, Verdict, verdict_has_judge


class Role(models.TextChoices):
    ABOUT = "about", "the story is about it"
    MENTION = "mention", "the story mentions it"


class TagQuerySet(models.QuerySet["Tag"]):
    def publishable(self) -> TagQuerySet:
        """What an edition carries: confirmed by a person, or accepted by itself and not rejected."""
        return self.filter(Q(verdict=Verdict.CONFIRMED) | Q(verdict=Verdict.PROPOSED, is_accepted=True, is_found=True))

    def undecided(self) -> TagQuerySet:
        return self.filter(verdict=Verdict.PROPOSED)


class Tag(Judged):
    """One entity on one article. The tagger owns the columns from `score` to `mention_count`; the verdict, what
    was proposed when it was given, and the role and the primary country that a person chose, are never touched
    by it. Where a person has chosen, `is_primary` says the same as the choice."""

    Role = Role

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="tags")
    entity = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, related_name="+")
    role_by_person = models.CharField(
        max_length=8, choices=Role.choices, blank=True, help_text="Overrides what the tagger found."
    )
    is_primary_by_person = models.BooleanField(
        default=False, db_default=False, help_text="A person says that the story is most about this country."
    )
    score = models.FloatField(default=0)
    is_primary = models.BooleanField(default=False, help_text="The country the story is most about.")
    is_accepted = models.BooleanField(default=False, help_text="By a strong name: public without a verdict.")
    is_found = models.BooleanField(default=True, help_text="The newest run still finds it in the text.")
    is_prominent = models.BooleanField(default=False, help_text="In the headline or the standfirst.")
    mention_count = models.PositiveIntegerField(default=0)
    judged_surfaces = ArrayField(
        models.CharField(max_length=300),
        default=list,
        db_default=[],
        blank=True,
        editable=False,
        help_text="The names as they stood in the text when it was judged.",
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ("-is_primary", "-score", "id")
        constraints = (
            models.UniqueConstraint(fields=["article", "entity"], name="tag_once_an_article"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_primary_by_person=True), name="tag_one_primary_by_person"
            ),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="tag_score_zero_to_one"),
            verdict_has_judge("tag_verdict_has_judge"),
        )
        indexes = (
            # How often the tagger was right lately.
            models.Index(
                fields=["verdict_at"],
                condition=Q(origin="machine", verdict__in=("confirmed", "rejected")),
                name="tags_of_machine_judged",
            ),
            # What waits for the desk, of all that there is.
            models.Index(fields=["article"], condition=Q(verdict="proposed", is_accepted=False), name="tags_undecided"),
        )

    def __str__(self) -> str:
        return f"{self.entity} ({self.get_verdict_display()})"

    @property
    def role(self) -> str:
        """About when a person says so, or when primary or prominent; otherwise mention."""
        if self.role_by_person:
            return self.role_by_person
        return Role.ABOUT if self.is_primary or self.is_prominent else Role.MENTION


class Mention(models.Model):
    """One place in one revision's text where a tag's entity is named."""

    class Field(models.TextChoices):
        HEADLINE = "headline", "headline"
        STANDFIRST = "standfirst", "standfirst"
        BODY = "body", "body"

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="mentions")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="mentions")
    field = models.CharField(max_length=10, choices=Field.choices, default=Field.BODY)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300)
    form = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("field", "start", "id")
        constraints = (
            models.UniqueConstraint(fields=["tag", "field", "start", "end"], name="mention_once_a_place"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_start_before_end"),
        )

    def __str__(self) -> str:
        return f"{self.surface} {self.start}–{self.end}"
