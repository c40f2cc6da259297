"""A line of progress on a terminal, and nothing at all anywhere else."""

import os
import time
from collections.abc import Iterable, Iterator
from typing import IO, TextIO

SECONDS_BETWEEN = 0.2
WIDTH = 30


class Progress:
    """Counts stories; with a file as the source it also knows how far it is."""

    def __init__(self, terminal: TextIO, source: IO[bytes]) -> None:
        self.terminal = terminal
        self.is_shown = terminal.isatty()
        self.total = _size(source)
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
            self.terminal.write(f"\r{self._bar()}{self.stories} stories, {rate:.0f}/s ")
            self.terminal.flush()

    def clear(self) -> None:
        """Take the line away, so that a message can be written."""
        if self.is_shown:
            self.terminal.write("\r" + " " * (WIDTH + 40) + "\r")
            self.terminal.flush()

    def _bar(self) -> str:
        if not self.total:
            return ""
        done = min(self.read / self.total, 1.0)
        filled = int(done * WIDTH)
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done:4.0%}  "


def _size(source: IO[bytes]) -> int:
    """The size of a regular file in bytes, 0 for a pipe or a terminal."""
    try:
        return os.fstat(source.fileno()).st_size
    except OSError:
        return 0
