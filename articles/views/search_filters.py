"""What a search can be narrowed to, and in which order it comes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst

from articles.models import ArticleType, Listing, Representation, Section
from articles.search_words import read_words
from articles.views.entity_field import CountryField, EntityField, family_of
from articles.views.filters import Filters, WordsField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

FIRST_YEAR, LAST_YEAR = 1900, 2100
NEWEST = "newest"
ORDERS = [("", "Best match"), (NEWEST, "Newest")]


class SectionField(forms.CharField):
    """The slug of a section."""

    def clean(self, value: Any) -> Section | None:
        slug = super().clean(value)
        found = Section.objects.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError(f"There is no section “{slug}”. Choose one from the list.", code="unknown")
        return found


class SearchFilters(Filters):
    q = WordsField("Words")
    country = CountryField(label="Country")
    entity = EntityField(label="About")
    section = SectionField(label="Section", required=False, max_length=80)
    type = forms.ChoiceField(
        label="Type",
        required=False,
        choices=[("", "Any"), *((value, capfirst(label)) for value, label in ArticleType.choices)],
        error_messages={"invalid_choice": "There is no such type of story. Choose one from the list."},
    )
    year = forms.IntegerField(
        label="Year",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "A year has four digits: 2026."),
    )
    order = forms.ChoiceField(
        label="Order",
        required=False,
        choices=ORDERS,
        error_messages={"invalid_choice": "Stories come by best match, or the “newest” first."},
    )

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.given.keys() - {"order"})

    @property
    def has_words(self) -> bool:
        return bool(read_words(self.given.get("q", "")))

    @property
    def is_newest_first(self) -> bool:
        return not self.has_words or self.cleaned_data["order"] == NEWEST

    @property
    def narrowing(self) -> list[Any]:
        """The filters that are set beside the words and the order."""
        own = {str(self.fields[name].label) for name in ("q", "order")}
        return [active for active in self.active if active.label not in own]

    def matching(self) -> QuerySet[Representation]:
        """Live stories that the filters beside the words let through; valid filters only."""
        asked = self.cleaned_data
        stories = Representation.objects.filter(status=Representation.Status.LIVE)
        if asked["country"]:
            stories = stories.filter(under([asked["country"].pk]))
        if asked["entity"]:
            stories = stories.filter(under(family_of(asked["entity"])))
        if asked["section"]:
            stories = stories.filter(section=asked["section"])
        if asked["type"]:
            stories = stories.filter(type=asked["type"])
        if asked["year"]:
            first, after = (datetime(year, 1, 1, tzinfo=UTC) for year in (asked["year"], asked["year"] + 1))
            stories = stories.filter(published_at__gte=first, published_at__lt=after)
        return stories


def under(family: Sequence[int]) -> Exists:
    """Stories that stand under an entity."""
    return Exists(Listing.objects.filter(article=OuterRef("article_id"), entity_id__in=family))
