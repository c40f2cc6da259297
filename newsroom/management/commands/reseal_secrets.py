"""Seals every kept secret with the SECRET_KEY of now, so that the one before can be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from newsroom.partners.models import WebhookEndpoint
from newsroom.sealing import SECOND_FACTORS, WEBHOOKS, WIRE, Unreadable
from newsroom.wire.models import WireSource

FACTORS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows with secrets, how one is sealed anew, what one is called, and what to do where no key reads it."""

    name: str
    rows: QuerySet[Any]
    reseal: Callable[[Any], None]
    called: Callable[[Any], str]
    remedy: str


class Command(BaseCommand):
    help = "Seal all kept secrets with the SECRET_KEY of now (after it was replaced; run again freely)."

    def handle(self, *args: Any, **options: Any) -> None:
        lost = [sentence for kept in everything_kept() if (sentence := self.go_through(kept))]
        if lost:
            raise CommandError(" ".join(lost))

    def go_through(self, kept: Kept) -> str:
        """What no key reads and what to do about it, if anything."""
        unreadable = []
        sealed = 0
        for pk in list(kept.rows.order_by("pk").values_list("pk", flat=True)):
            with transaction.atomic():
                row = kept.rows.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
                if row is None:
                    continue
                try:
                    kept.reseal(row)
                    sealed += 1
                except Unreadable:
                    unreadable.append(kept.called(row))
        self.stdout.write(f"Sealed anew: {sealed} {kept.name}.")
        those = ", ".join(dict.fromkeys(unreadable))
        return f"No key in SECRET_KEY_FALLBACKS reads the {kept.name} of {those}: {kept.remedy}." if those else ""


def everything_kept() -> list[Kept]:
    return [
        Kept(
            "secrets of webhooks",
            WebhookEndpoint.objects.select_related("key__partner"),
            reseal_endpoint,
            lambda endpoint: f"{endpoint.key.partner} ({endpoint.pk})",
            "the partners must rotate them",
        ),
        Kept(
            "second factors",
            Authenticator.objects.filter(type__in=FACTORS).select_related("user"),
            reseal_factor,
            lambda factor: str(factor.user.get_username()),
            "run manage.py reset_second_factor for each",
        ),
        Kept(
            "secrets of the wire",
            WireSource.objects.exclude(sealed_secret=""),
            reseal_source,
            str,
            "an editor types them again",
        ),
    ]


def reseal_endpoint(endpoint: WebhookEndpoint) -> None:
    """Each of its two secrets by itself; the one before goes where it signs no more. Raises Unreadable."""
    if not endpoint.signs_twice(timezone.now()):
        endpoint.previous_secret, endpoint.previous_secret_ends_at = "", None
    unreadable = None
    for name in ("secret", "previous_secret"):
        try:
            if sealed := getattr(endpoint, name):
                setattr(endpoint, name, WEBHOOKS.reseal(sealed))
        except Unreadable as error:
            unreadable = error
    endpoint.save(update_fields=["secret", "previous_secret", "previous_secret_ends_at"])
    if unreadable:
        raise unreadable


def reseal_factor(factor: Authenticator) -> None:
    """Raises Unreadable."""
    kept = FACTORS[Authenticator.Type(factor.type)]
    factor.data[kept] = SECOND_FACTORS.reseal(factor.data[kept])
    factor.save(update_fields=["data"])


def reseal_source(source: WireSource) -> None:
    """Raises Unreadable."""
    source.sealed_secret = WIRE.reseal(source.sealed_secret)
    source.save(update_fields=["sealed_secret"])
