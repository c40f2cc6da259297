"""Keeps people of one surname apart, and says which of them a surname alone names.

Takes: “Anna Kask” and “Mart Kask” as two, “J. Kask” and “Jim Kask” as one; “Mrs Kask” as Anna, “Kask” as whoever
was named last. Leaves out: two people with the same surname and given name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from ..vocabulary.lexicon import words
from ..vocabulary.short_names import is_same_given

LINKS = words("Abu Umm Ibn Bin Bint Al El Van Von De Da Di")
MOST_NAMESAKES = 16


@dataclass(slots=True)
class Cluster:
    """One person: the fullest name, the gazetteer's id, "he" or "she" where known, roles, and namings' starts.

    `given` holds the given names as first told, and is empty where only the surname is known.
    """

    name: str
    id: str | None
    pronoun: str
    family: str = ""
    given: tuple[str, ...] = ()
    is_family_first: bool = False
    titles: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)


class Namesakes:
    """Clusters by the words of their names; under each word the one named last stands last."""

    def __init__(self) -> None:
        self._by_word: dict[str, dict[int, Cluster]] = {}

    def note(self, cluster: Cluster, names: Iterable[str]) -> None:
        """The person is named here, and may be called by these words."""
        for name in names:
            latest = self._by_word.setdefault(name.lower(), {})
            latest.pop(id(cluster), None)
            latest[id(cluster)] = cluster

    def latest(self, name: str) -> Iterator[Cluster]:
        """Those called by the word, the one named last first."""
        return islice(reversed(self._by_word.get(name.lower(), {}).values()), MOST_NAMESAKES)

    def with_given(self, family: str, given: tuple[str, ...], pronoun: str, *, is_first: bool) -> Cluster | None:
        """The one of the family whose given names can be these, else one known by the surname alone."""
        known = list(self.latest(family))
        for cluster in known:
            if cluster.given and is_same_person(cluster.given, given, is_family_first=is_first):
                return cluster
        return next((cluster for cluster in known if not cluster.given and agrees(cluster, pronoun)), None)


def bearer(candidates: Iterable[Cluster], pronoun: str, titles: Iterable[str]) -> Cluster | None:
    """Whom a surname alone names: of those whom "he" or "she" fits, the one with the titles, else the first."""
    told = set(titles)
    fitting = [cluster for cluster in candidates if agrees(cluster, pronoun)]
    return max(fitting, key=lambda cluster: len(told & cluster.titles), default=None)


def agrees(cluster: Cluster, pronoun: str) -> bool:
    """Does "he" or "she" fit the person, as far as both are known?"""
    return not pronoun or not cluster.pronoun or cluster.pronoun == pronoun


def is_same_person(one: tuple[str, ...], other: tuple[str, ...], *, is_family_first: bool) -> bool:
    """Can two sets of given names be one person's? Of "Kim Jong Un" both words count, of "Mark A. Milley" one."""
    if is_family_first:
        length = min(len(one), len(other))
        return [name.lower() for name in one[:length]] == [name.lower() for name in other[:length]]
    shared = {name for name in one if _tells(name)} & {name for name in other if _tells(name)}
    return bool(shared) or is_same_given(one[0], other[0])


def given_of(name: str, family: str) -> tuple[tuple[str, ...], bool]:
    """The given names of a full name, and whether the family's stands first: "Kim Jong-un"."""
    parts = name.split()
    if len(parts) < 2 or family not in parts:
        return (), False
    if parts[0] == family:
        return tuple(name.replace("-", " ").split()[family.count("-") + 1 :]), True
    return tuple(parts[: parts.index(family)]), False


def _tells(name: str) -> bool:
    return len(name.rstrip(".")) > 1 and name[0].isupper() and name not in LINKS
