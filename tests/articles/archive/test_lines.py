from __future__ import annotations

import io
import tracemalloc

import pytest

from articles.archive.lines import Line, batches, line_at, lines_of
from articles.tagging import command


@pytest.fixture
def short(monkeypatch):
    """No line may be longer than ten bytes; what is longer is passed over in pieces of four."""
    monkeypatch.setattr(command, "LONGEST_LINE", 10)
    monkeypatch.setattr(command, "PIECE", 4)


def test_lines_know_where_they_begin(short):
    file = io.BytesIO("é\n\nlast".encode())

    assert list(lines_of(file)) == [Line(1, 0, 3, "é\n".encode()), Line(2, 3, 1, b"\n"), Line(3, 4, 4, b"last")]


@pytest.mark.parametrize("size", [11, 12, 15, 40])
def test_behind_a_line_that_is_too_long_the_next_is_in_its_place(short, size):
    file = io.BytesIO(b"one\n" + b"x" * size + b"\ntwo\n")

    one, long, two = lines_of(file)

    assert (long.number, long.length, long.text, long.is_too_long, long.is_blank) == (2, size + 1, b"", True, False)
    assert (one.is_too_long, two.is_too_long) == (False, False)
    assert (two.number, two.text, line_at(file, two.begins_at)) == (3, b"two\n", b"two\n")


def test_the_longest_line_is_whole(short):
    (line,) = lines_of(io.BytesIO(b"x" * 9 + b"\n"))

    assert (line.text, line.is_too_long) == (b"x" * 9 + b"\n", False)


def test_a_file_is_begun_where_it_is(short):
    file = io.BytesIO(b"before\none\ntwo\n")
    file.readline()

    lines = list(lines_of(file))

    assert [(line.number, line_at(file, line.begins_at)) for line in lines] == [(1, b"one\n"), (2, b"two\n")]


def test_to_look_a_line_up_leaves_the_file_where_it_is():
    file = io.BytesIO(b"one\ntwo\nthree\n")
    found = lines_of(file)
    first, second = next(found), next(found)

    assert line_at(file, first.begins_at) == b"one\n"
    assert (next(found).text, line_at(file, second.begins_at)) == (b"three\n", b"two\n")


def test_a_line_that_is_too_long_is_never_held_whole(monkeypatch):
    monkeypatch.setattr(command, "LONGEST_LINE", 100_000)

    class Endless(io.RawIOBase):
        left = 20_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            count = min(len(buffer), self.left)
            self.left -= count
            buffer[:count] = b"x" * count
            return count

    tracemalloc.start()
    (line,) = lines_of(io.BufferedReader(Endless()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (line.length, line.text) == (20_000_000, b"")
    assert peak < 2_000_000


def test_batches_are_of_so_many_lines_blank_ones_among_them():
    lines = list(lines_of(io.BytesIO(b"1\n\n3\n4\n5\n")))

    found = [[line.number for line in batch] for batch in batches(lines, size=2)]

    assert found == [[1], [3, 4], [5]]


def test_batches_are_small_where_lines_are_long(short):
    lines = list(lines_of(io.BytesIO(b"seven..\nseven..\nseven..\n" + b"x" * 99 + b"\n1\n")))

    found = [[line.number for line in batch] for batch in batches(lines, size=100)]

    assert found == [[1, 2], [3, 4, 5]]
