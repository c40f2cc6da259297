"""The site that is judged: the demo stories with odd ones beside them, open to everybody, and keys of a partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.audits.served import ServedSite

# As a release, but that everybody may read and nobody is held to so many requests a minute.
ENVIRONMENT = {"API_OPEN_READING": "true", "API_ANONYMOUS_PER_MINUTE": "0"}
# A ship, a flag of two characters, a letter of mathematics, and a family of five joined by joiners.
WIDE = (
    "<p>🚢 🇳🇴 𝔸 👨‍👩‍👧 “The ice 🧊 will hold,” Norwegian Defence Minister Ida Berg said in Oslo.</p>"
    "<p>🚢🚢🚢 Norway and Finland had each promised an icebreaker.</p>"
)
WITHOUT_END = 100_000_000


def served_site() -> ServedSite:
    return ServedSite("newsroom.settings", **ENVIRONMENT)


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys that may ask without end: for everything, for what is in one of two products, and for everything by a
    partner of its own, for a judge that makes and deletes webhooks."""

    whole: str
    of_products: str
    of_judge: str


def add_wide_story() -> None:
    """A story whose quotes and mentions stand behind characters that take two units of UTF-16."""
    from tests.site_audit.stories import desk_of_seeds, publish_confirmed

    desk = desk_of_seeds()
    publish_confirmed(desk, desk.draft("Tugs 🚢 in the ice", slug="tugs-in-the-ice", body=WIDE))


def make_keys() -> Keys:
    from newsroom.partners.defining import save_product
    from newsroom.partners.models import Product

    at_sea = save_product(Product(name="At sea, for the audit", sections=["sea"]), by=None)
    norway = save_product(Product(name="About Norway, for the audit", countries=["NO"], only_about=True), by=None)
    return Keys(make_key(), make_key(products=[at_sea, norway]), make_key(partner="The judge"))


def make_key(**options: Any) -> str:
    """The text of a new key of the audit's partner, or of another one named."""
    from newsroom.partners import keys
    from newsroom.partners.models import Partner

    partner, _ = Partner.objects.get_or_create(name=options.pop("partner", "The audit"))
    limits = {"per_minute": WITHOUT_END, "per_day": WITHOUT_END}
    return keys.make_key(partner, by=None, **(limits | options))[1].text


def bearer(key: str) -> dict[str, str]:
    """The header that sends a key; none where there is none."""
    return {"Authorization": f"Bearer {key}"} if key else {}
