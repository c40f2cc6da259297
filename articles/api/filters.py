"""What lists of articles and quotes can be narrowed to."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import FilterSet
from django_filters.fields import IsoDateTimeField
from django_filters.filters import CharFilter, ChoiceFilter, DateFilter, Filter, IsoDateTimeFilter, UUIDFilter
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.api.products import within
from articles.api.shared import OF_QUOTE
from articles.models import ArticleType, Author, EditionQuote, Listing, Quote, Representation, Section
from articles.models.tag import Role
from articles.search import query_of
from articles.search_words import read_words
from articles.states import PubState
from entities.models import Country, Entity

MOST_CODES = 30
# Takes "CN"; refuses "cn" and "CHN".
_CODE = re.compile(r"[A-Z]{2}")

# What a filter set refers to: parameter, value, and the rows of which one must exist.
Reference = tuple[str, str, QuerySet[Any]]


class CodesField(forms.Field):
    """ISO 3166-1 alpha-2 codes, from a parameter given several times or with commas."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> tuple[str, ...]:
        codes = tuple(dict.fromkeys(code for entry in value or () for code in entry.split(",")))
        wrong = [code for code in codes if not _CODE.fullmatch(code)]
        if wrong:
            message = "“%(code)s” is not two capital letters, such as CN."
            raise forms.ValidationError(message, code="invalid", params={"code": wrong[0][:40]})
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(f"At most {MOST_CODES} countries.", code="too_many")
        return codes


@extend_schema_field({"type": "array", "items": {"type": "string", "pattern": "^[A-Z]{2}$"}, "maxItems": MOST_CODES})
class CodesFilter(Filter):
    field_class = CodesField
    may_repeat = True


class InstantField(IsoDateTimeField):
    """In UTC whatever the offset was: PostgreSQL takes none of sixteen hours or more, RFC 3339 up to 23:59."""

    def to_python(self, value: str | None) -> datetime | None:
        instant: datetime | None = super().to_python(value)
        try:
            return instant.astimezone(UTC) if instant else None
        except OverflowError:
            raise forms.ValidationError("Years from 1 to 9999, in UTC, too.", code="invalid") from None


class InstantFilter(IsoDateTimeFilter):
    field_class = InstantField


class ArticleFilter(FilterSet):
    # Whether the address names a country, of which the role is asked.
    is_below_country = False

    country = CodesFilter(method="by_any_country", help_text="ISO code; repeat it for “any of these”.")
    country_all = CodesFilter(method="by_all_countries", help_text="ISO codes with commas, for “all of these”.")
    country_role = ChoiceFilter(
        choices=Role.choices,
        method="with_role",
        help_text="Only stories about the country, or that mention it.",
    )
    entity = UUIDFilter(method="by_entity", help_text="Id of an entity or a country.")
    section = CharFilter(field_name="section__slug", help_text="Slug of a section.")
    author = CharFilter(method="by_author", help_text="Slug of an author.")
    type = ChoiceFilter(choices=ArticleType.choices)
    published_from = InstantFilter(
        field_name="published_at", lookup_expr="gte", help_text="First published then or later (RFC 3339)."
    )
    published_to = InstantFilter(field_name="published_at", lookup_expr="lt", help_text="First published before.")
    updated_from = InstantFilter(
        field_name="updated_at",
        lookup_expr="gte",
        help_text="Text updated then or later; to stay in step use /changes.",
    )
    has = ChoiceFilter(choices=[("quotes", "quotes")], method="with_quotes", help_text="Only stories with quotes.")

    class Meta:
        model = Representation
        fields: tuple[str, ...] = ()

    def references(self) -> list[Reference]:
        # Of the filters that are given, which alone the backend makes.
        asked = self.form.cleaned_data
        codes = [(name, code) for name in ("country", "country_all") for code in asked.get(name, ())]
        found: list[Reference] = [(name, code, Country.objects.filter(alpha2=code)) for name, code in codes]
        if asked.get("entity"):
            found.append(("entity", str(asked["entity"]), known_as(asked["entity"])))
        if asked.get("section"):
            found.append(("section", asked["section"], Section.objects.filter(slug=asked["section"])))
        if asked.get("author"):
            found.append(("author", asked["author"], Author.objects.filter(slug=asked["author"])))
        return found

    def by_any_country(self, queryset: QuerySet[Any], name: str, codes: tuple[str, ...]) -> QuerySet[Any]:
        return queryset.filter(self._under_country(codes))

    def by_all_countries(self, queryset: QuerySet[Any], name: str, codes: tuple[str, ...]) -> QuerySet[Any]:
        for code in codes:
            queryset = queryset.filter(self._under_country((code,)))
        return queryset

    def with_role(self, queryset: QuerySet[Any], name: str, role: str) -> QuerySet[Any]:
        """The role itself is asked with the country."""
        asked = self.form.cleaned_data
        if not (self.is_below_country or asked.get("country") or asked.get("country_all")):
            message = ErrorDetail("Give it together with country or country_all.", code="needs_country")
            raise ValidationError({name: [message]})
        return queryset

    def by_entity(self, queryset: QuerySet[Any], name: str, entity: UUID) -> QuerySet[Any]:
        return queryset.filter(under_entity(entity))

    def by_author(self, queryset: QuerySet[Any], name: str, slug: str) -> QuerySet[Any]:
        return queryset.filter(edition__bylines__contains=[{"slug": slug}])

    def with_quotes(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Exists(EditionQuote.objects.filter(edition=OuterRef("edition_id"))))

    def _under_country(self, codes: tuple[str, ...]) -> Exists:
        role = self.form.cleaned_data.get("country_role")
        countries = Country.objects.filter(alpha2__in=codes, entity__is_hidden=False).values("entity_id")
        listed = Listing.objects.filter(article=OuterRef("article_id"), entity__in=countries)
        return Exists(listed.filter(role=role) if role else listed)


