"""Places of the home page, of sections, of the pages of entities and of the breaking strip, filled by hand."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.representation import Representation


class FrontSlotQuerySet(models.QuerySet["FrontSlot"]):
    def shown(self, at: datetime) -> FrontSlotQuerySet:
        """Slots that readers see then: not ended, and their story, if they have one, live."""
        is_live = Q(story__representation__status=Representation.Status.LIVE)
        return self.filter(Q(until=None) | Q(until__gt=at), Q(story=None) | is_live)


class FrontSlot(models.Model):
    """One place filled by hand. Written by the verbs of `articles.front` alone; what stands nowhere here is filled
    with the newest stories."""

    class Place(models.TextChoices):
        LEAD = "lead", "lead"
        SECONDARY = "secondary", "beside the lead"
        BREAKING = "breaking", "breaking strip"
        SECTION = "section", "pinned in a section"
        ENTITY = "entity", "pinned on a page"

    # How many of each there are: on the page, and of the pinned ones in each section and on the page of each entity.
    NUMBERS = {Place.LEAD: 1, Place.SECONDARY: 4, Place.BREAKING: 1, Place.SECTION: 3, Place.ENTITY: 3}

    place = models.CharField(max_length=10, choices=Place.choices)
    ordinal = models.PositiveSmallIntegerField(
        "number",
        default=1,
        help_text="1 stands first. There are one lead, four beside it, three in a section and on a page.",
    )
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only for a story pinned in a section: which one.",
    )
    entity = models.ForeignKey(
        "entities.Entity",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only for a story pinned on the page of a country, a person, an exercise: whose.",
    )
    story = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="front_slots"
    )
    text = models.CharField(
        "words of the strip",
        max_length=160,
        blank=True,
        help_text="Only for the breaking strip: what it says. Empty, it says the story’s headline.",
    )
    until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="From then on the place is filled by itself again. The breaking strip must have an end.",
    )
    placed_at = models.DateTimeField(auto_now=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = FrontSlotQuerySet.as_manager()

    class Meta:
        ordering = ("place", "section__ordinal", "section", "entity", "ordinal")
        verbose_name = "place of the front page"
        verbose_name_plural = "front page"
        constraints = (
            models.UniqueConstraint(
                fields=["place", "section", "entity", "ordinal"],
                name="front_slot_filled_once_on_page",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["story"], condition=Q(place__in=("lead", "secondary")), name="front_slot_story_once_at_home"
            ),
            models.UniqueConstraint(
                fields=["section", "story"], condition=Q(place="section"), name="front_slot_story_once_in_section"
            ),
            models.UniqueConstraint(
                fields=["entity", "story"], condition=Q(place="entity"), name="front_slot_story_once_on_page"
            ),
            models.CheckConstraint(
                condition=Q(place__in=("lead", "breaking"), ordinal=1)
                | Q(place="secondary", ordinal__range=(1, 4))
                | Q(place__in=("section", "entity"), ordinal__range=(1, 3)),
                name="front_slot_number_fits_place",
            ),
            models.CheckConstraint(
                condition=Q(place="section", section__isnull=False) | (~Q(place="section") & Q(section=None)),
                name="front_slot_section_only_if_pinned",
            ),
            models.CheckConstraint(
                condition=Q(place="entity", entity__isnull=False) | (~Q(place="entity") & Q(entity=None)),
                name="front_slot_entity_only_if_pinned",
            ),
            models.CheckConstraint(
                condition=Q(place="breaking", until__isnull=False) & (Q(story__isnull=False) | ~Q(text=""))
                | ~Q(place="breaking") & Q(story__isnull=False, text=""),
                name="front_slot_says_something",
            ),
        )

    def __str__(self) -> str:
        where = str(self.section or self.entity or self.get_place_display())
        return f"{where}, {self.ordinal}" if self.NUMBERS[self.Place(self.place)] > 1 else where
