"""Keep the terms of live stories, by which related news is found: the same rows each time.

Only what the public has of a story counts, and only while it has it: the rows are written and deleted in the
transaction that does the same with its representation.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from articles.edition_rows import ShownTag, shown_tags
from articles.models import Article, Edition, Representation, TermVector
from articles.planned_query import planned_rows
from articles.tagging import Document
from articles.tagging.relating.terms import terms
from articles.tagging.relating.vectors import number, numbered, pack
from articles.transitions import lock

if TYPE_CHECKING:
    from collections.abc import Iterable

# To be raised whenever `articles.tagging.relating.terms` gives other terms: the sweep then makes all rows anew.
FORM = 1
# Of each story this many of its heaviest terms lead to it. As long as the frequencies are of few stories, or not
# yet counted, nobody can say which those are, and all of them do.
LEADING_TERMS = 64
FEW_STORIES = 200

# Parts of the statement that stores a representation.
TERMS = """
vector AS (
    INSERT INTO articles_termvector (article_id, form, terms) VALUES (%(article)s::bigint, %(form)s, %(vector)s)
    ON CONFLICT (article_id) DO UPDATE SET form = excluded.form, terms = excluded.terms
    WHERE articles_termvector.form <> excluded.form OR articles_termvector.terms <> excluded.terms
), counted AS (
    SELECT coalesce((SELECT stories FROM articles_termfrequency WHERE number = -1), 0) AS stories
), heaviest AS (
    SELECT own.term, own.weight
    FROM jsonb_to_recordset(%(terms)s::jsonb) AS own (term text, number bigint, weight int)
    CROSS JOIN counted
    LEFT JOIN articles_termfrequency AS frequency USING (number)
    ORDER BY own.weight * ln(1 + counted.stories / coalesce(frequency.stories, 1)::float) DESC, own.term
    LIMIT (SELECT CASE WHEN stories < %(few)s THEN NULL ELSE %(most)s END FROM counted)
), light AS (
    DELETE FROM articles_articleterm
    WHERE article_id = %(article)s::bigint AND term NOT IN (SELECT term FROM heaviest)
), leading_terms AS (
    INSERT INTO articles_articleterm (article_id, term, weight, published_at)
    SELECT %(article)s::bigint, term, weight, %(published_at)s::timestamptz FROM heaviest
    ON CONFLICT (article_id, term) DO UPDATE SET weight = excluded.weight, published_at = excluded.published_at
    WHERE (articles_articleterm.weight, articles_articleterm.published_at) <> (excluded.weight, excluded.published_at)
)
"""
NO_TERMS = """
vector AS (
    DELETE FROM articles_termvector WHERE article_id = %(article)s::bigint
), leading_terms AS (
    DELETE FROM articles_articleterm WHERE article_id = %(article)s::bigint
)
"""


def terms_of(edition: Edition, tags: Iterable[ShownTag]) -> dict[str, Any]:
    """What `TERMS` writes of an edition, but for its `article` and when that was `published_at`."""
    found = edition_terms(edition, tags)
    return {
        "form": FORM,
        "vector": pack(numbered(found)),
        "terms": json.dumps(
            [{"term": term, "number": number(term), "weight": weight} for term, weight in found.items()]
        ),
        "few": FEW_STORIES,
        "most": LEADING_TERMS,
    }


def edition_terms(edition: Edition, tags: Iterable[ShownTag]) -> dict[str, int]:
    document = Document(title=edition.headline, standfirst=edition.standfirst, text=edition.text)
    return terms(document, [tag.entity.pk for tag in tags])


def without_terms() -> QuerySet[Article]:
    """Live stories whose terms are missing, or made by an earlier form of the engine, the newest first."""
    made = TermVector.objects.filter(article=OuterRef("article"), form=FORM)
    live = Representation.objects.filter(~Exists(made), status=Representation.Status.LIVE)
    return Article.objects.filter(representation__in=live).order_by("-pk")


def make_up_terms(article: Article) -> None:
    """Write the terms of a story that was published without them. In a transaction of the caller's."""
    locked = lock(article)
    if locked.is_live:
        assert locked.edition is not None
        store_terms(locked, locked.edition, shown_tags(locked.edition))
    else:
        planned_rows(f"WITH {NO_TERMS} SELECT", {"article": locked.pk})


def store_terms(article: Article, edition: Edition, tags: Iterable[ShownTag]) -> None:
    """Write the terms of a live story alone; its row is locked."""
    own = {"article": article.pk, "published_at": edition.published_at}
    planned_rows(f"WITH {TERMS} SELECT", own | terms_of(edition, tags))
