"""Ranks stories that tell of the same things, from terms that somebody else keeps.

Takes: two stories of the “Vostok” exercise in Belarus. Leaves out: near-duplicates (the same story again),
and stories that share only common words. The score is about the TF-IDF cosine (Salton and Buckley, 1988) of words,
names and entities; then the stories closest to the ones that came out first are drawn forward
(pseudo-relevance feedback, Rocchio 1971), for those tell of the same event.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from operator import mul
from typing import Any, Protocol, TypeAlias

from rapidfuzz import fuzz, process, utils

LOWEST_SCORE = 0.1
NEAR_DUPLICATE = 0.92
# Only what is so like the story by a first look can be a copy of it; and copies share this many of their terms.
SUSPECTED_COPY = 0.7
COPIED_SHARE = 0.5
# How many of the closest are ranked again, beside how many leaders, and what the leaders' likeness counts.
RANKED_AGAIN = 25
LEADERS = 3
LEADERS_COUNT = 0.5
# A leader is at least so close to the story, compared with the closest one.
LEADER_SHARE = 0.5
SHARED_SHOWN = 3
CLOSEST_TITLE = 86.0


# A term, as a text or as the number that stands for it.
Key: TypeAlias = Any


class Terms(Protocol):
    """Terms with their weights, one beside the other: a dictionary has them so, and a packed vector."""

    def keys(self) -> Collection[Key]: ...

    def values(self) -> Collection[int]: ...


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one story: its terms, by whatever keys all stories share, with their weights.

    `names` and `words` say what to show for terms that two stories share; only the story in hand needs them.
    """

    id: object
    terms: Terms
    names: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)


