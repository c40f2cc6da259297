"""The command line of the engine, for `python -m articles.tagging` and for whoever has another gazetteer.

`run` takes everything from an argument list; `add_arguments` and `execute` serve a command that parses by
itself. Exit status: 0 all went well, 1 a line or the story could not be read.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import IO, TextIO

from articles.progress import Progress

from . import analyse
from .gazetteer.search import Gazetteer
from .output import as_line, as_record, as_text
from .reading.document import Document

CHUNK = 16
CHUNKS_WAITING = 4
# A story of 5 MB, the most that can be imported, with each of its signs written as an escape: \\u00e9.
LONGEST_LINE = 6 * 5 * 1024 * 1024
PIECE = 64 * 1024
NOT_UTF_8 = "not UTF-8 text: save it again with the encoding UTF-8"

Numbered = tuple[int, bytes]
# The line's number, the record's line, and what was wrong with it (one of the two is empty).
Outcome = tuple[int, bytes, str]
Chunk = list[Numbered]

_worker_gazetteer: Gazetteer


class BadLine(ValueError):
    """A line of input that is no story; the message says why."""


def run(gazetteer: Gazetteer, argv: Sequence[str] | None = None) -> int:
    """Parse the arguments and analyse what stands on the standard input."""
    parser = argparse.ArgumentParser(
        prog="python -m articles.tagging",
        description="Find countries, entities and quotations in a story from the standard input.",
    )
    add_arguments(parser)
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.load:
        parser.error("there is no database here to load into: use manage.py analyse --jsonl --load")
    try:
        return execute(
            gazetteer,
            is_jsonl=options.jsonl,
            jobs=options.jobs,
            source=sys.stdin.buffer,
            target=sys.stdout.buffer,
            errors=sys.stderr,
        )
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the engine to a parser."""
    parser.add_argument(
        "--jsonl", action="store_true", help='read {"id", "title"?, "text"} a line, write one analysis a line'
    )
    parser.add_argument("--jobs", type=_positive, default=1, metavar="N", help="analyse on N processor cores")


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"“{text[:20]}” is not a number of processor cores: give 1, 2, 3 or more")
    return number


def execute(
    gazetteer: Gazetteer, *, is_jsonl: bool, jobs: int, source: IO[bytes], target: IO[bytes], errors: TextIO
) -> int:
    """Analyse one story, or JSON lines as a stream; returns the exit status."""
    if not is_jsonl:
        return _one_story(gazetteer, source, target, errors)
    status = 0
    progress = Progress(errors, source)
    with _analyser(gazetteer, jobs) as outcomes:
        for number, line, fault in outcomes(progress.watch(numbered_lines(source))):
            if fault:
                progress.clear()
                errors.write(f"line {number}: {fault}\n")
                status = 1
            else:
                target.write(line)
            progress.advance()
    target.flush()
    progress.clear()
    return status


def _one_story(gazetteer: Gazetteer, source: IO[bytes], target: IO[bytes], errors: TextIO) -> int:
    try:
        text = source.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        errors.write(f"the story is {NOT_UTF_8}\n")
        return 1
    target.write(as_text(analyse(Document(text=text), gazetteer)).encode("utf-8", "replace"))
    target.flush()
    return 0


def _analyser(
    gazetteer: Gazetteer, jobs: int
) -> AbstractContextManager[Callable[[Iterable[Numbered]], Iterator[Outcome]]]:
    if jobs == 1:
        return nullcontext(lambda lines: (_analyse_line(gazetteer, *line) for line in lines))
    return _Workers(gazetteer, jobs)


def _analyse_line(gazetteer: Gazetteer, number: int, line: bytes) -> Outcome:
    try:
        identity, document = parse(line)
    except BadLine as error:
        return number, b"", str(error)
    return number, as_line(as_record(identity, analyse(document, gazetteer))), ""


def numbered_lines(source: IO[bytes]) -> Iterator[Numbered]:
    """The lines with their numbers; one that is too long is cut behind the limit, for `parse` to refuse."""
    return enumerate((line for line, _ in bounded_lines(source)), start=1)


def bounded_lines(source: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """The lines, each with its length in bytes; one that is too long is cut behind the limit, and never held whole."""
    while line := source.readline(LONGEST_LINE + 1):
        length, end = len(line), line
        while len(line) > LONGEST_LINE and end and not end.endswith(b"\n"):
            end = source.readline(PIECE)
            length += len(end)
        yield line, length


def parse(line: bytes) -> tuple[object, Document]:
    """The id and the document of one line. Raises BadLine when it is no story."""
    text = _decoded(line)
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise BadLine("not a JSON object")
    body, title = record.get("text"), record.get("title") or ""
    if "id" not in record:
        raise BadLine('"id" is missing')
    if not isinstance(body, str):
        raise BadLine('"text" is missing or not a string')
    if not isinstance(title, str):
        raise BadLine('"title" is not a string')
    return record["id"], Document(text=body, title=title)


def _decoded(line: bytes) -> str:
    """JSON never holds a zero byte; UTF-16 does, in every Latin letter."""
    if len(line) > LONGEST_LINE:
        raise BadLine(too_long())
    try:
        text = line.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        raise BadLine(NOT_UTF_8) from None
    if "\x00" in text:
        raise BadLine(NOT_UTF_8)
    return text


def too_long() -> str:
    return f"longer than {LONGEST_LINE // 1024 // 1024} MB, which no story is"


class _Workers:
    """A pool of processes that keeps the order and never holds more than a few chunks of lines."""

    def __init__(self, gazetteer: Gazetteer, jobs: int) -> None:
        self.jobs = jobs
        self.pool = multiprocessing.get_context("spawn").Pool(jobs, _start_worker, (gazetteer,))

    def __enter__(self) -> Callable[[Iterable[Numbered]], Iterator[Outcome]]:
        return self._outcomes

    def __exit__(self, *exception: object) -> None:
        self.pool.terminate()
        self.pool.join()

    def _outcomes(self, lines: Iterable[Numbered]) -> Iterator[Outcome]:
        chunks = _chunks(lines)
        first = islice(chunks, self.jobs * CHUNKS_WAITING)
        waiting = deque(self.pool.apply_async(_analyse_chunk, (chunk,)) for chunk in first)
        while waiting:
            yield from waiting.popleft().get()
            waiting.extend(self.pool.apply_async(_analyse_chunk, (chunk,)) for chunk in islice(chunks, 1))


def _chunks(lines: Iterable[Numbered]) -> Iterator[Chunk]:
    iterator = iter(lines)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _start_worker(gazetteer: Gazetteer) -> None:
    global _worker_gazetteer
    _worker_gazetteer = gazetteer


def _analyse_chunk(chunk: Chunk) -> list[Outcome]:
    return [_analyse_line(_worker_gazetteer, number, line) for number, line in chunk]
