"""Names that the tagger noticed and the gazetteer lacks, and the stories that name them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.tag import Mention
from articles.models.verdict import Verdict, verdict_has_judge
from articles.states import PubState
from entities.models import Kind


class NewNameQuerySet(models.QuerySet["NewName"]):
    def waiting(self) -> NewNameQuerySet:
        """Proposed, and still named by a story."""
        return self.filter(verdict=Verdict.PROPOSED, story_count__gt=0)


class NewName(models.Model):
    """One name of one kind, over all stories. Never deleted: what was decided stays decided.

    The counts are kept by the tagger in the transaction that replaces a story's sightings; the verdict is a
    person's: confirmed means that it became (a name of) `entity`, rejected that it is never proposed again.
    """

    name = models.CharField(max_length=200, help_text="As the story wrote it that named it first.")
    key = models.CharField(max_length=200, editable=False, help_text="The name without regard to capitals.")
    kind = models.CharField(max_length=20, choices=Kind.choices, help_text="The tagger's guess.")
    category = models.CharField(max_length=40, blank=True, help_text="The tagger's guess.")
    country_code = models.CharField(max_length=2, blank=True, help_text="The tagger's guess, ISO 3166-1 alpha-2.")
    story_count = models.PositiveIntegerField("stories", default=0)
    mention_count = models.PositiveIntegerField("mentions", default=0)
    entity = models.ForeignKey(
        "entities.Entity",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What it became, or is another name of.",
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.PROPOSED)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verdict_at = models.DateTimeField(null=True, blank=True)
    first_seen_at = models.DateTimeField(auto_now_add=True)

    objects = NewNameQuerySet.as_manager()

    class Meta:
        ordering = ("-story_count", "-mention_count", "id")
        permissions = (("decide_newname", "Can make entities of new names, and dismiss them"),)
        constraints = (
            models.UniqueConstraint(fields=["key", "kind"], name="new_name_once_a_kind"),
            models.CheckConstraint(condition=~Q(key=""), name="new_name_not_empty"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CONFIRMED, entity__isnull=False)
                | (~Q(verdict=Verdict.CONFIRMED) & Q(entity=None)),
                name="new_name_confirmed_has_entity",
            ),
            verdict_has_judge("new_name_verdict_has_judge"),
        )
        indexes = (
            # The queue: what is proposed, the most frequent first.
            models.Index(
                fields=["-story_count", "-mention_count", "id"],
                condition=Q(verdict=Verdict.PROPOSED, story_count__gt=0),
                name="new_names_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SightingQuerySet(models.QuerySet["Sighting"]):
    def to_show(self) -> SightingQuerySet:
        """The newest stories first, without the words of killed ones."""
        return self.exclude(article__pub_state=PubState.KILLED).order_by("-article_id")


class Sighting(models.Model):
    """That the newest tagged revision of a story names a new name: how often, and where first."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="sightings")
    new_name = models.ForeignKey(NewName, on_delete=models.PROTECT, related_name="sightings")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    field = models.CharField(max_length=10, choices=Mention.Field.choices, default=Mention.Field.BODY)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    objects = SightingQuerySet.as_manager()

    class Meta:
        ordering = ("-article_id",)
        constraints = (
            models.UniqueConstraint(fields=["article", "new_name"], name="sighting_once_a_story"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="sighting_start_before_end"),
            models.CheckConstraint(condition=Q(count__gte=1), name="sighting_counts_from_one"),
        )
        indexes = (
            # The newest stories that name it, and the stories to read again after a decision.
            models.Index(fields=["new_name", "-article"], name="sightings_newest_first"),
        )

    def __str__(self) -> str:
        return f"{self.new_name} in {self.article}"
