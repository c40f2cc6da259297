"""The lines of an archive, each with its number and its place; one that is too long for a story is never held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from articles.tagging import command


class Line(NamedTuple):
    """`begins_at` is its first byte in the file, and means nothing in a pipe. `text` is empty where it is too long."""

    number: int
    begins_at: int
    length: int
    text: bytes

    @property
    def is_too_long(self) -> bool:
        return self.length > command.LONGEST_LINE

    @property
    def is_blank(self) -> bool:
        return not self.is_too_long and not self.text.strip()


def lines_of(file: IO[bytes]) -> Iterator[Line]:
    """From where the file is on, which need not be its beginning."""
    begins_at = file.tell() if file.seekable() else 0
    for number, (text, length) in enumerate(command.bounded_lines(file), start=1):
        yield Line(number, begins_at, length, text if length <= command.LONGEST_LINE else b"")
        begins_at += length


def line_at(file: IO[bytes], begins_at: int) -> bytes:
    """The line that begins at this byte. The file is left where it is."""
    here = file.tell()
    file.seek(begins_at)
    line = file.readline(command.LONGEST_LINE + 1)
    file.seek(here)
    return line


def batches(lines: Iterable[Line], *, size: int) -> Iterator[list[Line]]:
    """So many lines each, fewer where they are long, so that memory has a bound. Blank ones count, and are left out."""
    batch: list[Line] = []
    count = held = 0
    for line in lines:
        count, held = count + 1, held + len(line.text)
        if not line.is_blank:
            batch.append(line)
        if count >= size or held >= command.LONGEST_LINE:
            yield batch
            batch, count, held = [], 0, 0
    if count:
        yield batch
