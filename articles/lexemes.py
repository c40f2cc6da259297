"""The lexemes under which readers and partners find an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from articles.search_words import folded_words, plain_hyphens

if TYPE_CHECKING:
    from articles.edition_rows import ShownTag
    from articles.models import Edition

# Headline A, standfirst and tagged names B, body C. Names stand in as they are written, too. Words with accents
# stand in without them as well, so that "Orban" finds Orbán.
VECTOR = """
setweight(to_tsvector('english', %(headline_words)s::text), 'A')
|| setweight(to_tsvector('english', %(standfirst_words)s::text), 'B')
|| setweight(to_tsvector('simple', %(tag_words)s::text), 'B')
|| setweight(to_tsvector('english', %(text_words)s::text), 'C')
|| setweight(to_tsvector('simple', %(folded_words)s::text), 'D')
"""
# Of a story that is taken down: then the vector is empty, too.
NO_WORDS: dict[str, str | None] = dict.fromkeys(
    ("headline_words", "standfirst_words", "tag_words", "text_words", "folded_words")
)
# PostgreSQL refuses a vector above one megabyte; a story of 100,000 words stays below it at this length.
INDEXED_CHARACTERS = 300_000


def words_of(edition: Edition, tags: Iterable[ShownTag]) -> dict[str, str | None]:
    """An edition's words and the names of its tags, as `VECTOR` makes the column `lexemes` of them."""
    words = {
        "headline_words": plain_hyphens(edition.headline),
        "standfirst_words": plain_hyphens(edition.standfirst),
        "tag_words": plain_hyphens(" ".join(tag.entity.name for tag in tags)),
        "text_words": plain_hyphens(edition.text[:INDEXED_CHARACTERS]),
    }
    return {**words, "folded_words": folded_words(" ".join(words.values()))}
