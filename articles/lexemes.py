"""The lexemes under which readers and partners find an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL

from articles.search_words import folded_words, plain_hyphens

if TYPE_CHECKING:
    from articles.documents import ShownTag
    from articles.models import Edition

# Headline A, standfirst and tagged names B, body C. Names stand in as they are written, too. Words with accents
# stand in without them as well, so that "Orban" finds Orbán.
_VECTOR = """
setweight(to_tsvector('english', %s), 'A')
|| setweight(to_tsvector('english', %s), 'B')
|| setweight(to_tsvector('simple', %s), 'B')
|| setweight(to_tsvector('english', %s), 'C')
|| setweight(to_tsvector('simple', %s), 'D')
"""
# PostgreSQL refuses a vector above one megabyte; a story of 100,000 words stays below it at this length.
INDEXED_CHARACTERS = 300_000


def lexemes_of(edition: Edition, tags: Iterable[ShownTag]) -> RawSQL:
    """An edition's words and the names of its tags, as PostgreSQL keeps them; a value of the column `lexemes`."""
    parts = [
        plain_hyphens(edition.headline),
        plain_hyphens(edition.standfirst),
        plain_hyphens(" ".join(tag.entity.name for tag in tags)),
        plain_hyphens(edition.text[:INDEXED_CHARACTERS]),
    ]
    return RawSQL(_VECTOR, [*parts, folded_words(" ".join(parts))])  # noqa: S611 - a constant with parameters
