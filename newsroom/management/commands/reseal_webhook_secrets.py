"""Seals the secrets of webhook endpoints with the SECRET_KEY of now, so that the one before can be forgotten."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from newsroom.partners.models import WebhookEndpoint
from newsroom.partners.webhooks.sealing import Unreadable, reseal


class Command(BaseCommand):
    help = "Seal the secrets of webhook endpoints with the SECRET_KEY of now (after it was replaced; run again freely)."

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = []
        pks = list(WebhookEndpoint.objects.order_by("pk").values_list("pk", flat=True))
        for pk in pks:
            try:
                self.reseal(pk)
            except Unreadable:
                unreadable.append(str(pk))
        self.stdout.write(f"Sealed anew: the secrets of {len(pks) - len(unreadable)} endpoints.")
        if unreadable:
            those = ", ".join(unreadable)
            raise CommandError(
                f"No key in SECRET_KEY_FALLBACKS reads those of {those}: their partners must rotate them."
            )

    @transaction.atomic
    def reseal(self, pk: int) -> None:
        endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if endpoint is None:
            return
        endpoint.secret = reseal(endpoint.secret)
        if endpoint.previous_secret:
            endpoint.previous_secret = reseal(endpoint.previous_secret)
        endpoint.save(update_fields=["secret", "previous_secret"])
