"""Of several versions of one story in an archive, which one is to stand: the newest.

A file is looked through before anything is imported, so that the choice is the file's alone: a run that was killed and
is started again chooses the same. Kept are the id and the version of each story, no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

# The parts of its number, and when it was made.
Version = tuple[tuple[int, ...], datetime]
Reader = Callable[[bytes], tuple[str, Version] | None]
# What all versions are in a pipe, which cannot be looked through before: then the first is taken.
UNKNOWN: Version = (), datetime.min


@dataclass(slots=True)
class Versions:
    """`read` tells the id and the version of a line, None of a line that has neither."""

    read: Reader
    _taken: dict[str, tuple[Version, int]] = field(default_factory=dict)
    # Few: of each line that is not taken, its id and version.
    _others: dict[int, tuple[str, Version]] = field(default_factory=dict)

    def watch(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Pass the lines on, and take of each story the newest so far; of equal versions the first."""
        for number, line in lines:
            if (found := self.read(line)) is not None:
                self._weigh(number, *found)
            yield number, line

    def _weigh(self, number: int, identifier: str, version: Version) -> None:
        before = self._taken.get(identifier)
        if before is not None and version <= before[0]:
            self._others[number] = identifier, version
            return
        if before is not None:
            self._others[before[1]] = identifier, before[0]
        self._taken[identifier] = version, number

    @classmethod
    def of_pipe(cls, read: Reader) -> Versions:
        return cls(lambda line: (found[0], UNKNOWN) if (found := read(line)) else None)

    def taken_for(self, number: int) -> int | None:
        """The line that is taken in place of this one, if it is another."""
        found = self._others.get(number)
        return self._taken[found[0]][1] if found else None

    def is_older(self, number: int) -> bool:
        """Whether the line that is taken in place of this one has a newer version, not the same once more."""
        identifier, version = self._others[number]
        return version < self._taken[identifier][0]
