"""What the archive of who said what can be narrowed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import DateField, Exists, OuterRef, Q
from django.db.models.functions import Cast, Coalesce

from articles.models import Quote
from articles.search import words
from articles.views.entity_field import CountryField, EntityField, family_of
from articles.views.filters import Filters, WordsField, day_field
from articles.views.statements import live_words
from entities.models import Country, Entity, Kind, Relation

if TYPE_CHECKING:
    from django.db.models import QuerySet

ORGANISATIONS = (Kind.ORGANISATION, Kind.ALLIANCE, Kind.UNIT)
BELONGS = (Relation.Kind.MEMBER_OF, Relation.Kind.OFFICE_IN, Relation.Kind.PART_OF)
CHOICES_SHOWN = 300
KINDS = [("", "Any"), (Quote.Kind.DIRECT, "Whole sentences"), (Quote.Kind.PARTIAL, "Part of a sentence")]


class QuoteFilters(Filters):
    """All that are given must hold."""

    q = WordsField("Words")
    speaker = WordsField("Speaker")
    entity = EntityField(label="Speaker")
    organisation = EntityField(label="Organisation", kinds=ORGANISATIONS)
    country = CountryField(label="Speaker’s country")
    kind = forms.ChoiceField(
        label="Quoted",
        required=False,
        choices=KINDS,
        error_messages={"invalid_choice": "Quotations are “direct” or “partial”. Choose from the list."},
    )
    said_from = day_field("Said from")
    said_to = day_field("Said until")

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("said_from"), asked.get("said_to")
        if first and last and first > last:
            self.add_error("said_to", "The last day is before the first: exchange them.")
        return asked

    @property
    def has_more(self) -> bool:
        """Whether one of the filters is set that stand behind “More filters”."""
        return not self.given.keys() <= {"q", "speaker"}

    def matching(self) -> Q:
        """Quotations of editions that the filters let through; valid filters only."""
        asked = self.cleaned_data
        matching = Q()
        if asked["q"]:
            matching &= Q(text__search=words(asked["q"]))
        if asked["speaker"]:
            matching &= named(asked["speaker"])
        if asked["entity"]:
            matching &= Q(speaker_entity_id__in=family_of(asked["entity"]))
        if asked["organisation"]:
            matching &= of_organisation(asked["organisation"])
        if asked["country"]:
            matching &= Q(speaker_country=asked["country"])
        if asked["kind"]:
            matching &= Q(kind=asked["kind"])
        if asked["said_from"]:
            matching &= Q(said_on__gte=asked["said_from"])
        if asked["said_to"]:
            matching &= Q(said_on__lte=asked["said_to"])
        return matching


def named(name: str) -> Q:
    """Of speakers in whose full name these words follow each other."""
    return Q(speaker_name__search=SearchQuery(name, config="simple", search_type="phrase"))


def of_organisation(organisation: Entity) -> Q:
    """What it said itself, and what those said who belonged to it on the day."""
    family = family_of(organisation)
    belonging = Relation.objects.filter(kind__in=BELONGS, object__in=family)
    people = set(belonging.values_list("subject_id", flat=True))
    day = Coalesce(OuterRef("said_on"), Cast(OuterRef("edition__published_at"), DateField()), output_field=DateField())
    then = belonging.filter(
        Q(valid_from=None) | Q(valid_from__lte=day),
        Q(valid_to=None) | Q(valid_to__gte=day),
        subject=OuterRef("speaker_entity"),
    )
    # The first condition bounds the index; the second asks for the dates.
    return Q(speaker_entity_id__in=[*family, *people]) & (Q(speaker_entity_id__in=family) | Q(Exists(then)))


def speaking_countries() -> QuerySet[Country]:
    """Those of whose officials a live story has words."""
    said = live_words().filter(speaker_country=OuterRef("pk"))
    return (
        Country.objects.select_related("entity")
        .filter(Exists(said), entity__is_hidden=False)
        .order_by("entity__sort_name")
    )


def speaking_organisations() -> QuerySet[Entity]:
    """Those of which a live story has words, their own or of people who belong to them.

    Two lists as one, not two conditions: to see which of two holds PostgreSQL reads every quotation that there is.
    """
    speaking = Entity.objects.filter(Exists(live_words().filter(speaker_entity=OuterRef("pk"))))
    own = speaking.filter(kind__in=ORGANISATIONS).order_by().values("pk")
    belonging = Relation.objects.filter(kind__in=BELONGS)
    of_people = belonging.filter(Exists(live_words().filter(speaker_entity=OuterRef("subject"))))
    return (
        Entity.objects.public()
        .filter(pk__in=own.union(of_people.order_by().values("object"), all=True), kind__in=ORGANISATIONS)
        .order_by("sort_name", "id")[:CHOICES_SHOWN]
    )
