"""The API's addresses of what a partner says and asks about itself, below /api/v1/."""

from django.urls import path

from newsroom.partners.api.acknowledgements import Acknowledgements
from newsroom.partners.api.me import Me
from newsroom.partners.api.webhook_deliveries import WebhookDeliveries, WebhookRedelivery
from newsroom.partners.api.webhooks import (
    Webhook,
    WebhookDisable,
    WebhookEnable,
    Webhooks,
    WebhookSecret,
    WebhookTest,
)

ENDPOINT = "webhooks/endpoints/<uuid:uuid>"

urlpatterns = [
    path("me", Me.as_view(), name="api-me"),
    path("acknowledgements", Acknowledgements.as_view(), name="api-acknowledgements"),
    path("webhooks/endpoints", Webhooks.as_view(), name="api-webhooks"),
    path(ENDPOINT, Webhook.as_view(), name="api-webhook"),
    path(f"{ENDPOINT}/rotate-secret", WebhookSecret.as_view(), name="api-webhook-secret"),
    path(f"{ENDPOINT}/test", WebhookTest.as_view(), name="api-webhook-test"),
    path(f"{ENDPOINT}/enable", WebhookEnable.as_view(), name="api-webhook-enable"),
    path(f"{ENDPOINT}/disable", WebhookDisable.as_view(), name="api-webhook-disable"),
    path(f"{ENDPOINT}/deliveries", WebhookDeliveries.as_view(), name="api-webhook-deliveries"),
    path(
        f"{ENDPOINT}/deliveries/<str:webhook_id>/redeliver", WebhookRedelivery.as_view(), name="api-webhook-redelivery"
    ),
]
