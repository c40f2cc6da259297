"""Of several versions of one story in an archive, which one is to stand: the newest, in the place of the first.

A file is looked through before anything is imported, so that the choice is the file's alone: a run that was killed and
is started again chooses the same, and so does each share. The place is the story's first line: whatever stands between
that and the newest, and links to the story, finds it there. Kept are the id and the version of each story and where its
line begins, no text.

A line may say that the story may not be used: it is cancelled, or embargoed. Then none is imported, but for a version
that is newer than that beyond doubt. Later runs are told as well (`articles.archive.withheld`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from articles.archive.lines import Line
from articles.newsroom_clock import EARLIEST

# The parts of its number, and when it was made: none and the earliest moment where it does not say it.
Version = tuple[tuple[float, ...], datetime]
UNVERSIONED: Version = ((), EARLIEST)


class Found(NamedTuple):
    """What a line says of its story: the id, the version, and why it may not be used, empty where it may. From `until`
    on it may; None where no time makes it so."""

    identifier: str
    version: Version
    withheld: str = ""
    until: datetime | None = None


Reader = Callable[[bytes], Found | None]


class Taken(NamedTuple):
    """The line that is taken of a story: its number, the byte where it begins, and in which line's place it comes."""

    version: Version
    number: int
    begins_at: int
    place: int


class Withheld(NamedTuple):
    """A line that says that its story may not be used, and why."""

    version: Version
    number: int
    reason: str


@dataclass(slots=True)
class Versions:
    """`read` tells what a line says of its story, None of a line that names none. Of a pipe, which cannot be looked
    through before, the first line is taken of each story, in its own place."""

    read: Reader
    is_pipe: bool = False
    # What a person has said to withhold nothing, by id, version and end.
    lifted: Collection[tuple[str, Version, datetime | None]] = ()
    _taken: dict[str, Taken] = field(default_factory=dict)
    # Few, as are the next: by the id of the story.
    _withheld: dict[str, list[Withheld]] = field(default_factory=dict)
    _unremembered: list[Found] = field(default_factory=list)
    # Of each line that may not be imported in its own place, its id and version.
    _others: dict[int, tuple[str, Version]] = field(default_factory=dict)

    def watch(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Pass the lines on, and take of each story the newest so far; of equal versions the first."""
        for line in lines:
            if (found := self.read(line.text)) is not None:
                if found.withheld:
                    self._withhold(found, line)
                else:
                    self._weigh(found, line)
            yield line

    def newly_withheld(self) -> list[Found]:
        """What withholds a story among the lines read since this was asked last."""
        found, self._unremembered = self._unremembered, []
        return found

    def _withhold(self, found: Found, line: Line) -> None:
        if (found.identifier, found.version, found.until) in self.lifted:
            return
        self._unremembered.append(found)
        held = self._withheld.setdefault(found.identifier, [])
        held.append(Withheld(found.version, line.number, found.withheld))
        self._others[line.number] = found.identifier, found.version
        if (taken := self._taken.get(found.identifier)) is not None:
            self._others[taken.number] = found.identifier, taken.version

    def _weigh(self, found: Found, line: Line) -> None:
        identifier, own = found.identifier, Taken(found.version, line.number, line.begins_at, place=line.number)
        before = self._taken.get(identifier)
        held = self._withheld.get(identifier)
        if before is not None or held:
            self._others[own.number] = identifier, own.version
        if before is None:
            self._taken[identifier] = own._replace(place=held[0].number) if held and not self.is_pipe else own
        elif own.version > before.version and not self.is_pipe:
            self._others[before.number] = identifier, before.version
            self._taken[identifier] = own._replace(place=before.place)

    def withheld_by(self, number: int) -> Withheld | None:
        """The line that says that the story of this one may not be used."""
        found = self._others.get(number)
        return self._standing(found[0]) if found else None

    def taken_for(self, number: int) -> Taken | None:
        """The line that is taken of the story of this one; None where it is this one, in its own place."""
        found = self._others.get(number)
        return self._taken[found[0]] if found else None

    def is_older(self, number: int) -> bool:
        """Whether the line that is taken in place of this one has a newer version, not the same once more."""
        identifier, version = self._others[number]
        if any(line.number == number for line in self._withheld.get(identifier, ())):
            return True
        return not self.is_pipe and version < self._taken[identifier].version

    def withheld(self) -> dict[str, Withheld]:
        """By their ids, the stories that may not be used, as far as the lines were read."""
        return {identifier: line for identifier in self._withheld if (line := self._standing(identifier)) is not None}

    def _standing(self, identifier: str) -> Withheld | None:
        taken = self._taken.get(identifier)
        standing = [
            line
            for line in self._withheld.get(identifier, ())
            if taken is None or not is_surely_newer(taken.version, line.version)
        ]
        return max(standing, key=lambda line: (line.version, line.number), default=None)


def is_surely_newer(version: Version, than: Version) -> bool:
    """By their numbers; by their times where these are equal, or one of them has none. False where neither tells."""
    (numbers, at), (others, then) = version, than
    if numbers and others and numbers != others:
        return numbers > others
    return EARLIEST < then < at
