"""The ISO 3166-1 facts of an entity that is a country."""

from django.db import models
from django.db.models import Q


class Country(models.Model):
    """A country or territory of ISO 3166-1, with the desk's own name on its entity."""

    entity = models.OneToOneField(
        "entities.Entity", on_delete=models.PROTECT, primary_key=True, related_name="country_facts"
    )
    alpha2 = models.CharField("ISO code", max_length=2, unique=True, help_text="ISO 3166-1 alpha-2, such as CN.")
    alpha3 = models.CharField("ISO code, three letters", max_length=3, unique=True)
    numeric = models.CharField(
        "ISO number",
        max_length=3,
        unique=True,
        null=True,
        blank=True,
        help_text="Three digits, such as 156. Empty for Kosovo (XK), whose code is user-assigned.",
    )
    official_name = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=60, blank=True)
    capital = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name_plural = "countries"
        ordering = ("entity__sort_name",)
        constraints = (
            models.CheckConstraint(condition=Q(alpha2__regex=r"^[A-Z]{2}$"), name="country_alpha2_two_capitals"),
            models.CheckConstraint(condition=Q(alpha3__regex=r"^[A-Z]{3}$"), name="country_alpha3_three_capitals"),
            models.CheckConstraint(
                condition=Q(numeric=None) | Q(numeric__regex=r"^[0-9]{3}$"),
                name="country_numeric_three_digits",
            ),
        )

    def __str__(self) -> str:
        return self.entity.name
