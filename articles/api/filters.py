"""What lists of articles and quotes can be narrowed to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_filters import FilterSet
from django_filters.fields import IsoDateTimeField
from django_filters.filters import CharFilter, ChoiceFilter, DateFilter, Filter, IsoDateTimeFilter, UUIDFilter
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.api.products import within
from articles.counting import stories_under
from articles.gathering import is_among
from articles.models import ArticleType, Author, AuthorListing, EditionQuote, Listing, Quote, Representation, Section
from articles.models.tag import Role
from articles.search import query_of
from articles.search_words import read_words
from articles.states import PubState
from entities.models import Country, Entity

MOST_CODES = 30
# The key of an entity, and how many stories stand under it.
Listed = tuple[int, int]
# Stories that are gathered before they are sorted, where there are no more.
MOST_GATHERED = 1_000
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
        return queryset.filter(self._under_any(_countries(codes).values()))

    def by_all_countries(self, queryset: QuerySet[Any], name: str, codes: tuple[str, ...]) -> QuerySet[Any]:
        known = _countries(codes)
        for code in codes:
            queryset = queryset.filter(self._under_any([known[code]] if code in known else []))
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
        return queryset.filter(Exists(AuthorListing.objects.filter(article=OuterRef("article_id"), author_slug=slug)))

    def with_quotes(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Exists(EditionQuote.objects.filter(edition=OuterRef("edition_id"))))

    def _under_any(self, countries: Iterable[Listed]) -> Exists | Func:
        return _under(countries, role=self.form.cleaned_data.get("country_role"))


class CountryArticleFilter(ArticleFilter):
    is_below_country = True


class QuoteFilter(FilterSet):
    speaker = CharFilter(method="by_speaker", help_text="Part of the speaker's name.")
    speaker_entity = UUIDFilter(method="by_speaker_entity", help_text="Id of the speaker.")
    speaker_kind = ChoiceFilter(choices=Quote.SpeakerKind.choices)
    country = CodesFilter(method="by_country", help_text="The speaker's country; repeat it for “any of these”.")
    article = UUIDFilter(field_name="edition__article__uuid", help_text="Id of an article.")
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
        return queryset.filter(speaker_entity__in=keys_of(entity))

    def by_country(self, queryset: QuerySet[Any], name: str, codes: tuple[str, ...]) -> QuerySet[Any]:
        # Looked up before, as `_under` has it: of its key PostgreSQL knows how often a country speaks.
        countries = list(Country.objects.filter(alpha2__in=codes).values_list("pk", flat=True))
        return queryset.filter(speaker_country__in=countries)

    def by_words(self, queryset: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return queryset.annotate(words=SearchVector("text", config="english")).filter(words=query_of(read_words(words)))


def known_as(entity: UUID) -> QuerySet[Entity]:
    """The public entity that this id names, also where it was merged into it."""
    return Entity.objects.public().filter(pk=_canonical(entity))


def keys_of(entity: UUID) -> list[int]:
    """The keys of a public entity and of all that stand for the same thing through a merge; none where it is not
    known."""
    return [key for key, _ in _same_as(entity)]


def under_entity(entity: UUID) -> Exists | Func:
    """Representations listed under an entity, or under what stands for the same thing through a merge."""
    return _under(_same_as(entity))


def _same_as(entity: UUID) -> list[Listed]:
    canonical = _canonical(entity)
    same = Entity.objects.filter(Q(pk=canonical) | Q(merged_into=canonical))
    found = list(same.values_list("pk", stories_under("pk", most=MOST_GATHERED + 1), "merged_into", "is_hidden"))
    is_public = any(merged_into is None and not is_hidden for _, _, merged_into, is_hidden in found)
    return [(key, stories) for key, stories, _, _ in found] if is_public else []


def _countries(codes: tuple[str, ...]) -> dict[str, Listed]:
    """By code, those that are known and not hidden."""
    known = Country.objects.filter(alpha2__in=codes, entity__is_hidden=False)
    found = known.values_list("alpha2", "entity_id", stories_under("entity_id", most=MOST_GATHERED + 1))
    return {code: (key, stories) for code, key, stories in found}


def _under(entities: Iterable[Listed], *, role: str | None = None) -> Exists | Func:
    """Representations listed under one of these entities, in that role where one is given.

    Keys and numbers are looked up before: of what a statement has yet to find PostgreSQL does not know how often it
    stands there. It would look through the whole archive for two stories, or sort half of it. Nor does it know of
    entities that are not frequent, and takes them for equally frequent. So the same is said in two ways: among many
    stories the newest are soon found from the newest on; few are gathered first.
    """
    given = list(entities)
    listed = Listing.objects.filter(entity__in=[key for key, _ in given])
    if role:
        listed = listed.filter(role=role)
    if sum(stories for _, stories in given) > MOST_GATHERED:
        return Exists(listed.filter(article=OuterRef("article_id")))
    return is_among("article_id", listed.values("article_id"))


def _canonical(entity: UUID) -> Subquery:
    return Subquery(Entity.objects.filter(uuid=entity).values(canonical=Coalesce("merged_into", "pk")))
