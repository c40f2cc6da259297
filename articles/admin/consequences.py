"""What the page of a grave verb shows beside its form: what will be public, and what will be gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.differences import from_edition
from articles.models import EditionQuote
from articles.neighbours import dependant_ids
from articles.public_notation import absolute
from articles.taking_down import word_to_type

if TYPE_CHECKING:
    from articles.models import Article


def consequences(article: Article, verb: str) -> dict[str, Any]:
    """The further context of a verb's page; empty where its sentence says everything."""
    if article.edition is None or verb not in SHOWN:
        return {}
    return SHOWN[verb](article)


def _of_correction(article: Article) -> dict[str, Any]:
    assert article.edition is not None
    return {
        "differences": from_edition(article.edition, article),
        "to_seal": list(article.editions.filter(sealed_at=None).order_by("version").values("version", "created_at")),
        "address": absolute(article.edition.get_absolute_url()),
        "api_address": _api_address(article),
    }


def _of_taking_down(article: Article) -> dict[str, Any]:
    assert article.edition is not None
    dependants = dependant_ids(article)
    return {
        "addresses": [absolute(f"/news/{path}/") for path in _paths(article)],
        "api_address": _api_address(article),
        "editions": article.editions.count(),
        "quotes": EditionQuote.objects.filter(edition__article=article).values("quote").distinct().count(),
        "linking": type(article).objects.only("headline").in_bulk(dependants).values(),
        "word": word_to_type(article),
    }


def _paths(article: Article) -> list[str]:
    """Every address it has or had, the current one first."""
    return list(article.addresses.order_by("-is_current", "-id").values_list("path", flat=True))


def _api_address(article: Article) -> str:
    return absolute(f"/api/v1/articles/{article.uuid}")


SHOWN = {
    "correct": _of_correction,
    "approve_and_correct": _of_correction,
    "withdraw": _of_taking_down,
    "kill": _of_taking_down,
}
