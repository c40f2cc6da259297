"""The lexemes under which readers and partners find an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection

from articles.models import Article, Edition
from articles.search_words import folded_words, plain_hyphens

if TYPE_CHECKING:
    from articles.documents import ShownTag

# Headline A, standfirst and tagged names B, body C. Names stand in as they are written, too. Words with accents
# stand in without them as well, so that "Orban" finds Orbán.
_STORE = """
UPDATE articles_representation SET lexemes =
    setweight(to_tsvector('english', %(headline)s), 'A')
    || setweight(to_tsvector('english', %(standfirst)s), 'B')
    || setweight(to_tsvector('simple', %(names)s), 'B')
    || setweight(to_tsvector('english', %(text)s), 'C')
    || setweight(to_tsvector('simple', %(folded)s), 'D')
WHERE article_id = %(article)s
"""
# PostgreSQL refuses a vector above one megabyte; a story of 100,000 words stays below it at this length.
INDEXED_CHARACTERS = 300_000


def store_lexemes(article: Article, edition: Edition | None, tags: Iterable[ShownTag] = ()) -> None:
    """Index an edition's words and the names of its tags, or none."""
    with connection.cursor() as cursor:
        if edition is None:
            cursor.execute("UPDATE articles_representation SET lexemes = NULL WHERE article_id = %s", [article.pk])
            return
        names = " ".join(tag.entity.name for tag in tags)
        parts = {
            "headline": plain_hyphens(edition.headline),
            "standfirst": plain_hyphens(edition.standfirst),
            "names": plain_hyphens(names),
            "text": plain_hyphens(edition.text[:INDEXED_CHARACTERS]),
        }
        cursor.execute(_STORE, parts | {"folded": folded_words(" ".join(parts.values())), "article": article.pk})