class CountryArticleFilter(ArticleFilter):
    is_below_country = True


class QuoteFilter(FilterSet):
    speaker = CharFilter(method="by_speaker", help_text="Part of the speaker's name.")
    speaker_entity = UUIDFilter(method="by_speaker_entity", help_text="Id of the speaker.")
    speaker_kind = ChoiceFilter(choices=Quote.SpeakerKind.choices)
    country = CodesFilter(method="by_country", help_text="The speaker's country; repeat it for “any of these”.")
    article = UUIDFilter(field_name=f"{OF_QUOTE}__uuid", help_text="Id of an article.")
    q = CharFilter(method="by_words", help_text="Words of the quote; “…” for a phrase, - to exclude.")
    said_from = DateFilter(field_name="said_on", lookup_expr="gte", input_formats=["%Y-%m-%d"])
    said_to = DateFilter(field_name="said_on", lookup_expr="lt", input_formats=["%Y-%m-%d"])

    class Meta:
        model = EditionQuote
        fields: tuple[str, ...] = ()

    def references(self) -> list[Reference]:
        asked = self.form.cleaned_data
        found: list[Reference] = [
            ("country", code, Country.objects.filter(alpha2=code)) for code in asked.get("country", ())
        ]
        if asked.get("speaker_entity"):
            found.append(("speaker_entity", str(asked["speaker_entity"]), known_as(asked["speaker_entity"])))
        if asked.get("article"):
            public = within(Representation.objects.all(), self.request)
            public = public.exclude(status=PubState.LIVE, edition__may_syndicate=False)
            found.append(("article", str(asked["article"]), public.filter(uuid=asked["article"])))
        return found

    def by_speaker(self, queryset: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return queryset.filter(Q(speaker_name__icontains=words) | Q(speaker_as_written__icontains=words))

    def by_speaker_entity(self, queryset: QuerySet[Any], name: str, entity: UUID) -> QuerySet[Any]:
        return queryset.filter(speaker_entity__in=same_as(entity))

    def by_country(self, queryset: QuerySet[Any], name: str, codes: tuple[str, ...]) -> QuerySet[Any]:
        return queryset.filter(speaker_country__alpha2__in=codes)

    def by_words(self, queryset: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return queryset.annotate(words=SearchVector("text", config="english")).filter(words=query_of(read_words(words)))


def known_as(entity: UUID) -> QuerySet[Entity]:
    """The public entity that this id names, also where it was merged into it."""
    return Entity.objects.public().filter(Q(uuid=entity) | Q(merged_from__uuid=entity))


def same_as(entity: UUID) -> QuerySet[Any]:
    """The keys of an entity and of all that stand for the same thing through a merge."""
    canonical = known_as(entity).values("pk")
    return Entity.objects.filter(Q(pk__in=canonical) | Q(merged_into__in=canonical)).values("pk")


def under_entity(entity: UUID) -> Exists:
    """Representations listed under an entity."""
    return Exists(Listing.objects.filter(article=OuterRef("article_id"), entity__in=same_as(entity)))
