"""What the public was given: immutable, in rows, for the archive."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from articles.models.quote import Quote
from articles.models.related_link import RelatedLink
from articles.models.tag import Role


class Edition(models.Model):
    """One published version of an article.

    The database refuses every change but two: `sealed_at` may be set once, and the text of a sealed edition may be
    destroyed on an order (`articles.erasing`). A sealed edition is kept and shown nowhere.
    """

    class Kind(models.TextChoices):
        FIRST = "first", "first publication"
        MINOR = "minor", "minor change"
        UPDATE = "update", "update"
        CORRECTION = "correction", "correction"

    # What stands in the place of words that an operator destroyed on an order.
    ERASED = "[erased]"

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="editions")
    type = models.CharField(max_length=12)
    headline = models.CharField(max_length=250)
    slug = models.SlugField(max_length=120)
    standfirst = models.TextField()
    html = models.TextField()
    text = models.TextField()
    blocks = models.JSONField()
    dateline = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8)
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, related_name="+")
    bylines = models.JSONField(help_text="[{slug, name}], as printed.")
    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, null=True, related_name="+")
    urgency = models.PositiveSmallIntegerField(null=True)
    may_syndicate = models.BooleanField(default=True)
    source_name = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(help_text="First publication of the article.")
    updated_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=["article", "version"], name="edition_version_once_an_article"),
            models.CheckConstraint(condition=Q(version__gte=1), name="edition_version_from_one"),
            models.CheckConstraint(condition=~Q(headline="") & ~Q(slug=""), name="edition_has_headline_and_slug"),
            models.CheckConstraint(condition=Q(updated_at__gte=F("published_at")), name="edition_updated_after_first"),
        )
        # Beside that of articles: what was approved since it was published, without reading a single story.
        indexes = (models.Index(fields=["id", "revision"], name="editions_of_revisions"),)

    def __str__(self) -> str:
        return f"{self.headline}, version {self.version}"

    def get_absolute_url(self) -> str:
        return f"/news/{self.published_at:%Y/%m}/{self.slug}/"

    @property
    def is_erased(self) -> bool:
        """Whether an operator destroyed its text on an order; only a sealed one can be."""
        return self.sealed_at is not None and self.headline == self.ERASED and not self.text


class EditionTag(models.Model):
    """An entity as one edition names it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="tags")
    entity = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices)
    is_primary = models.BooleanField(default=False)
    salience = models.FloatField(default=0)
    mentions = models.JSONField(default=list, help_text="[{start, end, as_written, form}] in the edition's text.")
    source = models.CharField(max_length=10)
    is_reviewed = models.BooleanField(help_text="A person has confirmed it.")

    class Meta:
        ordering = ("-is_primary", "-salience", "id")
        constraints = (
            models.UniqueConstraint(fields=["edition", "entity"], name="edition_tag_once"),
            models.CheckConstraint(condition=Q(salience__range=(0, 1)), name="edition_tag_salience_zero_to_one"),
        )

    def __str__(self) -> str:
        return str(self.entity)


class EditionQuote(models.Model):
    """A quotation as one edition prints it. `edition.text[start:end] == text`."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="quotes")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="edition_quotes")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Quote.Kind.choices)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    block_id = models.CharField(max_length=16, blank=True)
    cue = models.CharField(max_length=100, blank=True)
    speaker_as_written = models.CharField(max_length=300, blank=True)
    speaker_name = models.CharField(max_length=200, blank=True)
    speaker_kind = models.CharField(max_length=12, blank=True)
    speaker_role = models.CharField(max_length=200, blank=True)
    speaker_entity = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, null=True, related_name="+")
    speaker_country = models.ForeignKey("entities.Country", on_delete=models.PROTECT, null=True, related_name="+")
    confidence = models.FloatField(default=0)
    method = models.CharField(max_length=10)
    said_on = models.DateField(null=True)
    said_at_place = models.CharField(max_length=120, blank=True)
    medium = models.CharField(max_length=120, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    is_pull_quote = models.BooleanField(default=False)

    class Meta:
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(fields=["edition", "quote"], name="edition_quote_once"),
            models.UniqueConstraint(fields=["edition", "ordinal"], name="edition_quote_ordinal_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="edition_quote_start_before_end"),
        )
        # The archive of who said what, by words, by name and by day.
        indexes = (
            GinIndex(SearchVector("text", config="english"), name="edition_quotes_words"),
            GinIndex(SearchVector("speaker_name", config="simple"), name="edition_quotes_speakers"),
            models.Index(fields=["said_on"], condition=Q(said_on__isnull=False), name="edition_quotes_days"),
            # What somebody said before, when a story that quotes them is represented.
            models.Index(fields=["speaker_name", "-id"], name="edition_quotes_of_speaker"),
        )

    def __str__(self) -> str:
        return f"“{self.text[:60]}”"


class EditionRelated(models.Model):
    """An entry of Related News as one edition prints it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="related")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=RelatedLink.Kind.choices)
    target = models.ForeignKey("articles.Article", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("ordinal",)
        constraints = (models.UniqueConstraint(fields=["edition", "ordinal"], name="edition_related_ordinal_once"),)

    def __str__(self) -> str:
        return self.title or str(self.target)


class EditionPicture(models.Model):
    """A picture of ours that stands in the text of one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="pictures")
    ordinal = models.PositiveSmallIntegerField()
    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("ordinal",)
        constraints = (models.UniqueConstraint(fields=["edition", "image"], name="edition_picture_once"),)

    def __str__(self) -> str:
        return f"{self.image}, in the text of {self.edition}"
