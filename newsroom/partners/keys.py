"""Verbs of keys: make, rotate, change, revoke. Each is one transaction with its event.

A new key is returned whole, once; nothing that could show it again is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from articles.states import GuardFailed, NotAllowed, WrongState
from newsroom.partners.key_format import WrittenKey, new_key
from newsroom.partners.models import AccessEvent, ApiKey, Partner, Product, Scope
from newsroom.partners.models.api_key import all_scopes
from newsroom.partners.webhooks.endpoints import move_to

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST_OVERLAP = timedelta(days=30)
MOST_KEYS = 20
MOST_PRODUCTS = 10


@transaction.atomic
def make_key(
    partner: Partner,
    *,
    by: User | None,
    name: str = "",
    scopes: Iterable[str] | None = None,
    products: Iterable[Product] = (),
    expires_at: datetime | None = None,
    per_minute: int | None = None,
    per_day: int | None = None,
) -> tuple[ApiKey, WrittenKey]:
    """Make a key for a partner. Without scopes it may do everything, without products read everything.

    Raises:
        NotAllowed: the person may not make keys.
        GuardFailed: the partner has too many, or the key could do nothing.
    """
    _require(by, "add_apikey")
    locked = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    if locked.keys.usable(timezone.now()).count() >= MOST_KEYS:
        raise GuardFailed(f"“{locked}” has {MOST_KEYS} keys that work: revoke those it does not use.")
    chosen = _checked(scopes, expires_at)
    limits = {name: value for name, value in (("per_minute", per_minute), ("per_day", per_day)) if value}
    key = ApiKey(partner=locked, name=name.strip(), scopes=chosen, expires_at=expires_at, created_by=by, **limits)
    written = _save_new(key)
    _give_products(key, products)
    _record(AccessEvent.Verb.MADE_KEY, key, by=by, detail=f"{key}: {_described(key)}")
    return key, written


@transaction.atomic
def rotate_key(key: ApiKey, *, by: User | None, overlap: timedelta) -> tuple[ApiKey, WrittenKey]:
    """Make a key that may do the same; the old one works for the overlap.

    Raises:
        NotAllowed: the person may not rotate keys.
        WrongState: the key does not work any more, or has been rotated already.
        GuardFailed: the overlap is too long.
    """
    _require(by, "change_apikey")
    locked = _lock(key)
    if not locked.is_usable:
        raise WrongState(f"{locked} does not work any more: make a new key instead.")
    if ApiKey.objects.filter(replaces=locked).exists():
        raise WrongState(f"{locked} has been rotated already: rotate the key that replaces it.")
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise GuardFailed(f"The old key may work for {LONGEST_OVERLAP.days} days at most.")
    copied: dict[str, Any] = {name: getattr(locked, name) for name in ("name", "scopes", "per_minute", "per_day")}
    successor = ApiKey(partner=locked.partner, replaces=locked, expires_at=locked.expires_at, created_by=by, **copied)
    written = _save_new(successor)
    successor.products.set(locked.products.all())
    move_to(successor, of=locked)
    ends_at = timezone.now() + overlap
    if locked.expires_at is None or locked.expires_at > ends_at:
        locked.expires_at = ends_at
        locked.save(update_fields=["expires_at"])
    detail = f"{locked} became {successor}; the old one works until {locked.expires_at:%d %b %Y %H:%M} UTC"
    _record(AccessEvent.Verb.ROTATED_KEY, successor, by=by, detail=detail)
    return successor, written


@transaction.atomic
def revoke_key(key: ApiKey, *, by: User | None, reason: str) -> ApiKey:
    """Refuse a key from now on, for ever.

    Raises:
        NotAllowed: the person may not revoke keys.
        WrongState: it is revoked already.
        GuardFailed: there is no reason.
    """
    _require(by, "change_apikey")
    locked = _lock(key)
    if locked.revoked_at is not None:
        raise WrongState(f"{locked} was revoked already.")
    if not reason.strip():
        raise GuardFailed("Say why: the partner will ask.")
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    _record(AccessEvent.Verb.REVOKED_KEY, locked, by=by, detail=f"{locked}: {reason.strip()}")
    return locked


@transaction.atomic
def change_key(
    key: ApiKey,
    *,
    by: User | None,
    name: str,
    scopes: Iterable[str],
    products: Iterable[Product],
    per_minute: int,
    per_day: int,
) -> ApiKey:
    """Change what a key may do. Other products make the partner read its stories anew.

    Raises:
        NotAllowed: the person may not change keys.
        WrongState: it is revoked.
        GuardFailed: the key could do nothing.
    """
    _require(by, "change_apikey")
    locked = _lock(key)
    if locked.revoked_at is not None:
        raise WrongState(f"{locked} was revoked: make a new key instead.")
    before = _described(locked)
    locked.name, locked.scopes = name.strip(), _checked(scopes, None)
    locked.per_minute, locked.per_day = per_minute, per_day
    locked.save(update_fields=["name", "scopes", "per_minute", "per_day"])
    _give_products(locked, products)
    after = _described(locked)
    if after != before:
        _record(AccessEvent.Verb.CHANGED_KEY, locked, by=by, detail=f"{locked}: {before} → {after}")
    return locked


def _require(by: User | None, permission: str) -> None:
    """`by` is None for the newsroom itself, such as the seeds."""
    if by is not None and not (by.is_active and by.has_perm(f"partners.{permission}")):
        raise NotAllowed("Keys are for the chief: ask one.")


def _lock(key: ApiKey) -> ApiKey:
    return ApiKey.objects.select_for_update(no_key=True, of=("self",)).select_related("partner").get(pk=key.pk)


def _checked(scopes: Iterable[str] | None, expires_at: datetime | None) -> list[str]:
    chosen = set(all_scopes() if scopes is None else scopes)
    if not chosen or not chosen <= set(Scope):
        raise GuardFailed("Choose at least one thing that the key may do.")
    if expires_at is not None and expires_at <= timezone.now():
        raise GuardFailed("The key would have expired already: choose a time to come.")
    return [scope.value for scope in Scope if scope.value in chosen]


def _give_products(key: ApiKey, products: Iterable[Product]) -> None:
    chosen = list(products)
    if len(chosen) > MOST_PRODUCTS:
        raise GuardFailed(f"A key takes {MOST_PRODUCTS} products at most: make one product of several.")
    key.products.set(chosen)


def _save_new(key: ApiKey) -> WrittenKey:
    """With a prefix that no other key has; 62^8 are enough never to try twice."""
    written = new_key()
    key.prefix, key.hash = written.prefix, written.hash
    key.save(force_insert=True)
    return written


def _described(key: ApiKey) -> str:
    products = ", ".join(product.name for product in key.products.all()) or "everything"
    return f"{', '.join(key.scopes)}; {products}; {key.limits}"


def _record(verb: str, key: ApiKey, *, by: User | None, detail: str) -> None:
    AccessEvent.objects.create(verb=verb, partner=key.partner, key=key, by=by, detail=detail[:500])
