"""Who pulls the API, with what key, what they may have, and what they have done."""

from newsroom.partners.models.access_event import AccessEvent
from newsroom.partners.models.acknowledgement import Acknowledgement
from newsroom.partners.models.anonymous_usage import AnonymousUsage
from newsroom.partners.models.api_key import ApiKey, Scope
from newsroom.partners.models.daily_usage import DailyUsage
from newsroom.partners.models.kill_reminder import KillReminder
from newsroom.partners.models.partner import Partner
from newsroom.partners.models.product import Product
from newsroom.partners.models.webhook_delivery import WebhookAttempt, WebhookDelivery
from newsroom.partners.models.webhook_endpoint import WebhookEndpoint

__all__ = [
    "AccessEvent",
    "Acknowledgement",
    "AnonymousUsage",
    "ApiKey",
    "DailyUsage",
    "KillReminder",
    "Partner",
    "Product",
    "Scope",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
]
