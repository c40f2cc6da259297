"""What is let go of after a while: sign-ins of long ago, with where they came from, and sessions that have ended."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from newsroom.accounts.models import OF_SIGN_INS, AccountEvent

# The trigger of migration 0004 keeps whatever is younger, whoever asks.
KEPT_FOR = timedelta(days=400)
FORGOTTEN_AT_ONCE = 10_000


def forget_old_sign_ins() -> int:
    """Delete them from the log of accounts, a batch at a time."""
    old = AccountEvent.objects.filter(verb__in=OF_SIGN_INS, at__lt=timezone.now() - KEPT_FOR).order_by("at")
    forgotten: int = AccountEvent.objects.filter(pk__in=old.values("pk")[:FORGOTTEN_AT_ONCE]).delete()[0]
    return forgotten


def forget_ended_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
