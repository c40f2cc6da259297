"""One naming of a thing in a text, whoever found it, and which of two that overlap is kept."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

from ..gazetteer.entries import Entry


# Not frozen: a story has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class Naming:
    """A stretch of text that names a thing, and why it is taken for what it is.

    `name` is the name of the thing where the stretch says more or less than it ("Vostok" for "Vostok-2025");
    `entry` the gazetteer's, where it has one; `is_sure` says that the naming alone proves it. `rank` decides
    between namings of the same length, the smaller first; `group` holds a person's namings together by surname.
    """

    start: int
    end: int
    text: str
    kind: str
    category: str
    reason: str
    name: str = ""
    country: str | None = None
    entry: Entry | None = None
    is_sure: bool = False
    form: str = "name"
    group: str = ""
    rank: int = 5

    @property
    def key(self) -> str:
        """The same for all namings of one thing."""
        if self.entry is not None:
            return self.entry.id
        return f"{self.kind}:{self.group or (self.name or self.text).lower()}"


class Taken:
    """The stretches of one text that are named already; stretches never overlap."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: dict[int, int] = {}

    def is_free(self, start: int, end: int) -> bool:
        """Does nothing taken touch the stretch?"""
        index = bisect_left(self._starts, end) - 1
        return index < 0 or self._ends[self._starts[index]] <= start

    def add(self, start: int, end: int) -> None:
        """Take a free stretch."""
        insort(self._starts, start)
        self._ends[start] = end


def longest(namings: Iterable[Naming], taken: Taken) -> list[Naming]:
    """The namings without those that a longer one overlaps, in order; what is kept is taken."""
    kept = []
    for naming in sorted(namings, key=lambda found: (found.start - found.end, found.rank, found.start)):
        if taken.is_free(naming.start, naming.end):
            taken.add(naming.start, naming.end)
            kept.append(naming)
    return sorted(kept, key=lambda found: found.start)
