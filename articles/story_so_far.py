"""Which earlier stories tell the same story: found by rule when a story is represented, shown by date.

An exercise, an operation or a programme that both stories name makes them one story; so do two things that both are
about, or one of these and a link of the editors under Related News. A link and the same country suffice, too; a link
alone does not: much is related. Stories that link to the same earlier story count as linked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from articles.planned_query import array_of, planned_rows
from entities.models import Kind

if TYPE_CHECKING:
    from articles.edition_rows import ShownTag
    from articles.models import Edition

MOST = 6
NEWEST_OF_AN_ENTITY = 40
ENOUGH = 4
# What it counts when both stories name the same thing, and when both are about it.
NAMED = {
    **dict.fromkeys((Kind.EXERCISE, Kind.OPERATION, Kind.PROGRAMME), 4),
    **dict.fromkeys((Kind.PERSON, Kind.ORGANISATION, Kind.UNIT, Kind.EQUIPMENT, Kind.PLACE), 1),
}
MORE_WHEN_ABOUT = 1

# Candidates are weighed before their stories are read; OFFSET 0 keeps the planner from going through all stories for
# them. A link counts 2, the same country beside a link 2 more. Countries find no candidates: they are in too many
# stories.
EARLIER = """
WITH targets AS (
    SELECT target_id FROM articles_editionrelated WHERE edition_id = %(edition)s::bigint AND target_id IS NOT NULL
    UNION SELECT unnest(%(linked)s::bigint[])
), found AS (
    SELECT listing.article_id, own.weight + CASE WHEN own.is_about AND listing.role = 'about' THEN %(more)s ELSE 0 END
        AS weight, false AS is_linked
    FROM unnest(%(entities)s::bigint[], %(weights)s::int[], %(about)s::bool[]) AS own (entity_id, weight, is_about)
    CROSS JOIN LATERAL (
        SELECT article_id, role FROM articles_listing
        WHERE entity_id = own.entity_id AND published_at <= %(before)s::timestamptz
        ORDER BY published_at DESC, article_id DESC
        LIMIT %(newest)s
    ) AS listing
    UNION ALL
    SELECT article_id, 2, true FROM (
        SELECT target_id AS article_id FROM targets
        UNION
        SELECT linking.article_id
        FROM (SELECT target_id FROM targets UNION SELECT %(article)s::bigint) AS shared
        CROSS JOIN LATERAL (
            SELECT edition_id FROM articles_editionrelated
            WHERE target_id = shared.target_id ORDER BY id DESC LIMIT %(newest)s
        ) AS link
        JOIN articles_representation AS linking USING (edition_id)
        UNION
        SELECT link.target_id FROM articles_editionrelated AS link
        JOIN articles_representation AS linked USING (edition_id)
        WHERE linked.article_id IN (SELECT target_id FROM targets) AND link.target_id IS NOT NULL
    ) AS links
), weighed AS MATERIALIZED (
    SELECT article_id, sum(weight) AS weight, bool_or(is_linked) AS is_linked
    FROM found WHERE article_id <> %(article)s::bigint GROUP BY article_id
    HAVING sum(weight) + CASE WHEN bool_or(is_linked) THEN 2 ELSE 0 END >= %(enough)s
)
SELECT weighed.article_id
FROM weighed CROSS JOIN LATERAL (
    SELECT published_at FROM articles_representation AS live
    WHERE live.article_id = weighed.article_id AND live.status = 'live'
        AND (live.published_at, live.article_id) < (%(before)s::timestamptz, %(article)s::bigint)
    OFFSET 0
) AS story
WHERE weighed.weight + CASE WHEN weighed.is_linked THEN coalesce((
    SELECT 2 FROM articles_listing AS place
    WHERE place.article_id = weighed.article_id AND place.role = 'about'
        AND place.entity_id = ANY (%(countries)s::bigint[])
    LIMIT 1
), 0) ELSE 0 END >= %(enough)s
ORDER BY story.published_at DESC, weighed.article_id DESC
LIMIT %(most)s
"""


def earlier_stories(edition: Edition, tags: Iterable[ShownTag], *, linked: Iterable[int] = ()) -> list[int]:
    """Ids of articles that told the story of an edition before it, oldest first; at most the last `MOST`.

    `linked` are the stories under Related News of an edition that is not written.
    """
    tags = list(tags)
    if not tags:
        return []
    named = [tag for tag in tags if tag.entity.kind in NAMED]
    parameters: dict[str, Any] = {
        "entities": array_of(tag.entity.pk for tag in named),
        "weights": array_of(NAMED[Kind(tag.entity.kind)] for tag in named),
        "about": array_of(tag.role == "about" for tag in named),
        "countries": array_of(tag.entity.pk for tag in tags if tag.entity.kind == Kind.COUNTRY and tag.role == "about"),
        "more": MORE_WHEN_ABOUT,
        "before": edition.published_at,
        "newest": NEWEST_OF_AN_ENTITY,
        "edition": edition.pk,
        "linked": array_of(linked),
        "article": edition.article_id,
        "enough": ENOUGH,
        "most": MOST,
    }
    return [pk for (pk,) in planned_rows(EARLIER, parameters)][::-1]
