"""What a search answers, for the description of the API and for tests that hold it to that."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from articles.api.serializers import ArticleReferenceSerializer, SectionSerializer
from articles.models import ArticleType
from entities.models import Kind


class PassageSerializer(serializers.Serializer):
    text = serializers.CharField()
    highlights = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="Half-open ranges of code points in this passage.",
    )


class SearchHitSerializer(ArticleReferenceSerializer):
    type = serializers.ChoiceField(choices=ArticleType.choices)
    standfirst = serializers.CharField(allow_blank=True)
    section = SectionSerializer()
    score = serializers.FloatField()
    passages = PassageSerializer(many=True)


class CountryCountSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class EntityCountSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    name = serializers.CharField()
    count = serializers.IntegerField()


class SectionCountSerializer(SectionSerializer):
    count = serializers.IntegerField()


class FacetsSerializer(serializers.Serializer):
    countries = CountryCountSerializer(many=True)
    entities = EntityCountSerializer(many=True)
    sections = SectionCountSerializer(many=True)


class TotalSerializer(serializers.Serializer):
    count = serializers.IntegerField(help_text="How many articles match; where it is capped, more than that.")
    is_capped = serializers.BooleanField(help_text="More match than were counted.")
    ranked = serializers.IntegerField(help_text="So many of the newest were ranked; the facets count these.")


@extend_schema_serializer(many=False)
class SearchResultSerializer(serializers.Serializer):
    items = SearchHitSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    has_more = serializers.BooleanField()
    sequence = serializers.IntegerField()
    after = serializers.CharField()
    total = TotalSerializer()
    facets = FacetsSerializer()
