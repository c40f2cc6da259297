"""The public change log of an article: what readers were given, when, and with what notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Prefetch

from articles.models import Article, Correction, Edition, Quote
from entities.models import Entity

if TYPE_CHECKING:
    from datetime import datetime

SAYS = {
    Edition.Kind.FIRST: "First published",
    Edition.Kind.MINOR: "Small repair",
    Edition.Kind.UPDATE: "Updated",
}


class PastEdition(NamedTuple):
    """What is told of an edition of a story, current or not."""

    pk: int
    version: int
    kind: str
    slug: str
    published_at: datetime
    created_at: datetime
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicHistory:
    """What the public had of a story: editions and addresses from the oldest on, notices from the newest on."""

    editions: list[PastEdition]
    corrections: list[Correction]
    # Paths, and whether each is the current one.
    addresses: list[tuple[str, bool]]

    @property
    def path(self) -> str:
        """Of the current address."""
        return next(path for path, is_current in self.addresses if is_current)


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


def history_of(article: Article) -> PublicHistory:
    """Three statements, and two for what notices took back; none for a first version, which has nothing before it."""
    if article.version == 1 and article.edition is not None:
        return _begun_with(article.edition)
    return PublicHistory(
        editions=_editions(article),
        corrections=list(
            article.corrections.select_related("edition")
            .prefetch_related(
                Prefetch("retracts", Quote.objects.order_by("id")),
                Prefetch("retracts_entities", Entity.objects.select_related("merged_into").order_by("id")),
            )
            .order_by("-id")
        ),
        addresses=list(article.addresses.order_by("id").values_list("path", "is_current")),
    )


def _begun_with(edition: Edition) -> PublicHistory:
    path = edition.get_absolute_url().removeprefix("/news/").rstrip("/")
    only = PastEdition(*(getattr(edition, name) for name in PastEdition._fields))
    return PublicHistory(editions=[only], corrections=[], addresses=[(path, True)])


def _editions(article: Article) -> list[PastEdition]:
    rows = article.editions.order_by("version")
    columns = ("id", "version", "kind", "slug", "published_at", "created_at", "sealed_at")
    return [PastEdition(*row) for row in rows.values_list(*columns)]


def change_log(article: Article, history: PublicHistory | None = None) -> ChangeLog:
    """Two statements, whatever the number of editions, and none where the history is at hand. `article` is live."""
    editions = history.editions if history else _editions(article)
    told = history.corrections if history else article.corrections.only("edition_id", "article_id", "kind", "notice")
    corrections = {correction.edition_id: correction for correction in told}
    versions, earlier = [], None
    for key, number, kind, _, published_at, created_at, sealed_at in editions:
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
