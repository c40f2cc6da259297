"""Keep the terms of live stories, by which related news is found: one statement a story, the same rows each time.

Only what the public has of a story counts, and only while it has it: the rows are written and deleted in the
transaction that does the same with its representation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from articles.documents import ShownTag, shown_tags
from articles.models import Article, Edition, Representation, TermVector
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
FEW_STORIES = 1000

_STORE = """
WITH vector AS (
    INSERT INTO articles_termvector (article_id, form, terms) VALUES (%(article)s, %(form)s, %(vector)s)
    ON CONFLICT (article_id) DO UPDATE SET form = excluded.form, terms = excluded.terms
    WHERE articles_termvector.form <> excluded.form OR articles_termvector.terms <> excluded.terms
), counted AS (
    SELECT coalesce((SELECT stories FROM articles_termfrequency WHERE number = -1), 0) AS stories
), heaviest AS (
    SELECT own.term, own.weight
    FROM unnest(%(terms)s::text[], %(numbers)s::bigint[], %(weights)s::int[]) AS own (term, number, weight)
    CROSS JOIN counted
    LEFT JOIN articles_termfrequency AS frequency USING (number)
    ORDER BY own.weight * ln(1 + counted.stories / coalesce(frequency.stories, 1)::float) DESC, own.term
    LIMIT (SELECT CASE WHEN stories < %(few)s THEN NULL ELSE %(most)s END FROM counted)
), gone AS (
    DELETE FROM articles_articleterm
    WHERE article_id = %(article)s AND term NOT IN (SELECT term FROM heaviest)
)
INSERT INTO articles_articleterm (article_id, term, weight, published_at)
SELECT %(article)s, term, weight, %(published_at)s FROM heaviest
ON CONFLICT (article_id, term) DO UPDATE SET weight = excluded.weight, published_at = excluded.published_at
WHERE (articles_articleterm.weight, articles_articleterm.published_at) <> (excluded.weight, excluded.published_at)
"""
_REMOVE = """
WITH vector AS (DELETE FROM articles_termvector WHERE article_id = %(article)s)
DELETE FROM articles_articleterm WHERE article_id = %(article)s
"""


def store_terms(article: Article, edition: Edition | None, tags: Iterable[ShownTag]) -> None:
    """Write the terms of what the public has of a story whose row is locked, or delete them with it."""
    if edition is None:
        _execute(_REMOVE, {"article": article.pk})
        return
    found = edition_terms(edition, tags)
    _execute(
        _STORE,
        {
            "article": article.pk,
            "form": FORM,
            "vector": pack(numbered(found)),
            "terms": list(found),
            "numbers": [number(term) for term in found],
            "weights": list(found.values()),
            "published_at": edition.published_at,
            "few": FEW_STORIES,
            "most": LEADING_TERMS,
        },
    )


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
    edition = locked.edition if locked.is_live else None
    store_terms(locked, edition, shown_tags(edition) if edition else ())


def _execute(statement: str, parameters: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
