"""A quotation in an article, with who said it."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.anchor import Anchor
from articles.models.verdict import Judged, Verdict, verdict_has_judge


class QuoteQuerySet(models.QuerySet["Quote"]):
    def publishable(self) -> QuoteQuerySet:
        """Only what a person has confirmed, and whose words still stand in the text."""
        return self.filter(verdict=Verdict.CONFIRMED).exclude(anchor=Quote.Anchor.GONE)


class Quote(Judged):
    """The words between the marks, anchored in the newest revision's text.

    The anchor is the exact text with a prefix and a suffix and the block's id, so that it survives edits
    elsewhere; `start` and `end` are half-open code points of `revision.text` and are empty when the words
    are gone. When a person has judged a quote, the tagger only moves its anchor.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct", "direct"
        PARTIAL = "partial", "partial"

    class SpeakerKind(models.TextChoices):
        PERSON = "person", "person"
        ORGANISATION = "organisation", "organisation"
        DOCUMENT = "document", "document"
        UNNAMED = "unnamed", "unnamed"

    Anchor = Anchor

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="quotes")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="quotes")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DIRECT)
    text = models.TextField(help_text="The exact words, without the marks.")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    block_id = models.CharField(max_length=16, blank=True)
    anchor = models.CharField(max_length=10, choices=Anchor.choices, default=Anchor.KEPT)
    words_now = models.TextField(blank=True, help_text="What stands in the place of changed words.")
    cue = models.CharField(max_length=100, blank=True)
    speaker_as_written = models.CharField(max_length=300, blank=True)
    speaker_name = models.CharField(max_length=200, blank=True, help_text="The full name, as readers see it.")
    speaker_kind = models.CharField(max_length=12, choices=SpeakerKind.choices, blank=True)
    speaker_role = models.CharField(max_length=200, blank=True)
    speaker_entity = models.ForeignKey(
        "entities.Entity", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    speaker_country = models.ForeignKey(
        "entities.Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confidence = models.FloatField(default=0)
    said_on = models.DateField(null=True, blank=True)
    said_at_place = models.CharField(max_length=120, blank=True)
    medium = models.CharField(max_length=120, blank=True, help_text="Statement, interview, post, hearing …")
    source_url = models.URLField(max_length=500, blank=True)
    is_pull_quote = models.BooleanField(default=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = (F("start").asc(nulls_last=True), "id")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="quote_has_words"),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="quote_confidence_zero_to_one"),
            models.CheckConstraint(
                condition=Q(start=None, end=None, anchor="gone")
                | Q(
                    start__isnull=False,
                    end__isnull=False,
                    start__lt=F("end"),
                    anchor__in=("kept", "changed"),
                ),
                name="quote_anchor_has_place",
            ),
            verdict_has_judge("quote_verdict_has_judge"),
        )
        indexes = (
            # What waits for the desk, of all that there is.
            models.Index(fields=["article"], condition=Q(verdict="proposed"), name="quotes_undecided"),
        )

    def clean(self) -> None:
        """What a person says of the circumstances can be true.

        Raises:
            ValidationError
        """
        if self.said_on is not None and self.said_on > timezone.localdate():
            raise ValidationError({"said_on": "This day is still to come: when was it said?"})
        if self.source_url and not self.source_url.startswith(("http://", "https://")):
            raise ValidationError({"source_url": "The source is an address of the web: it begins with https://."})

    def __str__(self) -> str:
        return f"“{self.text[:60]}” – {self.speaker_name or self.speaker_as_written or 'no speaker'}"

    @property
    def is_spoken(self) -> bool:
        """Whether somebody is named who said it."""
        return bool(self.speaker_name or self.speaker_as_written)

    @property
    def is_kept(self) -> bool:
        """Whether its words stand in the text as they are."""
        return self.anchor == Quote.Anchor.KEPT
