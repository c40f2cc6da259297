"""What was done to partners, keys and products, by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class AccessEvent(models.Model):
    """Append-only. `detail` says in a sentence what the verb changed."""

    class Verb(models.TextChoices):
        MADE_KEY = "made_key", "made a key"
        ROTATED_KEY = "rotated_key", "rotated a key"
        REVOKED_KEY = "revoked_key", "revoked a key"
        CHANGED_KEY = "changed_key", "changed a key"
        DEFINED_PRODUCT = "defined_product", "made a product"
        CHANGED_PRODUCT = "changed_product", "changed a product"
        CHANGED_PARTNER = "changed_partner", "changed the partner"
        ACKNOWLEDGED = "acknowledged", "acknowledged a kill"
        MADE_WEBHOOK = "made_webhook", "made a webhook"
        CHANGED_WEBHOOK = "changed_webhook", "changed a webhook"
        ROTATED_SECRET = "rotated_secret", "rotated the secret of a webhook"
        ENABLED_WEBHOOK = "enabled_webhook", "switched a webhook on"
        DISABLED_WEBHOOK = "disabled_webhook", "switched a webhook off"
        DELETED_WEBHOOK = "deleted_webhook", "deleted a webhook"

    verb = models.CharField(max_length=16, choices=Verb.choices)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, null=True, related_name="events")
    key = models.ForeignKey("partners.ApiKey", on_delete=models.PROTECT, null=True, related_name="events")
    product = models.ForeignKey("partners.Product", on_delete=models.PROTECT, null=True, related_name="events")
    detail = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "event of partners and keys"
        verbose_name_plural = "events of partners and keys"
        constraints = (
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | Q(product__isnull=False), name="access_event_is_about_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.detail}"
