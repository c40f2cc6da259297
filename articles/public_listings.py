"""The narrow tables that pages of countries, entities and authors page over, kept in step with each representation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from articles.planned_query import array_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.edition_rows import ShownTag
    from articles.models import Article, Edition

# Parts of the statement that stores a representation. What stays keeps its row.
LISTED = """
untagged AS (
    DELETE FROM articles_listing WHERE article_id = %(article)s::bigint AND entity_id <> ALL (%(entities)s::bigint[])
), signed AS (
    SELECT jsonb_array_elements_text(%(slugs)s::jsonb) AS slug
), unsigned AS (
    DELETE FROM articles_authorlisting
    WHERE article_id = %(article)s::bigint AND author_slug NOT IN (SELECT slug FROM signed)
), listed AS (
    INSERT INTO articles_listing (article_id, entity_id, role, published_at)
    SELECT %(article)s::bigint, entity, role, %(published_at)s::timestamptz
    FROM unnest(%(entities)s::bigint[], %(roles)s::text[]) AS tag (entity, role)
    ON CONFLICT (article_id, entity_id) DO UPDATE SET role = EXCLUDED.role, published_at = EXCLUDED.published_at
), listed_under_authors AS (
    INSERT INTO articles_authorlisting (article_id, author_slug, published_at)
    SELECT %(article)s::bigint, slug, %(published_at)s::timestamptz FROM signed
    ON CONFLICT (article_id, author_slug) DO UPDATE SET published_at = EXCLUDED.published_at
)
"""


def listings_of(article: Article, edition: Edition | None, tags: Sequence[ShownTag]) -> dict[str, Any]:
    """What `LISTED` lists an article under: what its edition tags and the names that it prints; nothing where it is
    not live. `published_at` is that of its representation."""
    return {
        "article": article.pk,
        "entities": array_of(tag.entity.pk for tag in tags),
        "roles": array_of(str(tag.role) for tag in tags),
        "slugs": json.dumps(list(dict.fromkeys(byline["slug"] for byline in edition.bylines)) if edition else []),
    }
