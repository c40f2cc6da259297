"""A line of progress on a terminal, and nothing at all anywhere else."""

import os
import time
from collections.abc import Iterable, Iterator
from typing import IO, TextIO

SECONDS_BETWEEN = 0.2
WIDTH = 30


class Progress:
    """Counts stories; with a file as the source, or the number of them, it also knows how far it is."""

    def __init__(self, terminal: TextIO, source: IO[bytes] | None = None, *, stories: int = 0) -> None:
        self.terminal = terminal
        self.is_shown = terminal.isatty()
        self.expected = stories
        self.total = _size(source) if source is not None else 0
        self.read = 0
        self.stories = 0
        self.started_at = time.monotonic()
        self.shown_at = 0.0

    def watch(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Pass the lines on and count their bytes."""
        for number, line in lines:
            self.read += len(line)
            yield number, line

    def advance(self) -> None:
        """One story more."""
        self.stories += 1
        now = time.monotonic()
        if self.is_shown and now - self.shown_at >= SECONDS_BETWEEN:
            self.shown_at = now
            rate = self.stories / max(now - self.started_at, 0.001)
            self.terminal.write(f"\r{self._bar()}{self._count()} stories, {rate:.0f}/s ")
            self.terminal.flush()

    def clear(self) -> None:
        """Take the line away, so that a message can be written."""
        if self.is_shown:
            self.terminal.write("\r" + " " * (WIDTH + 40) + "\r")
            self.terminal.flush()

    def _bar(self) -> str:
        done = self._done()
        if done is None:
            return ""
        filled = int(done * WIDTH)
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done:4.0%}  "

    def _count(self) -> str:
        return f"{self.stories} of {self.expected}" if self.expected else str(self.stories)

    def _done(self) -> float | None:
        """The part that is done, None where nobody knows the whole."""
        if self.expected:
            return min(self.stories / self.expected, 1.0)
        return min(self.read / self.total, 1.0) if self.total else None


def _size(source: IO[bytes]) -> int:
    """The size of a regular file in bytes, 0 for a pipe or a terminal."""
    try:
        return os.fstat(source.fileno()).st_size
    except OSError:
        return 0
