"""Of several versions of one story in an archive, which one is to stand: the newest, in the place of the first.

A file is looked through before anything is imported, so that the choice is the file's alone: a run that was killed and
is started again chooses the same, and so does each share. The place is the story's first line: whatever stands between
that and the newest, and links to the story, finds it there. Kept are the id and the version of each story and where its
line begins, no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

# The parts of its number, and when it was made.
Version = tuple[tuple[int, ...], datetime]
Reader = Callable[[bytes], tuple[str, Version] | None]
# What all versions are in a pipe, which cannot be looked through before: then the first is taken.
UNKNOWN: Version = (), datetime.min


class Taken(NamedTuple):
    """The line that is taken of a story: its number, the byte where it begins, and in which line's place it comes."""

    version: Version
    number: int
    begins_at: int
    place: int


@dataclass(slots=True)
class Versions:
    """`read` tells the id and the version of a line, None of a line that has neither."""

    read: Reader
    _taken: dict[str, Taken] = field(default_factory=dict)
    # Few: of each line that is not imported in its own place, its id and version.
    _others: dict[int, tuple[str, Version]] = field(default_factory=dict)

    def watch(self, lines: Iterable[tuple[int, bytes]], *, begins_at: int = 0) -> Iterator[tuple[int, bytes]]:
        """Pass the lines on, the first of which begins at that byte, and take of each story the newest so far; of equal
        versions the first."""
        for number, line in lines:
            if (found := self.read(line)) is not None:
                identifier, version = found
                self._weigh(identifier, Taken(version, number, begins_at, place=number))
            begins_at += len(line)
            yield number, line

    def _weigh(self, identifier: str, line: Taken) -> None:
        before = self._taken.get(identifier)
        if before is None:
            self._taken[identifier] = line
            return
        self._others[line.number] = identifier, line.version
        if line.version > before.version:
            self._others[before.number] = identifier, before.version
            self._taken[identifier] = line._replace(place=before.place)

    @classmethod
    def of_pipe(cls, read: Reader) -> Versions:
        return cls(lambda line: (found[0], UNKNOWN) if (found := read(line)) else None)

    def taken_for(self, number: int) -> Taken | None:
        """The line that is taken of the story of this one; None where it is this one, in its own place."""
        found = self._others.get(number)
        return self._taken[found[0]] if found else None

    def is_older(self, number: int) -> bool:
        """Whether the line that is taken in place of this one has a newer version, not the same once more."""
        identifier, version = self._others[number]
        return version < self._taken[identifier].version
