"""Find live stories that tell of the same things: candidates by their rarest terms in SQL, then ranked whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from articles.planned_query import array_of, planned_rows
from articles.tagging import Document
from articles.tagging.relating.related import Features, Frequencies, Ranked, rank
from articles.tagging.relating.terms import names, terms, words_of
from articles.tagging.relating.vectors import number, numbered, unpack
from articles.term_frequencies import frequencies_for

CANDIDATES = 30
# A search touches at most so many rows: the newest stories of each of the terms that weigh most.
LEADING_TERMS = 50
NEWEST_OF_A_TERM = 100

# The limits stand in it as numbers, so that the plan that is kept knows them.
CANDIDATES_OF_TERMS = f"""
SELECT article_id, terms FROM (
    SELECT story.article_id, sum(own.weight * story.weight) AS likeness
    FROM unnest(%(terms)s::text[], %(weights)s::float8[]) AS own (term, weight)
    CROSS JOIN LATERAL (
        SELECT article_id, weight FROM articles_articleterm
        WHERE term = own.term AND published_at < %(before)s::timestamptz
        ORDER BY published_at DESC, article_id
        LIMIT {NEWEST_OF_A_TERM}
    ) AS story
    WHERE story.article_id <> ALL (%(without)s::bigint[])
    GROUP BY story.article_id
    ORDER BY likeness DESC, story.article_id DESC
    LIMIT {CANDIDATES}
) AS candidate JOIN articles_termvector USING (article_id)
ORDER BY likeness DESC, article_id DESC
"""  # noqa: S608 - numbers of ours


@dataclass(frozen=True, slots=True)
class StoryInHand:
    """What related news is looked for: its words, its entities as {id: name}, and the time it was published before.

    `without` are the stories that shall not be found, its own among them.
    """

    document: Document
    entities: Mapping[object, str]
    before: datetime
    without: Collection[int] = ()


def closest_stories(story: StoryInHand, *, limit: int = 5) -> list[Ranked]:
    """The live stories published earlier that are most related to a story, best first."""
    found = terms(story.document, story.entities)
    own = numbered(found)
    frequencies = frequencies_for(own)
    candidates = find_candidates(found, frequencies, before=story.before, without=story.without)
    if not candidates:
        return []
    features = Features(
        None,
        own,
        names=_numbered_phrases(names(story.document, story.entities)),
        words=_numbered_phrases(words_of(story.document)),
    )
    if not frequencies:
        frequencies = _among([features, *candidates])
    return rank(features, candidates, frequencies=frequencies, limit=limit)


def find_candidates(
    terms: Mapping[str, int], frequencies: Frequencies, *, before: datetime, without: Collection[int] = ()
) -> list[Features]:
    """The live stories that share the rarest and heaviest terms with a story, at most `CANDIDATES` of them."""
    leading = leading_terms(terms, frequencies)
    parameters: dict[str, Any] = {
        "terms": list(leading),
        "weights": list(leading.values()),
        "before": before,
        "without": array_of(without),
    }
    rows = planned_rows(CANDIDATES_OF_TERMS, parameters, is_binary=True)
    return [Features(id, unpack(packed)) for id, packed in rows]


def leading_terms(terms: Mapping[str, int], frequencies: Frequencies) -> dict[str, float]:
    """The terms that lead to candidates, and what it counts towards the cosine to share each."""
    rarities = {term: frequencies[number(term)] for term in terms}
    heaviest = sorted(terms, key=lambda term: (-terms[term] * rarities[term], term))
    return {term: terms[term] * rarities[term] ** 2 for term in heaviest[:LEADING_TERMS]}


def _numbered_phrases(phrases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    return {phrase: tuple(map(number, terms)) for phrase, terms in phrases.items()}


def _among(stories: Sequence[Features]) -> Frequencies:
    """How rare terms are among a few stories, for a desk that is too young to know better."""
    return Frequencies.counted(len(stories), Counter(chain.from_iterable(story.terms.keys() for story in stories)))
