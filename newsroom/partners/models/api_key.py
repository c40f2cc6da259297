"""A key of a partner."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone


class Scope(models.TextChoices):
    """What a key may do. Each endpoint names the one it needs."""

    READ = "read", "read stories, quotes, countries and entities, and search"
    CHANGES = "changes", "follow the feed of changes"
    ACKNOWLEDGE = "acknowledge", "confirm that killed stories were purged"
    WEBHOOKS = "webhooks", "be told of changes by webhooks"


def all_scopes() -> list[str]:
    return [scope.value for scope in Scope]


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self, at: datetime) -> QuerySet[ApiKey]:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)


class ApiKey(models.Model):
    """Only a hash of the key is kept: nobody can show it again. A key without products may have everything."""

    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(max_length=80, blank=True, help_text="What it is for, such as “website” or “test system”.")
    prefix = models.CharField(max_length=8, unique=True, help_text="The part by which it is known.")
    hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the whole key.")
    scopes = ArrayField(models.CharField(max_length=12, choices=Scope.choices), default=all_scopes)
    products = models.ManyToManyField("partners.Product", blank=True, related_name="keys")
    per_minute = models.PositiveIntegerField(default=120, help_text="Requests that are answered in a minute.")
    per_day = models.PositiveIntegerField(default=50_000, help_text="Requests that are answered in a day (UTC).")
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="replaced_by",
        help_text="The key it was rotated from.",
    )
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True, help_text="To the minute.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "key"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(prefix__regex="^[0-9A-Za-z]{8}$"), name="key_prefix_of_eight"),
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="key_keeps_a_hash"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=all_scopes()) & Q(scopes__len__gte=1), name="key_has_known_scopes"
            ),
            models.CheckConstraint(condition=Q(per_minute__gte=1) & Q(per_day__gte=1), name="key_answers_something"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="key_replaces_another"),
        )

    def __str__(self) -> str:
        return f"nrk_live_{self.prefix}_…"

    @property
    def limits(self) -> str:
        return f"{self.per_minute:,} a minute, {self.per_day:,} a day"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()
