"""The narrow table that an author's page pages over, kept in step with each representation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from articles.models import Article, Edition

# One statement, for it is part of every publication. A name that stays keeps its row.
REPLACE = """
WITH gone AS (
    DELETE FROM articles_authorlisting WHERE article_id = %(article)s AND author_slug <> ALL (%(slugs)s::text[])
)
INSERT INTO articles_authorlisting (article_id, author_slug, published_at)
SELECT %(article)s, slug, %(published_at)s::timestamptz FROM unnest(%(slugs)s::text[]) AS slug
ON CONFLICT (article_id, author_slug) DO UPDATE SET published_at = EXCLUDED.published_at
"""


def list_under_authors(article: Article, edition: Edition | None) -> None:
    """List an article under the names that its edition prints; under none where it is not live."""
    parameters: dict[str, Any] = {
        "article": article.pk,
        "slugs": list(dict.fromkeys(byline["slug"] for byline in edition.bylines)) if edition else [],
        "published_at": edition.published_at if edition else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(REPLACE, parameters)