class Frequencies(dict[Key, float]):
    """How rare each term is: ln(1 + stories / stories that have it); `unseen` for a term without a number.

    `common` are further terms, which many searches share: copying them for each would take long.
    """

    def __init__(self, rarities: Mapping[Key, float], unseen: float, common: Mapping[Key, float] | None = None) -> None:
        super().__init__(rarities)
        self.unseen, self.common = unseen, common or {}

    def __missing__(self, term: Key) -> float:
        return self.common.get(term, self.unseen)

    @classmethod
    def counted(cls, total: int, counts: Mapping[Key, int], *, unseen: int = 1) -> Frequencies:
        """From the number of all stories and of those that have each term; `unseen` stands for a missing one."""
        return cls({term: rarity(count, total) for term, count in counts.items()}, rarity(unseen, total))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A related story; `score` lies between 0 and 1."""

    id: object
    score: float
    reason: str


def rarity(count: int, total: int) -> float:
    """What a term weighs that `count` of `total` stories have."""
    return math.log(1 + total / max(1, count))


def rank(story: Features, candidates: Iterable[Features], *, frequencies: Frequencies, limit: int = 5) -> list[Ranked]:
    """The candidates most related to the story, best first, without near-duplicates."""
    own = _Vector.in_hand(story, frequencies)
    usual = own.usual
    vectors = [_Vector(candidate, frequencies, usual) for candidate in candidates if candidate.id != story.id]
    rated = [(vector.pulled(own.pull), vector) for vector in vectors]
    related = [
        (score, vector)
        for score, vector in rated
        if score >= LOWEST_SCORE and not (score >= SUSPECTED_COPY and own.is_copy(vector))
    ]
    kept: list[_Vector] = []
    ranked: list[Ranked] = []
    for score, vector in _drawn_forward(sorted(related, key=_order)):
        if len(ranked) == limit:
            break
        if not any(vector.is_copy(other) for other in kept):
            kept.append(vector)
            ranked.append(Ranked(vector.features.id, round(min(1.0, score), 4), own.reason(vector)))
    return ranked


class _Vector:
    """The terms of one story beside what it takes to compare them.

    Its length stands for that of the weights times their rarity. Looking up how rare each term of thirty candidates
    is would take longer than all the rest, so a candidate's terms count as rare as those of the story in hand, on
    the whole: `usual` is how rare those are.
    """

    def __init__(self, features: Features, frequencies: Frequencies, usual: float) -> None:
        self.features, self.frequencies = features, frequencies
        self.keys, self.weights = features.terms.keys(), features.terms.values()
        self.length = usual * _norm(self.weights) or 1.0

    @classmethod
    def in_hand(cls, features: Features, frequencies: Frequencies) -> _Vector:
        vector = cls(features, frequencies, 1.0)
        vector.length = vector.full_length
        return vector

    @property
    def usual(self) -> float:
        """How rare the terms are on the whole."""
        return self.length / (_norm(self.weights) or 1.0)

    @cached_property
    def terms(self) -> dict[Key, int]:
        return dict(zip(self.keys, self.weights, strict=True))

    @cached_property
    def full_length(self) -> float:
        """The length with every term as rare as it is."""
        return math.hypot(*map(mul, self.weights, map(self.frequencies.__getitem__, self.keys))) or 1.0

    @cached_property
    def pull(self) -> dict[Key, float]:
        """What each term of this story adds to the likeness of another one, a unit of its weight there."""
        rarities = list(map(self.frequencies.__getitem__, self.keys))
        shares = map(mul, self.weights, repeat(1 / self.length))
        return dict(zip(self.keys, map(mul, map(mul, rarities, rarities), shares), strict=True))

    def pulled(self, pull: Mapping[Key, float]) -> float:
        """How like this story is to the one that pulls: about the cosine, between 0 and 1."""
        product: float = sum(map(mul, self.weights, map(pull.get, self.keys, repeat(0.0))))
        return product / self.length

    def is_copy(self, other: _Vector) -> bool:
        """Is this the same story again? By the cosine itself."""
        shared = self.terms.keys() & other.terms.keys()
        if len(shared) < COPIED_SHARE * min(len(self.terms), len(other.terms)):
            return False
        # Summed exactly: sets have no order, and the same stories shall give the same answer in every process.
        product = math.fsum(self.terms[term] * other.terms[term] * self.frequencies[term] ** 2 for term in shared)
        return product / self.full_length / other.full_length >= NEAR_DUPLICATE

    def reason(self, other: _Vector) -> str:
        """ "both: Vostok, Belarus", or the rarest words that both stories have."""
        shared = {term: self.pull[term] * other.terms[term] for term in self.pull.keys() & other.terms.keys()}
        names = _best(self.features.names, shared)
        if names:
            return "both: " + ", ".join(_without_parts(names))
        words = _best(self.features.words, shared)
        return "same words: " + ", ".join(words[:SHARED_SHOWN]) if words else ""


def _norm(weights: Collection[int]) -> float:
    return math.sqrt(sum(map(mul, weights, weights)))


def _best(phrases: Mapping[str, tuple[Key, ...]], shared: Mapping[Key, float]) -> list[str]:
    """The phrases all of whose terms are shared, those first that tell most."""
    found = {
        phrase: sum(shared[term] for term in terms)
        for phrase, terms in phrases.items()
        if terms[0] in shared and all(term in shared for term in terms)
    }
    return sorted(found, key=lambda phrase: (-found[phrase], phrase))


def _order(pair: tuple[float, _Vector]) -> tuple[float, str]:
    return -pair[0], str(pair[1].features.id)


def _drawn_forward(related: list[tuple[float, _Vector]]) -> list[tuple[float, _Vector]]:
    """The closest stories in the order of their likeness to the story and to the leaders among themselves."""
    leaders = [vector for score, vector in related[:LEADERS] if score >= LEADER_SHARE * related[0][0]]
    if len(leaders) < 2:
        return related
    centre = _centre(leaders)
    drawn = []
    for score, vector in related[:RANKED_AGAIN]:
        likeness, others = vector.pulled(centre), len(leaders)
        if vector in leaders:
            likeness, others = likeness - 1, others - 1
        drawn.append(((1 - LEADERS_COUNT) * score + LEADERS_COUNT * likeness / others, vector))
    return sorted(drawn, key=_order) + related[RANKED_AGAIN:]


def _centre(vectors: Sequence[_Vector]) -> dict[Key, float]:
    """The pull of all these stories together."""
    centre: dict[Key, float] = {}
    for vector in vectors:
        for term, pull in vector.pull.items():
            centre[term] = centre.get(term, 0.0) + pull
    return centre


def _without_parts(names: list[str]) -> list[str]:
    """The first names of a list, without those whose words stand in one before them."""
    kept: list[str] = []
    for name in names:
        if len(kept) == SHARED_SHOWN:
            break
        words = set(name.split())
        if not any(words <= set(other.split()) for other in kept):
            kept.append(name)
    return kept


def match_title(title: str, candidates: Mapping[Any, str]) -> object | None:
    """The id of the story whose headline is this title, give or take spelling; None when none or two are."""
    if not utils.default_process(title):
        return None
    found = process.extract(title, candidates, scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=2)
    best = [match for match in found if match[1] >= CLOSEST_TITLE]
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    matched: object = best[0][2]
    return matched
