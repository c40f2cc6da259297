"""Verbs of partners and products: write them down, and tell what changed. Each is one transaction with its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.states import GuardFailed, NotAllowed
from newsroom.partners.models import AccessEvent, Partner, Product
from newsroom.partners.models.product import FIELDS

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_VALUES = 100


@transaction.atomic
def save_product(product: Product, *, by: User | None) -> Product:
    """Write a product. Where its filter is another than the stored one, the revision rises.

    Raises:
        NotAllowed: the person may not define products.
        GuardFailed: it selects nothing in particular, or by too many values.
    """
    _require(by, "change_product" if product.pk else "add_product")
    _normalise(product)
    if not any(getattr(product, name) for name in FIELDS):
        raise GuardFailed("Choose at least one thing to select by. For everything, give the key no product.")
    stored = Product.objects.select_for_update(no_key=True).filter(pk=product.pk).first() if product.pk else None
    if stored is None:
        product.revision = 1
        product.save(force_insert=True)
        _record(AccessEvent.Verb.DEFINED_PRODUCT, product, by=by)
        return product
    is_other = stored.filter != product.filter
    product.revision = stored.revision + 1 if is_other else stored.revision
    product.save()
    if is_other:
        _record(AccessEvent.Verb.CHANGED_PRODUCT, product, by=by)
    return product


@transaction.atomic
def save_partner(partner: Partner, *, by: User | None) -> Partner:
    """Write a partner; what changed about its access is told.

    Raises:
        NotAllowed: the person may not manage partners.
    """
    _require(by, "change_partner" if partner.pk else "add_partner")
    stored = Partner.objects.select_for_update(no_key=True).filter(pk=partner.pk).first() if partner.pk else None
    partner.save()
    if stored is not None and stored.is_active != partner.is_active:
        detail = "its keys work again" if partner.is_active else "its keys are refused"
        AccessEvent.objects.create(verb=AccessEvent.Verb.CHANGED_PARTNER, partner=partner, by=by, detail=detail)
    return partner


def _require(by: User | None, permission: str) -> None:
    """`by` is None for the newsroom itself, such as the seeds."""
    if by is not None and not (by.is_active and by.has_perm(f"partners.{permission}")):
        raise NotAllowed("Partners and products are for the chief: ask one.")


def _normalise(product: Product) -> None:
    """The same filter is always written the same way."""
    for name in FIELDS:
        values = sorted(set(getattr(product, name)), key=str)
        if len(values) > MOST_VALUES:
            raise GuardFailed(f"At most {MOST_VALUES} {name} in one product: make two products.")
        setattr(product, name, values)


def _record(verb: str, product: Product, *, by: User | None) -> None:
    parts = [f"{name}: {', '.join(map(str, getattr(product, name)))}" for name in FIELDS if getattr(product, name)]
    detail = f"revision {product.revision}; {'; '.join(parts)}"
    AccessEvent.objects.create(verb=verb, product=product, by=by, detail=detail[:500])
