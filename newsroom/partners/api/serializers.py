"""What partners send and get about themselves."""

from __future__ import annotations

from rest_framework import serializers

from newsroom.partners.models import Scope


class PartnerSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class KeySerializer(serializers.Serializer):
    prefix = serializers.CharField(help_text="By which you and we can speak of the key.")
    name = serializers.CharField(allow_blank=True)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)


class ProductSerializer(serializers.Serializer):
    """Of each list one value must be met, and every list that is not empty."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    revision = serializers.IntegerField(help_text="Rises with each change of the filter; you then begin again.")
    types = serializers.ListField(child=serializers.CharField())
    sections = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
    authors = serializers.ListField(child=serializers.CharField())
    countries = serializers.ListField(child=serializers.CharField())
    only_about = serializers.BooleanField(help_text="Of the countries only stories about them, no mentions.")
    entities = serializers.ListField(child=serializers.UUIDField())


class WindowSerializer(serializers.Serializer):
    limit = serializers.IntegerField()
    remaining = serializers.IntegerField()
    resets_in = serializers.IntegerField(help_text="Seconds.")


class QuotaSerializer(serializers.Serializer):
    minute = WindowSerializer()
    day = WindowSerializer()


class MeSerializer(serializers.Serializer):
    partner = PartnerSerializer()
    key = KeySerializer()
    products = ProductSerializer(many=True, help_text="Empty: you may have everything.")
    quota = QuotaSerializer()


class AcknowledgementRequestSerializer(serializers.Serializer):
    sequence = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="Of a change with `must_purge` that you have carried out."
    )


class AcknowledgementSerializer(serializers.Serializer):
    sequence = serializers.IntegerField()
    object_id = serializers.UUIDField(help_text="The article.")
    acknowledged_at = serializers.DateTimeField()
