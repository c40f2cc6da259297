"""What the articles that a search ranks are about: the commonest countries, other entities, and sections.

One statement, of which PostgreSQL keeps the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles.planned_query import array_of, planned_rows

MOST = 10

_COUNTED = """
WITH tagged AS (
    SELECT entity_id, count(*) AS stories
    FROM articles_listing WHERE article_id = ANY (%(among)s::bigint[]) GROUP BY entity_id
), placed AS (
    SELECT CASE WHEN country.entity_id IS NULL THEN 'entities' ELSE 'countries' END AS facet, entity.uuid::text,
        entity.kind, coalesce(country.alpha2, '') AS code, entity.name, tagged.stories,
        row_number() OVER (PARTITION BY country.entity_id IS NULL ORDER BY tagged.stories DESC, entity.name) AS place
    FROM tagged
    JOIN entities_entity AS entity ON entity.id = tagged.entity_id
    LEFT JOIN entities_country AS country ON country.entity_id = entity.id
    WHERE NOT entity.is_hidden AND entity.merged_into_id IS NULL
), sections AS (
    SELECT section_id, count(*) AS stories
    FROM articles_representation WHERE article_id = ANY (%(among)s::bigint[]) GROUP BY section_id
)
SELECT * FROM placed WHERE place <= %(most)s
UNION ALL
SELECT 'sections', '', '', section.slug, section.name, sections.stories,
    row_number() OVER (ORDER BY sections.stories DESC, section.name)
FROM sections JOIN articles_section AS section ON section.id = sections.section_id
ORDER BY 1, 7
"""


def facets(among: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    """Counted among the articles of these numbers, the commonest first; of countries and entities the first `MOST`."""
    found: dict[str, list[dict[str, Any]]] = {"countries": [], "entities": [], "sections": []}
    if not among:
        return found
    for facet, uuid, kind, code, name, stories, _ in planned_rows(_COUNTED, {"among": array_of(among), "most": MOST}):
        found[facet].append(_entry(facet, uuid, kind, code, name, stories))
    return found


def _entry(facet: str, uuid: str, kind: str, code: str, name: str, stories: int) -> dict[str, Any]:
    if facet == "countries":
        return {"code": code, "name": name, "count": stories}
    if facet == "entities":
        return {"id": uuid, "kind": kind, "name": name, "count": stories}
    return {"slug": code, "name": name, "count": stories}
