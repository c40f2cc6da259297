"""The rows of an edition as the public gets them: tags under their canonical entities, quotations, related stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from articles.models import Correction, Edition, EditionQuote, EditionRelated, EditionTag
from articles.models.tag import Role
from entities.models import Entity

# What a document tells of the entity of a tag.
ENTITY_OF_TAG = (
    *("entity__country_facts", "entity__country"),
    *("entity__merged_into__country", "entity__merged_into__country_facts"),
)


@dataclass(frozen=True, slots=True)
class ShownTag:
    """A tag of an edition under its canonical entity; tags of entities merged since are one."""

    entity: Entity
    role: str
    is_primary: bool
    salience: float
    mentions: list[dict[str, Any]]
    source: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class EditionRows:
    """The rows of an edition. Those of a preview are never written."""

    tags: Sequence[ShownTag]
    quotes: Sequence[EditionQuote]
    related: Sequence[EditionRelated]

    @property
    def chosen(self) -> set[str]:
        """The uuids of the quotations that the desk has chosen to pull."""
        return {str(row.quote.uuid) for row in self.quotes if row.is_pull_quote}


def rows_of(edition: Edition) -> EditionRows:
    """The rows of a written edition; three statements."""
    return EditionRows(
        tags=shown_tags(edition),
        quotes=list(_quotes(edition)),
        related=list(edition.related.select_related("target__representation")),
    )


def shown_tags(edition: Edition) -> list[ShownTag]:
    """The edition's tags under canonical entities that are not hidden, most salient first."""
    return under_canonical(edition.tags.select_related(*ENTITY_OF_TAG))


def under_canonical(rows: Iterable[EditionTag]) -> list[ShownTag]:
    """Rows of tags as they are shown: those of entities merged since are one, and hidden entities are left out."""
    shown: dict[int, ShownTag] = {}
    for row in rows:
        entity = row.entity.canonical
        if entity.is_hidden:
            continue
        first = shown.get(entity.pk)
        shown[entity.pk] = ShownTag(
            entity=entity,
            role=Role.ABOUT if first and first.role == Role.ABOUT else row.role,
            is_primary=row.is_primary or bool(first and first.is_primary),
            salience=max(row.salience, first.salience if first else 0.0),
            mentions=sorted([*(first.mentions if first else ()), *row.mentions], key=lambda span: span["start"]),
            source=first.source if first else row.source,
            is_reviewed=row.is_reviewed or bool(first and first.is_reviewed),
        )
    return list(shown.values())


def _quotes(edition: Edition) -> Any:
    retraction = Correction.objects.filter(retracts=OuterRef("quote")).order_by("-id").values("notice")[:1]
    quotes = edition.quotes.select_related("quote", "speaker_entity__merged_into", "speaker_country")
    return quotes.annotate(retraction=Subquery(retraction)).order_by("ordinal")
