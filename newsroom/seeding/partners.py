"""Two partners of the demonstration, each with a product and a key."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from newsroom.partners.defining import save_partner, save_product
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner, Product


@dataclass(frozen=True, slots=True)
class Invented:
    """`login` is what the key is called beside the sign-ins."""

    login: str
    name: str
    contact: str
    product: str
    countries: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


PARTNERS = (
    Invented(
        login="nordic-wire",
        name="Nordic Wire",
        contact="night@nordic-wire.invalid",
        product="Northern Europe",
        countries=("DK", "EE", "FI", "IS", "LT", "LV", "NO", "SE"),
    ),
    Invented(
        login="harbour-post",
        name="The Harbour Post",
        contact="desk@harbour-post.invalid",
        product="At sea",
        sections=("sea",),
    ),
)


@transaction.atomic
def make_missing_partners() -> dict[str, str]:
    """Make the partners that do not exist yet; their keys, which nobody can show again."""
    made = {}
    for invented in PARTNERS:
        if Partner.objects.filter(name=invented.name).exists():
            continue
        partner = save_partner(Partner(name=invented.name, contact=invented.contact), by=None)
        product = Product.objects.filter(name=invented.product).first() or save_product(
            Product(name=invented.product, countries=list(invented.countries), sections=list(invented.sections)),
            by=None,
        )
        _, written = make_key(partner, by=None, name="website", products=[product])
        made[invented.login] = written.text
    return made
