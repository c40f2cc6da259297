"""A storyline: stories of ours that tell one thing, in the order in which an editor has put them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.urls import reverse

from articles.models.representation import Representation


class StorylineQuerySet(models.QuerySet["Storyline"]):
    def public(self) -> StorylineQuerySet:
        """Those that readers may see, and that have something for them to read."""
        live = StorylineStory.objects.live().filter(storyline=OuterRef("pk"))
        return self.filter(Exists(live), is_public=True)


class Storyline(models.Model):
    """Written by the verbs of `articles.storylines` alone, which raise `version` each time."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        CLOSED = "closed", "closed"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        max_length=100,
        unique=True,
        help_text="The last part of its address. Changed, the earlier address leads on to the new one.",
    )
    title = models.CharField(
        max_length=160, help_text="What the stories tell, as readers see it: “The cable off Hanko”."
    )
    intro = models.TextField(
        "introduction",
        blank=True,
        max_length=1200,
        help_text="Two or three sentences for somebody who has read none of it. They stand above the stories.",
    )
    entities = models.ManyToManyField(
        "entities.Entity",
        blank=True,
        related_name="+",
        help_text="Who and what it is about. Readers see those that a live story of ours names.",
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    is_public = models.BooleanField(
        "public",
        default=False,
        help_text="Off: nobody outside the desk sees it. On, it is public as soon as one of its stories is live.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = StorylineQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(slug="") & ~Q(title=""), name="storyline_has_slug_and_title"),
            models.CheckConstraint(condition=Q(state__in=("open", "closed")), name="storyline_state_known"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("storyline", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class StorylineStoryQuerySet(models.QuerySet["StorylineStory"]):
    def live(self) -> StorylineStoryQuerySet:
        return self.filter(article__representation__status=Representation.Status.LIVE)

    def foremost_of(self, article: Any) -> StorylineStoryQuerySet:
        """Where an article stands in public; of several storylines first what is still told, and was begun last."""
        mine = self.filter(article=article, storyline__is_public=True)
        told_to_the_end = Case(When(storyline__state=Storyline.State.OPEN, then=0), default=1)
        return mine.order_by(told_to_the_end, "-storyline_id")


class StorylineStory(models.Model):
    """A story in a storyline, whatever its state: readers see it as long as it is live."""

    storyline = models.ForeignKey(Storyline, on_delete=models.CASCADE, related_name="stories")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="in_storylines")
    ordinal = models.PositiveIntegerField("number", help_text="1 stands first.")
    note = models.CharField(
        max_length=240,
        blank=True,
        help_text="What the story adds, in a sentence that readers see beside it. Empty: its standfirst stands there.",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = StorylineStoryQuerySet.as_manager()

    class Meta:
        ordering = ("storyline", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=["storyline", "article"], name="storyline_has_story_once"),
            # Deferred, for a story that moves pushes others.
            models.UniqueConstraint(
                fields=["storyline", "ordinal"],
                name="storyline_number_taken_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="storyline_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.article} in {self.storyline}, {self.ordinal}"
