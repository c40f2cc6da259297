"""What takes its time says where it is: a line drawn anew on a terminal, a plain line now and then in a log."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TextIO

# Seconds between two drawings on a terminal, two lines in a log, two remarks.
DRAWN_EVERY = 0.2
WRITTEN_EVERY = 10
REMARKED_EVERY = 3
WIDTH = 30


class Pace:
    """Whether so many seconds have passed since the last time, or since the beginning."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.last = time.monotonic()

    def is_due(self) -> bool:
        now = time.monotonic()
        if now - self.last < self.seconds:
            return False
        self.last = now
        return True


class Remarks:
    """Passes on at most one line in a few seconds; the first only once the work takes its time."""

    def __init__(self, say: Callable[[str], None], *, seconds: float = REMARKED_EVERY) -> None:
        self._say, self._pace = say, Pace(seconds)

    def __call__(self, line: str) -> None:
        if self._pace.is_due():
            self._say(f"  {line} …")


class Progress:
    """Counts what is done; with a file as the source, or the number of them, it also knows how far it is."""

    def __init__(
        self, output: TextIO, source: IO[bytes] | None = None, *, expected: int = 0, what: str = "stories"
    ) -> None:
        self.output = output
        self.is_drawn = output.isatty()
        self.pace = Pace(DRAWN_EVERY if self.is_drawn else WRITTEN_EVERY)
        self.expected = expected
        self.what = what
        self.total = _size(source) if source is not None else 0
        self.read = 0
        self.done = 0
        self.width = 0
        self.started_at = time.monotonic()

    def watch(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Pass the lines on and count their bytes."""
        for number, line in lines:
            self.read += len(line)
            yield number, line

    def advance(self, place: str = "") -> None:
        """One more; `place` says from where one could go on."""
        self.done += 1
        # On a terminal the first is shown at once.
        if self.pace.is_due() or (self.is_drawn and self.done == 1):
            self._show(f"{self._part()}{self._count()}{place and f', {place}'}")

    def clear(self) -> None:
        """Take the line away, so that a message can be written."""
        if self.is_drawn:
            self.output.write("\r" + " " * self.width + "\r")
            self.output.flush()

    def _show(self, line: str) -> None:
        if self.is_drawn:
            self.width = max(self.width, len(line))
            self.output.write(f"\r{line.ljust(self.width)}")
        else:
            self.output.write(f"{line}\n")
        self.output.flush()

    def _part(self) -> str:
        """With a bar on a terminal; empty where nobody knows the whole."""
        part = self._part_done()
        if part is None:
            return ""
        if not self.is_drawn:
            return f"{part:.0%}  "
        filled = int(part * WIDTH)
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {part:4.0%}  "

    def _count(self) -> str:
        rate = self.done / max(time.monotonic() - self.started_at, 0.001)
        of_all = f" of {self.expected}" if self.expected else ""
        return f"{self.done}{of_all} {self.what}, {rate:.0f}/s"

    def _part_done(self) -> float | None:
        if self.expected:
            return min(self.done / self.expected, 1.0)
        return min(self.read / self.total, 1.0) if self.total else None


def _size(source: IO[bytes]) -> int:
    """The size of a regular file in bytes, 0 for a pipe or a terminal."""
    try:
        return os.fstat(source.fileno()).st_size
    except OSError:
        return 0
