"""An entity: one thing in the world that stories speak of."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entities.plain_text import plain


class Kind(models.TextChoices):
    """What an entity is. The values stand in seeds, in the API and in public addresses."""

    COUNTRY = "country", "country"
    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    ALLIANCE = "alliance", "alliance"
    UNIT = "unit", "unit"
    EQUIPMENT = "equipment", "equipment"
    EXERCISE = "exercise", "exercise"
    OPERATION = "operation", "operation"
    PROGRAMME = "programme", "programme"
    PLACE = "place", "place"


class EntityQuerySet(models.QuerySet["Entity"]):
    def canonical(self) -> EntityQuerySet:
        """Entities that were not merged into another."""
        return self.filter(merged_into=None)

    def public(self) -> EntityQuerySet:
        """Canonical entities that the desk has not hidden."""
        return self.canonical().filter(is_hidden=False)


class Entity(models.Model):
    """One thing in the world. Never deleted: merged into another, or hidden.

    A merged entity keeps its row and points to the canonical one; readers of tags and quotes resolve the
    pointer, nothing is repointed, so clearing it undoes the merge.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(
        max_length=120,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Its name in seeds/; empty for an entity that the desk made.",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    category = models.CharField(
        max_length=40,
        blank=True,
        help_text="A finer kind: ministry, force, company; fighter, missile, ship.",
    )
    name = models.CharField(max_length=200, help_text="As the desk writes it; shown everywhere.")
    sort_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="Where it stands in an alphabetical list: plain letters, surname first.",
    )
    slug = models.SlugField(max_length=120, help_text="Its part of the public address.")
    country = models.ForeignKey(
        "entities.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entities",
        help_text="Origin or owner. A tag of a ministry or a force brings this country with it.",
    )
    summary = models.TextField(blank=True, help_text="One neutral sentence that readers see on its page.")
    source = models.CharField(max_length=300, blank=True, help_text="Where the facts can be checked.")
    naming_note = models.TextField(blank=True, help_text="How the desk names it, and why. For colleagues, not readers.")
    is_hidden = models.BooleanField(default=False, help_text="Keeps it off the public site and the API.")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entities"
        ordering = ("sort_name", "id")
        constraints = (
            models.UniqueConstraint(fields=["kind", "slug"], name="entity_slug_unique_in_kind"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="entity_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="entity_name_not_empty"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="entity_not_merged_into_itself"
            ),
        )
        indexes = (models.Index(fields=["kind", "sort_name", "id"], name="entity_list_by_kind"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name = plain(self.name)
        self.sort_name = self.sort_name or self.name
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        if self.kind == Kind.COUNTRY:
            return reverse("country", args=[self.slug])
        return reverse("entity", args=[self.kind, self.slug])

    def clean(self) -> None:
        """
        Raises:
            ValidationError: nothing can be seen of the name.
        """
        self.name = plain(self.name)
        if not self.name:
            raise ValidationError({"name": "Nothing of this name can be seen: write it anew."})

    @property
    def canonical(self) -> Entity:
        """The entity this one was merged into, or itself. Pointers are flat, so one step is enough."""
        return self.merged_into or self
