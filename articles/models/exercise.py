"""Exercises as data: each edition, and what stories of ours report of it."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from articles.day_precision import Precision, told
from articles.models.correction import Correction
from articles.models.edition import EditionQuote
from articles.models.representation import Representation


class ExerciseEdition(models.Model):
    """One time that an exercise is held. What is known of it is reported: see `ReportedFact`."""

    exercise = models.ForeignKey(
        "entities.Entity",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The series, or the exercise itself where it is held once.",
    )
    year = models.PositiveSmallIntegerField(help_text="In which it is held, or begins.")
    number = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Where editions are counted, or where there are several in a year: 3 for the third.",
    )
    name = models.CharField(
        max_length=160, blank=True, help_text="Only where it has one of its own. Empty: the exercise and the year."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ("exercise__sort_name", "-year", "-number", "-id")
        verbose_name = "edition of an exercise"
        verbose_name_plural = "editions of exercises"
        constraints = (
            models.UniqueConstraint(
                fields=["exercise", "year", "number"], name="exercise_edition_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(year__range=(1900, 2200)), name="exercise_edition_year_possible"),
        )

    def __str__(self) -> str:
        counted = f" ({self.number})" if self.number else ""
        return self.name or f"{self.exercise.canonical} {self.year}{counted}"


class ReportedFactQuerySet(models.QuerySet["ReportedFact"]):
    def told(self) -> ReportedFactQuerySet:
        """Those whose story is live, in the version in which they were read or a later one, and has not sealed that
        version since; of a quotation, as long as it stands in that story and was not retracted."""
        standing = EditionQuote.objects.filter(
            quote=OuterRef("quote"), edition=OuterRef("article__representation__edition")
        )
        retracted = Correction.retracts.through.objects.filter(quote=OuterRef("quote"))
        return self.filter(
            Q(quote=None) | (Q(Exists(standing)) & ~Q(Exists(retracted))),
            Q(revision=None) | Q(revision__number__lte=F(OF_LIVE)),
            ~_is_sealed(),
            article__representation__status=Representation.Status.LIVE,
        )

    def with_reasons(self) -> ReportedFactQuerySet:
        """Each with `is_sealed` and `is_ahead`: why readers do not see what a live story reports."""
        return self.annotate(
            is_sealed=_is_sealed(),
            is_ahead=Q(revision__isnull=False, revision__number__gt=F(OF_LIVE)),
        )


# The number of the revision that readers have.
OF_LIVE = "article__representation__edition__revision__number"


def _is_sealed() -> Q:
    """A correction sealed the version in which it was read. Where that is not known: those from before it was written
    down, as is true of what the release before writes."""
    sealing = Correction.objects.filter(article=OuterRef("article"), sealed_earlier=True)
    read_before = sealing.filter(revision_after__number__gt=OuterRef("revision__number"))
    return Q(Exists(read_before)) | Q(Exists(sealing.filter(at__gt=OuterRef("added_at"))), revision=None)


class ReportedFact(models.Model):
    """What one story of ours reports of an edition. Two stories that report the same are two rows, and so are two that
    differ: both stand, each with its source."""

    class Kind(models.TextChoices):
        DATES = "dates", "dates"
        HOST = "host", "host"
        PARTICIPANT = "participant", "participant"
        FIGURE = "figure", "figure"

    edition = models.ForeignKey(ExerciseEdition, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    entity = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=80, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=7, choices=Precision.choices, blank=True)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="reported_facts")
    quote = models.ForeignKey("articles.Quote", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.ForeignKey(
        "articles.Revision",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The version of the story in which it was read, or confirmed last. Empty: the one that is live.",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ReportedFactQuerySet.as_manager()

    class Meta:
        ordering = ("edition", "kind", "label", "id")
        constraints = (
            models.UniqueConstraint(
                fields=[
                    *("edition", "kind", "entity", "role", "label", "value", "unit", "starts", "ends"),
                    *("article", "quote"),
                ],
                name="reported_fact_once_a_source",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="dates", starts__isnull=False, ends__gte=F("starts"), entity=None, value=None, label=""
                )
                & ~Q(precision="")
                | Q(
                    kind__in=("host", "participant"), entity__isnull=False, value=None, label="", starts=None, ends=None
                )
                | Q(kind="figure", value__gte=0, entity=None, role="", starts=None, ends=None) & ~Q(label=""),
                name="reported_fact_fits_its_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.edition}"

    @property
    def says(self) -> str:
        """ "12 to 20 May 2026", "personnel 9,000", "Finland, with a frigate"."""
        if self.kind == self.Kind.DATES:
            assert self.starts is not None
            assert self.ends is not None
            return told(self.starts, self.ends, self.precision)
        if self.kind == self.Kind.FIGURE:
            assert self.value is not None
            return f"{self.label} {figure(self.value)} {self.unit}".strip()
        return f"{self.entity}, {self.role}" if self.role else str(self.entity)


def figure(value: Decimal) -> str:
    """ "9,000", "12.5"."""
    whole = value == value.to_integral_value()
    return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
