"""Who must have a second factor, whether this session was opened with one, and taking a lost one away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from newsroom.accounts.acting import acting

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# What an editor may and a reporter may not; whoever holds one of them by another role is asked as well.
POWERS = (
    "articles.edit_any_article",
    "articles.publish_article",
    "articles.kill_article",
    "partners.change_apikey",
    "auth.change_user",
    "auth.change_group",
)


def must_have(person: User) -> bool:
    return person.is_superuser or any(person.has_perm(power) for power in POWERS)


def is_missing(request: HttpRequest) -> bool:
    """Whether this session may not go on without a second factor. Asks nothing where none is required."""
    person: Any = request.user
    if not settings.REQUIRE_SECOND_FACTOR or not person.is_authenticated or used(request, person):
        return False
    return must_have(person)


def used(request: HttpRequest, person: User | AnonymousUser) -> bool:
    """Whether the person has shown a second factor, or made one, in this very session."""
    records = get_authentication_records(request, person)
    return any(record.get("method") == "mfa" for record in records)


def has_any(person: User) -> bool:
    return bool(Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def take_away(person: User, *, by: User | None) -> int:
    """Remove all second factors of a person who has lost them; the triggers write down by whom. Returns how many."""
    with acting(by) if by else transaction.atomic():
        removed: int = Authenticator.objects.filter(user=person).delete()[0]
    return removed
