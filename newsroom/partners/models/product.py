"""What is sold or lent: a saved filter of stories."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from articles.api import products

FIELDS = ("types", "sections", "languages", "authors", "countries", "entities")


class Product(models.Model):
    """A story is in it when it meets one value of each field that names any. `revision` rises with each change of
    the filter: partners then read their stories anew."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True, help_text="Partners see it, such as “Northern Europe”.")
    notes = models.TextField(blank=True, help_text="For the desk only.")
    types = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    sections = ArrayField(models.SlugField(), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    authors = ArrayField(models.SlugField(max_length=120), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    entities = ArrayField(models.UUIDField(), default=list, blank=True)
    only_about = models.BooleanField(
        "only stories about these countries",
        default=False,
        help_text="Without the tick, stories that only mention one of the countries are in it, too.",
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="product_revision_from_one"),
            # One that selects nothing in particular would be everything, by mistake.
            models.CheckConstraint(
                condition=~Q(**{f"{name}__len": 0 for name in FIELDS}), name="product_selects_something"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def filter(self) -> products.Product:
        """As the API's resources understand it."""
        values = {name: tuple(str(value) for value in getattr(self, name)) for name in FIELDS}
        return products.Product(**values, only_about=self.only_about)
