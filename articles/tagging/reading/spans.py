"""Finds the stretches between quotation marks ("pieces") in running text.

Takes: “Indeed,” he said. “The aim is 'peace'.” gives two pieces, the inner single marks staying inside the
second. Leaves out: whether a piece is a quotation at all (quotes.py), and apostrophes (the ministry's, '90s,
voters' choice).

Straight, curly, doubled typewriter and single marks, guillemets and low marks are read; a mark is opened or
closed by what stands around it and by what is open already, never by counting from the top of the text, so
that one lost mark spoils at most its own paragraph. Time is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENERS = frozenset("“„‟«‹‘‚")
DOUBLE_CLOSERS = frozenset("”»")
SINGLES = frozenset("‘’‚‛'`‹›")
BEFORE_OPENING = frozenset("([{—–-/‘'“\"…")

# Takes: “ ” " '' ‘ ; refuses: the prime of 5′ and letters.
MARK = re.compile(r"''|``|[\"“”„‟«»‘’‚‛'`‹›]")
# Takes: <tweet id="7">; refuses: "a < b".
MARKUP = re.compile(r"<[A-Za-z/!][^<>\n]*>")
# Takes: 'em, '90s, 'til after the mark; refuses: 'empire.
ELISION = re.compile(r"(?:em|til|tis|twas|cause|round|bout|n|cuz|\d\ds?)(?!\w)", re.IGNORECASE)
LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"\w")
LOOKAHEAD = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two marks of one paragraph.

    `outer` spans the marks, `start:end` the words between them. `chain` numbers a quotation that runs over
    several paragraphs, each opened anew and only the last one closed. `is_single` tells ‘single’ from
    “double” marks.
    """

    outer_start: int
    outer_end: int
    start: int
    end: int
    is_single: bool
    is_closed: bool
    chain: int


