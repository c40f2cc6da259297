"""Writes what happens at the sign-in into the log of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.http import HttpRequest

from newsroom.accounts import guesses
from newsroom.accounts.models import AccountEvent

if TYPE_CHECKING:
    from newsroom.accounts.guesses import Guess

NOBODY = "(nobody of that name)"


def record_sign_in(request: HttpRequest, person: User, *, how: str) -> None:
    _record(request, AccountEvent.Verb.SIGNED_IN, person=person.pk, name=person.username, detail=how)


def record_failure(request: HttpRequest, verb: AccountEvent.Verb, guess: Guess) -> None:
    """A name that is nobody's is not kept: people type passwords there."""
    known = User.objects.filter(username=guess.name).values_list("pk", flat=True).first()
    name = guess.name if known else NOBODY
    _record(request, verb, person=known, name=name)
    if guess.is_last:
        detail = f"{guess.number} wrong guesses"
        _record(request, AccountEvent.Verb.LOCKED_OUT, person=known, name=name, detail=detail)


def record_lift(name: str, *, by: User | None, detail: str) -> None:
    person = User.objects.filter(username=name).values_list("pk", flat=True).first()
    AccountEvent.objects.create(
        verb=AccountEvent.Verb.LIFTED_LOCK,
        person=person,
        name=name if person else NOBODY,
        detail=detail,
        by=by.pk if by else None,
        by_name=by.username if by else "",
    )


def _record(request: HttpRequest, verb: str, *, person: int | None, name: str, detail: str = "") -> None:
    AccountEvent.objects.create(
        verb=verb,
        person=person,
        name=name,
        detail=detail,
        address=guesses.where_from(request),
        browser=request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")[:200],
    )
