"""The public change log of an article: what readers were given, when, and with what notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Article, Correction, Edition

if TYPE_CHECKING:
    from datetime import datetime

SAYS = {
    Edition.Kind.FIRST: "First published",
    Edition.Kind.MINOR: "Small repair",
    Edition.Kind.UPDATE: "Updated",
}


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """One edition as the change log lists it. Of a sealed one the log knows no more than that it was."""

    number: int
    says: str
    notice: str
    at: datetime
    is_minor: bool
    is_sealed: bool
    is_current: bool
    # The version before it that may be shown, to compare with; None for the first of them.
    earlier: int | None


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """All versions, the newest first. The story's own page leaves out small repairs; the whole log lists them."""

    versions: list[PublicVersion]

    @property
    def notable(self) -> list[PublicVersion]:
        return [version for version in self.versions if not version.is_minor]

    @property
    def minor_count(self) -> int:
        return len(self.versions) - len(self.notable)

    @property
    def current(self) -> PublicVersion:
        return next(version for version in self.versions if version.is_current)


def change_log(article: Article) -> ChangeLog:
    """Two statements, whatever the number of editions. `article` is live."""
    editions = list(
        article.editions.order_by("version").values_list(
            "id", "version", "kind", "published_at", "created_at", "sealed_at"
        )
    )
    corrections = {
        correction.edition_id: correction
        for correction in article.corrections.only("edition_id", "article_id", "kind", "notice")
    }
    versions, earlier = [], None
    for key, number, kind, published_at, created_at, sealed_at in editions:
        correction = corrections.get(key)
        versions.append(
            PublicVersion(
                number=number,
                says=_says(kind, correction),
                notice=correction.notice if correction else "",
                # A story that appeared before it came to us was first published then.
                at=published_at if kind == Edition.Kind.FIRST else created_at,
                is_minor=kind == Edition.Kind.MINOR,
                is_sealed=sealed_at is not None,
                is_current=key == article.edition_id,
                earlier=earlier,
            )
        )
        earlier = number if sealed_at is None else earlier
    return ChangeLog(versions[::-1])


def sealing_notices(edition: Edition) -> list[str]:
    """What readers were told when an edition was sealed, the newest first; empty where a kill sealed it."""
    sealing = Correction.objects.filter(
        article=edition.article_id, sealed_earlier=True, edition__version__gt=edition.version
    )
    return list(sealing.order_by("-id").values_list("notice", flat=True))


def _says(kind: str, correction: Correction | None) -> str:
    return str(correction.get_kind_display()) if correction else SAYS[Edition.Kind(kind)]