@dataclass(slots=True)
class Open:
    """A mark that waits for its partner."""

    position: int
    width: int
    is_single: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks that belong together; `end` lies behind the closing one."""

    start: int
    opening: int
    end: int
    closing: int
    is_single: bool
    is_closed: bool = True


def scan(text: str) -> list[Piece]:
    """All outermost pieces of the text, in order."""
    masked = MARKUP.sub(lambda tag: " " * len(tag.group()), text)
    lines = [(line.start(), line.end()) for line in LINE.finditer(masked) if not line.group().isspace()]
    pieces: list[Piece] = []
    chain = 0
    is_running = False
    for number, (start, end) in enumerate(lines):
        first = start + len(masked[start:end]) - len(masked[start:end].lstrip())
        following = lines[number + 1] if number + 1 < len(lines) else None
        pairs = _outermost(_pairs(masked, start, end, first, following))
        for index, pair in enumerate(pairs):
            continues = is_running and index == 0 and pair.start == first
            chain += 0 if continues else 1
            pieces.extend(_piece(masked, pair, chain))
        is_running = bool(pairs) and not pairs[-1].is_closed
    return pieces


def _piece(text: str, pair: Pair, chain: int) -> Iterator[Piece]:
    start, end = pair.start + pair.opening, pair.end - pair.closing
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if WORD.search(text, start, end):
        yield Piece(pair.start, pair.end, start, end, pair.is_single, pair.is_closed, chain)


def _outermost(pairs: list[Pair]) -> list[Pair]:
    kept: list[Pair] = []
    for pair in sorted(pairs, key=lambda pair: (pair.start, -pair.end)):
        if not kept or pair.start >= kept[-1].end:
            kept.append(pair)
    return kept


def _pairs(text: str, start: int, end: int, first: int, following: tuple[int, int] | None) -> list[Pair]:
    """The closed pairs of one paragraph, and the stretch behind a double mark that is never closed."""
    marks = [(mark.start(), mark.end() - mark.start()) for mark in MARK.finditer(text, start, end)]
    reader = ParagraphReader(text, start, end, marks)
    for index in range(len(marks)):
        reader.read(index)
    unclosed = next((mark for mark in reader.stack if not mark.is_single), None)
    if unclosed is None and reader.stack and reader.stack[0].position == first and _opens_with_mark(text, following):
        unclosed = reader.stack[0]
    if unclosed is not None:
        reader.pairs.append(
            Pair(
                unclosed.position,
                unclosed.width,
                end,
                0,
                unclosed.is_single,
                is_closed=False,
            )
        )
    return reader.pairs


def _opens_with_mark(text: str, line: tuple[int, int] | None) -> bool:
    return line is not None and text[line[0] : line[1]].lstrip()[:1] in OPENERS | {
        "'",
        '"',
    }


class ParagraphReader:
    """Pairs the marks of one paragraph with a stack of those that are open."""

    def __init__(self, text: str, start: int, end: int, marks: list[tuple[int, int]]) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.marks = marks
        self.stack: list[Open] = []
        self.pairs: list[Pair] = []
        self.doubles_open = 0

    def read(self, index: int) -> None:
        """Take the next mark: open a piece, close one, or pass over an apostrophe."""
        position, width = self.marks[index]
        mark = self.text[position]
        before, after = self._around(position, width)
        if width == 1 and mark in SINGLES:
            self._read_single(index, mark, before, after)
        else:
            self._read_double(position, width, before, after)

    def _around(self, position: int, width: int) -> tuple[str, str]:
        before = self.text[position - 1] if position > self.start else ""
        behind = position + width
        return before, self.text[behind] if behind < self.end else ""

    def _read_double(self, position: int, width: int, before: str, after: str) -> None:
        mark = self.text[position]
        has_room = not before or before.isspace() or before in BEFORE_OPENING
        faces_word = bool(after) and not after.isspace()
        if mark in OPENERS:
            if self.doubles_open and not has_room and not _is_word(after):
                self._close(position, width, is_single=False)
            else:
                self._open(position, width)
        elif mark in DOUBLE_CLOSERS:
            if self.doubles_open:
                self._close(position, width, is_single=False)
            elif has_room and _is_word(after):
                self._open(position, width)
        elif not self.doubles_open:
            if faces_word and (has_room or not _is_word(before)):
                self._open(position, width)
        elif before.isspace() and faces_word and after not in ".,;:!?":
            # A straight mark between a space and a word opens: the piece before it has lost its closer.
            self._abandon()
            self._open(position, width)
        else:
            self._close(position, width, is_single=False)

    def _read_single(self, index: int, mark: str, before: str, after: str) -> None:
        position, _ = self.marks[index]
        is_inside_word = _is_word(before) and _is_word(after)
        if mark in OPENERS and not _is_word(before) and not ELISION.match(self.text, position + 1):
            self.stack.append(Open(position, 1, is_single=True))
        elif is_inside_word or (mark in OPENERS and not self._has_single()):
            return
        elif self._has_single() and not before.isspace():
            if not self._is_plural_possessive(index, before, after):
                self._close(position, 1, is_single=True)
        elif mark in "'`" and self._may_open_single(index, before, after):
            self.stack.append(Open(position, 1, is_single=True))

    def _has_single(self) -> bool:
        return any(mark.is_single for mark in self.stack[-4:])

    def _may_open_single(self, index: int, before: str, after: str) -> bool:
        """A straight single mark opens only where a later one could close it."""
        position, _ = self.marks[index]
        has_room = not before or before.isspace() or before in BEFORE_OPENING
        if not has_room or not after or after.isspace() or ELISION.match(self.text, position + 1):
            return False
        return any(self._may_close_single(later) for later in range(index + 1, self._horizon(index)))

    def _is_plural_possessive(self, index: int, before: str, after: str) -> bool:
        """The mark of "voters' choice": after an s, before a space, with a better closer still to come."""
        if before not in "sS" or after != " ":
            return False
        for later in range(index + 1, self._horizon(index)):
            mark = self.text[self.marks[later][0]]
            if mark not in "'’":
                return False
            if self._may_close_single(later):
                return True
        return False

    def _may_close_single(self, index: int) -> bool:
        position, width = self.marks[index]
        before, after = self._around(position, width)
        return (
            width == 1
            and self.text[position] in "'’`"
            and bool(before)
            and not before.isspace()
            and not _is_word(after)
        )

    def _horizon(self, index: int) -> int:
        return min(len(self.marks), index + 1 + LOOKAHEAD)

    def _open(self, position: int, width: int) -> None:
        self.stack.append(Open(position, width, is_single=False))
        self.doubles_open += 1

    def _close(self, position: int, width: int, *, is_single: bool) -> None:
        while self.stack:
            opened = self.stack.pop()
            self.doubles_open -= 0 if opened.is_single else 1
            if opened.is_single == is_single:
                self.pairs.append(
                    Pair(
                        opened.position,
                        opened.width,
                        position + width,
                        width,
                        is_single,
                    )
                )
                return

    def _abandon(self) -> None:
        self.stack.clear()
        self.doubles_open = 0


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
