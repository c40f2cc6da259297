"""Seals the secrets of second factors with the SECRET_KEY of now, so that the one before can be forgotten."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from newsroom.accounts.adapters import PURPOSE
from newsroom.partners.webhooks.sealing import Unreadable, reseal

SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class Command(BaseCommand):
    help = "Seal the secrets of second factors with the SECRET_KEY of now (after it was replaced; run again freely)."

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = []
        pks = list(Authenticator.objects.filter(type__in=SEALED).order_by("pk").values_list("pk", flat=True))
        for pk in pks:
            try:
                self.reseal(pk)
            except Unreadable:
                unreadable.append(Authenticator.objects.get(pk=pk).user.get_username())
        self.stdout.write(f"Sealed anew: {len(pks) - len(unreadable)} secrets.")
        if unreadable:
            those = ", ".join(dict.fromkeys(unreadable))
            raise CommandError(f"No key in SECRET_KEY_FALLBACKS reads those of {those}: run reset_second_factor.")

    @transaction.atomic
    def reseal(self, pk: int) -> None:
        factor = Authenticator.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if factor is None:
            return
        kept = SEALED[Authenticator.Type(factor.type)]
        factor.data[kept] = reseal(factor.data[kept], purpose=PURPOSE)
        factor.save(update_fields=["data"])
