"""Ranks stories that tell of the same things, from plain features that somebody else keeps.

Takes: two stories of the “Vostok” exercise in Belarus. Leaves out: near-duplicates (the same story again),
and stories that share only common words. The score is the TF-IDF cosine (Salton and Buckley, 1988), with the
accepted entities as terms among the terms.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer
from rapidfuzz import fuzz, process, utils

from .document import Document
from .lexicon import ARTICLES, AUXILIARIES, CONJUNCTIONS, DETERMINERS, STOP_WORDS, words

# An entity counts as much as a word that stands about three times in the story.
ENTITY_WEIGHT = 2.0
TITLE_COUNTS = 3
STANDFIRST_COUNTS = 2
LOWEST_SCORE = 0.08
NEAR_DUPLICATE = 0.92
SHARED_SHOWN = 3
CLOSEST_TITLE = 86.0
SHORTEST_TERM = 2
LONGEST_TERM = 40

TERM = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
EVERYDAY = words(
    "said say says told new year years day days week month time people also would could one two first last"
)
UNUSED = STOP_WORDS | ARTICLES | AUXILIARIES | CONJUNCTIONS | DETERMINERS | EVERYDAY

_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one story: stemmed terms with weights, and accepted entities with their names."""

    id: object
    terms: Mapping[str, float]
    entities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of `total` stories each term and each entity stands."""

    total: int
    terms: Mapping[str, int]
    entities: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A related story; `score` lies between 0 and 1."""

    id: object
    score: float
    reason: str


def terms(document: Document) -> dict[str, float]:
    """The story's stemmed terms with 1 + ln(count); words of the headline count three times."""
    counts: Counter[str] = Counter()
    for text, times in (
        (document.title, TITLE_COUNTS),
        (document.standfirst, STANDFIRST_COUNTS),
        (document.text, 1),
    ):
        for word in TERM.findall(text):
            term = _term(word)
            if term:
                counts[term] += times
    return {term: round(1 + math.log(count), 4) for term, count in counts.items()}


@lru_cache(maxsize=20_000)
def _term(word: str) -> str:
    """The stem, or nothing for a word too common or too long to tell stories apart."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if lower in UNUSED or not SHORTEST_TERM <= len(lower) <= LONGEST_TERM:
        return ""
    return str(_stemmer.stemWord(lower))


def rank(story: Features, candidates: Iterable[Features], *, frequencies: Frequencies, limit: int = 5) -> list[Ranked]:
    """The candidates most related to the story, best first, without near-duplicates."""
    own = _Vectors(story, frequencies)
    rated = []
    for candidate in candidates:
        if candidate.id != story.id:
            vectors = _Vectors(candidate, frequencies)
            rated.append((own.likeness(vectors), vectors))
    rated.sort(key=lambda pair: (-pair[0], str(pair[1].features.id)))
    kept: list[_Vectors] = []
    ranked: list[Ranked] = []
    for score, vectors in rated:
        if score < LOWEST_SCORE or len(ranked) == limit:
            break
        if not any(vectors.is_copy_of(other) for other in (own, *kept)):
            kept.append(vectors)
            ranked.append(Ranked(vectors.features.id, round(score, 4), own.reason(vectors)))
    return ranked


class _Vectors:
    """The weighted terms and entities of one story, and their common length."""

    def __init__(self, features: Features, frequencies: Frequencies) -> None:
        self.features = features
        self.terms = {
            term: weight * _rarity(frequencies.terms.get(term, 1), frequencies.total)
            for term, weight in features.terms.items()
        }
        self.entities = {
            id: ENTITY_WEIGHT * _rarity(frequencies.entities.get(id, 1), frequencies.total) for id in features.entities
        }
        self.length = math.hypot(*self.terms.values(), *self.entities.values())

    def likeness(self, other: _Vectors) -> float:
        if not self.length or not other.length:
            return 0.0
        product = _product(self.terms, other.terms) + _product(self.entities, other.entities)
        return product / (self.length * other.length)

    def is_copy_of(self, other: _Vectors) -> bool:
        return self.likeness(other) >= NEAR_DUPLICATE

    def reason(self, other: _Vectors) -> str:
        """ "both: Vostok, Belarus", or the rarest words that both stories have."""
        shared = sorted(self.entities.keys() & other.entities.keys(), key=lambda id: (-self.entities[id], id))
        if shared:
            return "both: " + ", ".join(self.features.entities[id] for id in shared[:SHARED_SHOWN])
        common = self.terms.keys() & other.terms.keys()
        best = sorted(common, key=lambda term: (-self.terms[term] * other.terms[term], term))[:SHARED_SHOWN]
        return "same words: " + ", ".join(best)


def _rarity(frequency: int, total: int) -> float:
    return math.log(1 + total / max(1, frequency))


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large[key] for key, weight in small.items() if key in large)


def match_title(title: str, candidates: Mapping[object, str]) -> object | None:
    """The id of the story whose headline is this title, give or take spelling; None when none or two are."""
    if not utils.default_process(title):
        return None
    found = process.extract(title, candidates, scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=2)
    best = [match for match in found if match[1] >= CLOSEST_TITLE]
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    matched: object = best[0][2]
    return matched
