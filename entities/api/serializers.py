"""What countries and entities look like, for the description of the API and for tests that hold it to that."""

from __future__ import annotations

from rest_framework import serializers

from entities.models import Kind


class CountrySerializer(serializers.Serializer):
    code = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    alpha3 = serializers.CharField()
    numeric = serializers.CharField(help_text="Three digits.")
    id = serializers.UUIDField(help_text="For life.")
    name = serializers.CharField(help_text="The desk's own name.")
    official_name = serializers.CharField(allow_blank=True)
    slug = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    capital = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)
    url = serializers.URLField()
    api_url = serializers.URLField()


class EntitySerializer(serializers.Serializer):
    id = serializers.UUIDField(help_text="For life. The id of an entity that was merged leads on to the other.")
    kind = serializers.ChoiceField(choices=Kind.choices)
    category = serializers.CharField(allow_blank=True, help_text="A finer kind: ministry, force, fighter, missile …")
    name = serializers.CharField()
    slug = serializers.CharField()
    country = serializers.CharField(allow_null=True, help_text="Origin or owner, ISO 3166-1 alpha-2.")
    summary = serializers.CharField(allow_blank=True)
    url = serializers.URLField()
    api_url = serializers.URLField()


class EntityWithNamesSerializer(EntitySerializer):
    names = serializers.ListField(
        child=serializers.CharField(), help_text="Other names it goes by, without peoples and capitals."
    )
