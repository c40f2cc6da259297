"""Which earlier stories tell the same story: found by rule when a story is represented, shown by date.

An exercise, an operation or a programme that both stories name makes them one story; so do two things that both are
about, or one of these and a link of the editors under Related News. A link and the same country suffice, too; a link
alone does not: much is related. Stories that link to the same earlier story count as linked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connection

from entities.models import Kind

if TYPE_CHECKING:
    from articles.documents import ShownTag
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

# A link counts 2, the same country beside a link 2 more. Countries find no candidates: they are in too many stories.
EARLIER = """
WITH targets AS (
    SELECT target_id FROM articles_editionrelated WHERE edition_id = %(edition)s AND target_id IS NOT NULL
    UNION SELECT unnest(%(linked)s::bigint[])
), found AS (
    SELECT listing.article_id, own.weight + CASE WHEN own.is_about AND listing.role = 'about' THEN %(more)s ELSE 0 END
        AS weight, false AS is_linked
    FROM unnest(%(entities)s::bigint[], %(weights)s::int[], %(about)s::bool[]) AS own (entity_id, weight, is_about)
    CROSS JOIN LATERAL (
        SELECT article_id, role FROM articles_listing
        WHERE entity_id = own.entity_id AND published_at <= %(before)s
        ORDER BY published_at DESC, article_id DESC
        LIMIT %(newest)s
    ) AS listing
    UNION ALL
    SELECT article_id, 2, true FROM (
        SELECT target_id AS article_id FROM targets
        UNION
        SELECT linking.article_id FROM articles_editionrelated AS link
        JOIN articles_representation AS linking USING (edition_id)
        WHERE link.target_id = %(article)s OR link.target_id IN (SELECT target_id FROM targets)
        UNION
        SELECT link.target_id FROM articles_editionrelated AS link
        JOIN articles_representation AS linked USING (edition_id)
        WHERE linked.article_id IN (SELECT target_id FROM targets) AND link.target_id IS NOT NULL
    ) AS links
)
SELECT found.article_id
FROM found JOIN articles_representation AS story USING (article_id)
WHERE story.status = 'live' AND found.article_id <> %(article)s
    AND (story.published_at, story.article_id) < (%(before)s, %(article)s)
GROUP BY found.article_id, story.published_at
HAVING sum(found.weight) + CASE WHEN bool_or(found.is_linked) AND EXISTS (
    SELECT 1 FROM articles_listing AS place
    WHERE place.article_id = found.article_id AND place.role = 'about'
        AND place.entity_id = ANY (%(countries)s::bigint[])
) THEN 2 ELSE 0 END >= %(enough)s
ORDER BY story.published_at DESC, found.article_id DESC
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
        "entities": [tag.entity.pk for tag in named],
        "weights": [NAMED[Kind(tag.entity.kind)] for tag in named],
        "about": [tag.role == "about" for tag in named],
        "countries": [tag.entity.pk for tag in tags if tag.entity.kind == Kind.COUNTRY and tag.role == "about"],
        "more": MORE_WHEN_ABOUT,
        "before": edition.published_at,
        "newest": NEWEST_OF_AN_ENTITY,
        "edition": edition.pk,
        "linked": list(linked),
        "article": edition.article_id,
        "enough": ENOUGH,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, parameters)
        return [pk for (pk,) in cursor.fetchall()][::-1]
