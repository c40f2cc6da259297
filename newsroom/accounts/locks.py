"""Verb: lift the lock on a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from newsroom.accounts import guesses
from newsroom.accounts.recording import record_lift

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def lift_lock(name: str, *, by: User | None, address: str | None = None) -> int:
    """Let somebody sign in again at once, from one address or from all. Returns from how many they were counted."""
    lifted = guesses.forget(name, address=address)
    if lifted:
        record_lift(name, by=by, detail=f"from {address}" if address else "from everywhere")
    return lifted
