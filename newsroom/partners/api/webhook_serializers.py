"""Webhook endpoints and deliveries as partners get them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from newsroom.outgoing.destinations import LONGEST_URL, PATTERN
from newsroom.partners.models import WebhookDelivery, WebhookEndpoint


# PostgreSQL cannot hold NUL.
@extend_schema_field({"type": "string", "maxLength": 120, "pattern": r"^[^\u0000]*$"})
class DescriptionField(serializers.CharField):
    """Words of the partner's own, or none."""


class WebhookRequestSerializer(serializers.Serializer):
    url = serializers.RegexField(
        PATTERN, max_length=LONGEST_URL, help_text="https, port 443 or 8443, a public name. Must answer a challenge."
    )
    description = DescriptionField(required=False)


class WebhookChangeSerializer(serializers.Serializer):
    """What is left out stays as it is."""

    url = serializers.RegexField(
        PATTERN, max_length=LONGEST_URL, required=False, help_text="Another must answer a challenge."
    )
    description = DescriptionField(required=False)


class WebhookHealthSerializer(serializers.Serializer):
    waiting = serializers.IntegerField(help_text="Messages that were not taken yet.")
    last_success_at = serializers.DateTimeField(allow_null=True)
    last_failure_at = serializers.DateTimeField(allow_null=True)
    last_error = serializers.CharField(allow_blank=True, help_text="What was wrong at the last failure.")
    failing_since = serializers.DateTimeField(allow_null=True, help_text="Null while all is well.")
    paused_until = serializers.DateTimeField(
        allow_null=True, help_text="After several failures in a row nothing is sent until then."
    )


class WebhookSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    url = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=WebhookEndpoint.State.choices)
    disabled_reason = serializers.ChoiceField(choices=WebhookEndpoint.Reason.choices, allow_null=True)
    disabled_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    after = serializers.CharField(help_text="Up to here in the feed messages were written for it.")
    previous_secret_ends_at = serializers.DateTimeField(
        allow_null=True, help_text="Until then the secret before signs along."
    )
    health = WebhookHealthSerializer()


class NewWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(help_text="Shown now and never again.")


class WebhookListSerializer(serializers.Serializer):
    items = WebhookSerializer(many=True)


class WebhookTrialSerializer(serializers.Serializer):
    """What came of a message that was sent while you waited."""

    is_success = serializers.BooleanField()
    status = serializers.IntegerField(allow_null=True, help_text="What your server answered; null where it did not.")
    milliseconds = serializers.IntegerField()
    error = serializers.CharField(allow_blank=True)


class WebhookTestSerializer(WebhookTrialSerializer):
    webhook_id = serializers.CharField()


class WebhookEnabledSerializer(WebhookSerializer):
    challenge = WebhookTrialSerializer(help_text="How the challenge went.")


class WebhookAttemptSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    milliseconds = serializers.IntegerField()
    error = serializers.CharField(allow_blank=True)


class WebhookDeliverySerializer(serializers.Serializer):
    id = serializers.CharField(help_text="The header webhook-id.")
    type = serializers.ChoiceField(choices=WebhookDelivery.Type.choices)
    reason = serializers.CharField(allow_null=True)
    sequence = serializers.IntegerField(allow_null=True)
    object_id = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=WebhookDelivery.State.choices)
    attempts = serializers.IntegerField()
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    tries = WebhookAttemptSerializer(many=True, help_text="The newest first; at most 20.")


class WebhookDeliveryListSerializer(serializers.Serializer):
    items = WebhookDeliverySerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    has_more = serializers.BooleanField()
