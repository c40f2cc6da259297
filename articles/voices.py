"""Who speaks in an edition: who they are, and the quotations by which they were heard before.

Written when a story is represented, and again when an entity is renamed, merged or hidden. Of other stories it holds
numbers of quotations, never words: the page reads those from the editions that are live when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypedDict

from articles.page_marks import speaker_address
from articles.planned_query import planned_rows
from articles.public_notation import path_of_entity

if TYPE_CHECKING:
    from articles.models import Edition, EditionQuote

MOST_EARLIER = 3


class Voice(TypedDict):
    """A named speaker. `passage` is the uuid of their first quotation in the story, `earlier` numbers of `Quote`
    rows, the newest first."""

    name: str
    role: str
    country: str
    url: str
    summary: str
    passage: str
    count: int
    earlier: list[int]


OF_EDITION = "SELECT * FROM articles_editionquote WHERE edition_id = %(edition)s::bigint"
# Of a preview, whose edition is never written.
OF_ROWS = """
SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS said (
    speaker_name text, speaker_role text, speaker_kind text, speaker_entity_id bigint, speaker_country_id bigint,
    ordinal int, quote_id bigint
)
"""
# The index edition_quotes_of_speaker leads to what was said under a name, the newest first. A name is written as a
# range, which has an order of names. Under “=” the planner hopes to meet it soon among the newest quotations of all,
# and reads every one of them for a speaker who was never heard before.
SPEAKERS = """
WITH printed AS ({printed}), own AS (
    SELECT DISTINCT ON (speaker_name) speaker_name, speaker_role, speaker_entity_id, speaker_country_id, ordinal,
        quote_id, count(*) OVER (PARTITION BY speaker_name) AS said
    FROM printed
    WHERE speaker_kind IN ('person', 'organisation', 'document') AND speaker_name <> ''
    ORDER BY speaker_name, ordinal
)
SELECT own.speaker_name, own.speaker_role, own.said, quote.uuid::text, place.name,
    entity.kind, entity.slug, entity.summary, entity.is_hidden,
    ARRAY(
        SELECT other.quote_id
        FROM articles_editionquote AS other
        JOIN articles_representation AS story USING (edition_id)
        WHERE other.speaker_name BETWEEN own.speaker_name AND own.speaker_name AND other.kind = 'direct'
            AND (other.speaker_entity_id = own.speaker_entity_id OR other.speaker_entity_id IS NULL)
            AND story.status = 'live' AND story.article_id <> %(article)s::bigint
            AND story.published_at <= %(before)s::timestamptz
        ORDER BY other.speaker_name, other.id DESC
        LIMIT %(most)s
    )
FROM own
JOIN articles_quote AS quote ON quote.id = own.quote_id
LEFT JOIN entities_country AS country ON country.entity_id = own.speaker_country_id
LEFT JOIN entities_entity AS place ON place.id = country.entity_id AND NOT place.is_hidden
LEFT JOIN entities_entity AS tagged ON tagged.id = own.speaker_entity_id
LEFT JOIN entities_entity AS entity ON entity.id = COALESCE(tagged.merged_into_id, tagged.id)
ORDER BY own.ordinal
"""


def voices_of(edition: Edition) -> list[Voice]:
    """The named speakers of an edition in the order in which they speak; one statement."""
    return _voices(edition, OF_EDITION, {"edition": edition.pk})


def voices_in(rows: Iterable[EditionQuote], edition: Edition) -> list[Voice]:
    """The same of an edition that is not written, from its quotations."""
    columns = ("speaker_name", "speaker_role", "speaker_kind", "speaker_entity_id", "speaker_country_id")
    told = [{name: getattr(row, name) for name in (*columns, "ordinal", "quote_id")} for row in rows]
    return _voices(edition, OF_ROWS, {"rows": json.dumps(told)})


def _voices(edition: Edition, printed: str, source: dict[str, Any]) -> list[Voice]:
    parameters: dict[str, Any] = source | {
        "article": edition.article_id,
        "before": edition.published_at,
        "most": MOST_EARLIER,
    }
    statement = SPEAKERS.format(printed=printed)
    return [_voice(*row) for row in planned_rows(statement, parameters)]


def _voice(
    name: str,
    role: str,
    count: int,
    passage: str,
    country: str | None,
    kind: str | None,
    slug: str | None,
    summary: str | None,
    is_hidden: bool | None,
    earlier: list[Any],
) -> Voice:
    is_known = kind is not None and slug is not None and not is_hidden
    return Voice(
        name=name,
        role=role,
        country=country or "",
        url=path_of_entity(kind, slug) if is_known and kind and slug else speaker_address(name),
        summary=(summary or "") if is_known else "",
        passage=passage,
        count=count,
        earlier=earlier,
    )
