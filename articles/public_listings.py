"""The narrow tables that pages of countries, entities and authors page over, kept in step with each representation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.documents import ShownTag
    from articles.models import Article, Edition

# One statement, for it is part of every publication. What stays keeps its row.
REPLACE = """
WITH untagged AS (
    DELETE FROM articles_listing WHERE article_id = %(article)s AND entity_id <> ALL (%(entities)s::bigint[])
), unsigned AS (
    DELETE FROM articles_authorlisting WHERE article_id = %(article)s AND author_slug <> ALL (%(slugs)s::text[])
), tagged AS (
    INSERT INTO articles_listing (article_id, entity_id, role, published_at)
    SELECT %(article)s, entity, role, %(published_at)s::timestamptz
    FROM unnest(%(entities)s::bigint[], %(roles)s::text[]) AS tag (entity, role)
    ON CONFLICT (article_id, entity_id) DO UPDATE SET role = EXCLUDED.role, published_at = EXCLUDED.published_at
)
INSERT INTO articles_authorlisting (article_id, author_slug, published_at)
SELECT %(article)s, slug, %(published_at)s::timestamptz FROM unnest(%(slugs)s::text[]) AS slug
ON CONFLICT (article_id, author_slug) DO UPDATE SET published_at = EXCLUDED.published_at
"""


def list_publicly(article: Article, edition: Edition | None, tags: Sequence[ShownTag]) -> None:
    """List an article under what its edition tags and the names that it prints; under none where it is not live."""
    parameters: dict[str, Any] = {
        "article": article.pk,
        "entities": [tag.entity.pk for tag in tags],
        "roles": [str(tag.role) for tag in tags],
        "slugs": list(dict.fromkeys(byline["slug"] for byline in edition.bylines)) if edition else [],
        "published_at": edition.published_at if edition else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(REPLACE, parameters)
