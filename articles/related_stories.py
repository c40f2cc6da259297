"""Find live stories that tell of the same things: candidates by their rarest terms in SQL, then ranked whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from articles.tagging.related import Features, Frequencies, Ranked, rank
from articles.term_frequencies import frequencies_for

CANDIDATES = 50
# A search touches at most so many rows: the newest stories of each of the terms that weigh most.
LEADING_TERMS = 32
NEWEST_OF_A_TERM = 200

CANDIDATES_OF_TERMS = """
SELECT article_id, terms FROM (
    SELECT story.article_id, sum(own.weight * story.weight) AS likeness
    FROM unnest(%(terms)s::text[], %(weights)s::float[]) AS own (term, weight)
    CROSS JOIN LATERAL (
        SELECT article_id, weight FROM articles_articleterm
        WHERE term = own.term AND published_at < %(before)s
        ORDER BY published_at DESC, article_id
        LIMIT %(newest)s
    ) AS story
    WHERE story.article_id <> ALL (%(without)s::bigint[])
    GROUP BY story.article_id
    ORDER BY likeness DESC, story.article_id DESC
    LIMIT %(most)s
) AS candidate JOIN articles_termvector USING (article_id)
ORDER BY likeness DESC, article_id DESC
"""


def closest_stories(
    story: Features, *, before: datetime, without: Collection[int] = (), limit: int = 5
) -> list[Ranked]:
    """The live stories published before a time that are most related to a story, best first."""
    frequencies = frequencies_for(story.terms)
    candidates = find_candidates(story, frequencies, before=before, without=without)
    if not frequencies:
        frequencies = _among([story, *candidates])
    return rank(story, candidates, frequencies=frequencies, limit=limit)


def find_candidates(
    story: Features, frequencies: Frequencies, *, before: datetime, without: Collection[int] = ()
) -> list[Features]:
    """The live stories that share the rarest and heaviest terms with a story, at most `CANDIDATES` of them."""
    leading = leading_terms(story.terms, frequencies)
    own = () if story.id is None else (story.id,)
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES_OF_TERMS, search_parameters(leading, before=before, without=(*own, *without)))
        return [Features(id, json.loads(vector)) for id, vector in cursor.fetchall()]


def search_parameters(leading: Mapping[str, float], *, before: datetime, without: Collection[object]) -> dict[str, Any]:
    """What `CANDIDATES_OF_TERMS` is run with."""
    return {
        "terms": list(leading),
        "weights": list(leading.values()),
        "before": before,
        "without": list(without),
        "newest": NEWEST_OF_A_TERM,
        "most": CANDIDATES,
    }


def leading_terms(terms: Mapping[str, int], frequencies: Frequencies) -> dict[str, float]:
    """The terms that lead to candidates, and what it counts towards the cosine to share each."""
    heaviest = sorted(terms, key=lambda term: (-terms[term] * frequencies[term], term))
    return {term: terms[term] * frequencies[term] ** 2 for term in heaviest[:LEADING_TERMS]}


def _among(stories: Sequence[Features]) -> Frequencies:
    """How rare terms are among a few stories, for a desk that is too young to know better."""
    return Frequencies.counted(len(stories), Counter(term for story in stories for term in story.terms))
