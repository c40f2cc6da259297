"""The tagger's unknown names as rows: sightings replaced story by story, counts kept, verdicts left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.planned_query import planned_rows
from articles.tagging.gazetteer.search import fold
from entities.models import Kind

if TYPE_CHECKING:
    from articles.models import Article, Revision
    from articles.tagging import Analysis, EntityFinding

# A "name" longer than a name may be is none.
LONGEST_NAME = 200
# A story that names more is a list, or no text; the names that it repeats most are kept.
MOST_NAMES = 200
KINDS = frozenset(Kind.values)

# A name that somebody else adds at this moment is waited for, and found by the next statement.
_ADD = """
INSERT INTO articles_newname
    (name, key, kind, category, country_code, story_count, mention_count, verdict, first_seen_at)
SELECT name, key, kind, category, country_code, 0, 0, 'proposed', %(now)s::timestamptz
FROM jsonb_to_recordset(%(found)s::jsonb) AS found (kind text, key text, name text, category text, country_code text)
WHERE NOT EXISTS (SELECT FROM articles_newname AS known WHERE known.key = found.key AND known.kind = found.kind)
ORDER BY kind, key
ON CONFLICT DO NOTHING
"""
# Before anything is counted: what a statement counts from is of the moment at which it began.
_LOCK = """
SELECT id FROM articles_newname WHERE id IN (
    SELECT new_name_id FROM articles_sighting WHERE article_id = %(article)s::bigint
    UNION
    SELECT known.id FROM jsonb_to_recordset(%(found)s::jsonb) AS found (kind text, key text)
    JOIN articles_newname AS known ON known.key = found.key AND known.kind = found.kind
) ORDER BY id FOR NO KEY UPDATE
"""
_COUNT = """
WITH found AS (
    SELECT known.id, found.count, found.field, found.first, found.last
    FROM jsonb_to_recordset(%(found)s::jsonb) AS found (kind text, key text, count int, field text, first int, last int)
    JOIN articles_newname AS known ON known.key = found.key AND known.kind = found.kind
), standing AS (
    SELECT new_name_id AS id, count FROM articles_sighting WHERE article_id = %(article)s::bigint
), gone AS (
    DELETE FROM articles_sighting
    WHERE article_id = %(article)s::bigint AND new_name_id NOT IN (SELECT id FROM found)
), sighted AS (
    INSERT INTO articles_sighting (article_id, new_name_id, revision_id, count, field, start, "end")
    SELECT %(article)s::bigint, id, %(revision)s::bigint, count, field, first, last FROM found
    ON CONFLICT (article_id, new_name_id) DO UPDATE SET
        revision_id = excluded.revision_id, count = excluded.count, field = excluded.field, start = excluded.start,
        "end" = excluded."end"
), changed AS (
    SELECT id, sum(stories) AS stories, sum(mentions) AS mentions FROM (
        SELECT id, 1 AS stories, count AS mentions FROM found
        UNION ALL
        SELECT id, -1, -count FROM standing
    ) AS counted GROUP BY id
)
UPDATE articles_newname AS name
SET story_count = name.story_count + changed.stories, mention_count = name.mention_count + changed.mentions
FROM changed WHERE name.id = changed.id AND (changed.stories <> 0 OR changed.mentions <> 0)
"""

Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A name of one story: the first finding of it, and how often all its spellings stand there."""

    finding: EntityFinding
    count: int


def write_names(article: Article, revision: Revision, analysis: Analysis) -> None:
    """Replace the sightings of an article whose row is locked, and keep the counts of the names concerned.

    New names are inserted in the order of their keys, then all rows are locked in the order of their ids: two
    workers on stories that share names wait for each other, and never in a circle.
    """
    found = json.dumps([_told(identity, one) for identity, one in sorted(_found(analysis).items())])
    parameters = {"article": article.pk, "revision": revision.pk, "found": found, "now": timezone.now()}
    planned_rows(_ADD, parameters)
    planned_rows(_LOCK, parameters)
    planned_rows(_COUNT, parameters)


def key_of(name: str) -> str:
    """What all spellings of a name share: capitals, curly marks and wider spaces do not count."""
    return " ".join(fold(name).split())


def _found(analysis: Analysis) -> dict[Identity, Found]:
    found: dict[Identity, Found] = {}
    for finding in analysis.entities:
        if not _is_name(finding):
            continue
        identity = finding.kind, key_of(finding.name)
        earlier = found.get(identity)
        count = len(finding.mentions) + (earlier.count if earlier else 0)
        found[identity] = Found(earlier.finding if earlier else finding, count)
    most = sorted(found, key=lambda identity: -found[identity].count)[:MOST_NAMES]
    return {identity: found[identity] for identity in most}


def _is_name(finding: EntityFinding) -> bool:
    """Whether the desk can decide it: of a kind that it has, and with a letter or a digit that can be seen."""
    is_written = any(sign.isalnum() for sign in finding.name) and len(finding.name) <= LONGEST_NAME
    return finding.is_new_name and finding.kind in KINDS and is_written


def _told(identity: Identity, found: Found) -> dict[str, object]:
    """A name as the statements read it: what a new one is, and where the story has it first."""
    kind, key = identity
    finding, place = found.finding, found.finding.mentions[0]
    return {
        "kind": kind,
        "key": key,
        "name": " ".join(finding.name.split()),
        "category": finding.category[:40],
        "country_code": (finding.country or "")[:2],
        "count": found.count,
        "field": place.field,
        "first": place.start,
        "last": place.end,
    }
