"""The diary: what is coming, as exactly as it is known."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.day_precision import Precision, told


class DiaryEntryQuerySet(models.QuerySet["DiaryEntry"]):
    def public(self) -> DiaryEntryQuerySet:
        return self.filter(is_public=True)

    def ahead(self, today: date) -> DiaryEntryQuerySet:
        """What is still to come, or goes on; of what is known to a month or a year, until that ends."""
        return self.filter(ends__gte=today)

    def during(self, first: date, last: date) -> DiaryEntryQuerySet:
        return self.filter(starts__lte=last, ends__gte=first)


class DiaryEntry(models.Model):
    """Written by the verb of `articles.diary` alone. The note is the desk's own: no door for readers reads it."""

    class Kind(models.TextChoices):
        EXERCISE = "exercise", "exercise"
        SHOW = "show", "show"
        VOTE = "vote", "vote"
        VISIT = "visit", "visit"
        DEADLINE = "deadline", "deadline"
        OTHER = "other", "other"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200, help_text="What happens: “Bundestag votes on the frigate budget”.")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    starts = models.DateField(help_text="Of a month, a quarter or a year its first day.")
    ends = models.DateField(help_text="The last day of it.")
    precision = models.CharField(max_length=7, choices=Precision.choices, default=Precision.DAY)
    place = models.CharField(max_length=120, blank=True, help_text="A town, a hall, a range: “Setermoen”.")
    country = models.ForeignKey("entities.Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entities = models.ManyToManyField(
        "entities.Entity",
        blank=True,
        related_name="+",
        help_text="Who and what it is about. Readers see those that a live story of ours names.",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="diary_entries",
        help_text="Who covers it. It stands on their board.",
    )
    story = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="diary_entries",
        help_text="Readers are led to it once it is live.",
    )
    note = models.TextField(blank=True, max_length=4000, help_text="For the desk alone, whatever else is public.")
    is_public = models.BooleanField(
        "public", default=False, help_text="On: readers find it under “Coming up”, without the note and the names."
    )
    is_cancelled = models.BooleanField(
        "cancelled", default=False, help_text="It does not take place. Readers who have it in their calendar are told."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = DiaryEntryQuerySet.as_manager()

    class Meta:
        ordering = ("starts", "ends", "id")
        verbose_name = "diary entry"
        verbose_name_plural = "diary entries"
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="diary_entry_titled"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="diary_entry_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind__in=("exercise", "show", "vote", "visit", "deadline", "other")),
                name="diary_entry_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=("day", "month", "quarter", "year")), name="diary_entry_precision_known"
            ),
        )
        indexes = (
            # What is coming up, for the desk and for readers.
            models.Index(fields=["ends", "starts"], name="diary_by_end"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> str:
        """“12 to 20 May 2026”, “second quarter of 2026”."""
        return told(self.starts, self.ends, self.precision)

    @property
    def facts(self) -> str:
        """“vote, Berlin, Germany”; of what is no kind of its own, where alone."""
        kind = "" if self.kind == self.Kind.OTHER else self.get_kind_display()
        return ", ".join(part for part in (kind, self.where) if part)

    @property
    def where(self) -> str:
        """“Setermoen, Norway”."""
        return ", ".join(part for part in (self.place, str(self.country or "")) if part)
