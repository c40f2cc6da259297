"""The lexemes under which readers and partners find an article."""

from __future__ import annotations

from django.db import connection

from articles.models import Article, Edition

# Headline A, standfirst and tagged names B, body C. Names stand in as they are written, so that "Su-34" and
# "U.S." are found however the parser cuts them.
_STORE = """
UPDATE articles_representation SET lexemes =
    setweight(to_tsvector('english', %(headline)s), 'A')
    || setweight(to_tsvector('english', %(standfirst)s), 'B')
    || setweight(to_tsvector('simple', %(names)s), 'B')
    || setweight(to_tsvector('english', %(text)s), 'C')
WHERE article_id = %(article)s
"""
# PostgreSQL refuses a vector above one megabyte; a story of 100,000 words stays below it at this length.
INDEXED_CHARACTERS = 300_000


def store_lexemes(article: Article, edition: Edition | None) -> None:
    """Index an edition's words, or none."""
    with connection.cursor() as cursor:
        if edition is None:
            cursor.execute("UPDATE articles_representation SET lexemes = NULL WHERE article_id = %s", [article.pk])
            return
        names = edition.tags.values_list("entity__name", flat=True)
        cursor.execute(
            _STORE,
            {
                "headline": edition.headline,
                "standfirst": edition.standfirst,
                "names": " ".join(names),
                "text": edition.text[:INDEXED_CHARACTERS],
                "article": article.pk,
            },
        )
