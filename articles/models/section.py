from django.db import models
from django.db.models import Q
from django.urls import reverse


class Section(models.Model):
    """A part of the paper, such as Air or Policy & Industry."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    ordinal = models.PositiveSmallIntegerField(default=0, help_text="Its place in the navigation.")
    description = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("ordinal", "name")
        constraints = (models.CheckConstraint(condition=~Q(slug="") & ~Q(name=""), name="section_named"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])
