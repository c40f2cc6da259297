"""Reads the labelled stories. `python -m tests.corpus` checks them and counts what they hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STORIES = Path(__file__).parent / "stories"
KINDS = frozenset(re.findall(r"\S+", "person organisation unit equipment exercise operation programme place"))
CATEGORIES = frozenset(
    re.findall(
        r"\S+",
        "ministry force alliance agency company group party institution"
        " aircraft fighter bomber helicopter drone missile air-defence tank vehicle artillery small-arms ship submarine"
        " torpedo munition radar satellite electronic-warfare other",
    )
)
REFUSALS = frozenset(("title", "name", "scare quote", "term"))
# Takes: [F-16s|equipment:aircraft =F-16], [Beijing|CN]; refuses: [sic].
LABEL = re.compile(r"\[(?P<words>[^\[\]|\n]+)\|(?P<label>[^\[\]|\n]+)\]")
CODE = re.compile(r"[A-Z]{2}")
MARKS = "\"“”„«»‘’'`‚‹›"
EDGE = MARKS + ".,;:!?…—–- \t\u00a0()[]"
ELLIPSIS = " … "


class BadStory(ValueError):
    """A labelled story that breaks the format; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open, in code points of the story's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A naming of a thing or a country; `kind` is empty for a country alone, `code` where none is brought."""

    span: Span
    words: str
    kind: str
    category: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between quotation marks; `refused` says what it is where it is no quotation."""

    span: Span
    words: str
    refused: str
    speaker: Span | None
    cue: Span | None
    resolved: str


@dataclass(frozen=True, slots=True)
class LabelledStory:
    """A story with its labels; `text` is plain, a paragraph a line."""

    id: str
    title: str
    shape: str
    traps: str
    primary: tuple[str, ...]
    text: str
    named: tuple[Named, ...]
    pieces: tuple[Piece, ...]


@cache
def stories() -> tuple[LabelledStory, ...]:
    """All labelled stories, in order of their file names. Raises BadStory."""
    return tuple(read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(STORIES.glob("*.txt")))


def read(identity: str, source: str) -> LabelledStory:
    """One story from the text of its file. Raises BadStory."""
    try:
        head, body, quotes = re.split(r"^== (?:text|quotes)\n", source, flags=re.MULTILINE)
    except ValueError:
        raise BadStory(f"{identity}: wants one '== text' and one '== quotes'") from None
    header = dict(_header(identity, head))
    text, named = _unmark(identity, body.strip("\n"))
    pieces = tuple(_pieces(identity, text, quotes))
    primary = tuple(code for code in header["primary"].split() if code != "-")
    return LabelledStory(
        identity, header["title"], header["shape"], header.get("traps", ""), primary, text, named, pieces
    )


def _header(identity: str, head: str) -> Iterator[tuple[str, str]]:
    found = set()
    for line in head.strip().splitlines():
        key, mark, value = line.partition(":")
        if not mark or key not in ("title", "shape", "traps", "primary"):
            raise BadStory(f"{identity}: unknown header line {line!r}")
        found.add(key)
        yield key, value.strip()
    if missing := {"title", "shape", "primary"} - found:
        raise BadStory(f"{identity}: header lacks {sorted(missing)}")


def _unmark(identity: str, body: str) -> tuple[str, tuple[Named, ...]]:
    """The plain text and the namings that were marked in it."""
    plain: list[str] = []
    named = []
    length = position = 0
    for match in LABEL.finditer(body):
        before = body[position : match.start()]
        words = match["words"]
        plain += [before, words]
        start = length + len(before)
        length = start + len(words)
        named.append(_named(identity, Span(start, length), words, match["label"]))
        position = match.end()
    plain.append(body[position:])
    text = "".join(plain)
    if stray := re.search(r"\||\[(?!sic\]|\w+\])", text):
        raise BadStory(f"{identity}: a label that cannot be read near {text[max(0, stray.start() - 30) :][:60]!r}")
    return text, tuple(named)


def _named(identity: str, span: Span, words: str, label: str) -> Named:
    what, _, name = label.partition("=")
    kind = category = code = ""
    for part in what.split():
        if CODE.fullmatch(part):
            code = part
        else:
            kind, _, category = part.partition(":")
    if (kind and kind not in KINDS) or (category and category not in CATEGORIES) or not (kind or code):
        raise BadStory(f"{identity}: unknown label {label!r} of {words!r}")
    return Named(span, words, kind, category, code, name.strip() or words)


def _pieces(identity: str, text: str, quotes: str) -> Iterator[Piece]:
    spans: list[tuple[Span, list[str]]] = []
    position = 0
    for line in quotes.strip().splitlines():
        fields = [field.strip() for field in line.split("|")]
        if (fields[0], len(fields)) not in (("q", 5), ("x", 3)):
            raise BadStory(f"{identity}: not a quote line: {line!r}")
        if fields[0] == "x" and fields[2] not in REFUSALS:
            raise BadStory(f"{identity}: {fields[2]!r} is not one of {sorted(REFUSALS)}")
        span = _between_marks(identity, text, fields[1], position)
        spans.append((span, fields))
        position = span.end
    quoted = [span for span, _ in spans]
    for span, fields in spans:
        words = text[span.start : span.end]
        if fields[0] == "x":
            yield Piece(span, words, fields[2], None, None, "")
        else:
            speaker = _near(identity, text, fields[2], span, quoted)
            cue = _near(identity, text, fields[3], span, quoted)
            yield Piece(span, words, "", speaker, cue, "" if fields[4] == "-" else fields[4])


def _between_marks(identity: str, text: str, words: str, position: int) -> Span:
    """The place of the words between quotation marks, edge signs left out. Raises BadStory."""
    first, mark, last = words.partition(ELLIPSIS)
    pattern = r".*?".join(re.escape(part.strip(EDGE)) for part in ((first, last) if mark else (words,)))
    whole = re.compile(
        rf"(?:^|(?<=[{re.escape(MARKS)}(…]))[.…, ]*({pattern})(?=[{re.escape(EDGE)}]*(?:[{re.escape(MARKS)}]|$))", re.M
    )
    match = whole.search(text, position)
    if match is None:
        raise BadStory(f"{identity}: {words!r} does not stand between quotation marks behind the line before")
    return Span(match.start(1), match.end(1))


def _near(identity: str, text: str, words: str, span: Span, quoted: list[Span]) -> Span | None:
    """The place of the words nearest to the quotation and outside of all. Raises BadStory."""
    if words == "-":
        return None
    plain, mark, number = words.partition("@")
    places = [Span(match.start(), match.end()) for match in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text)]
    if mark:
        if not number.isdigit() or int(number) > len(places):
            raise BadStory(f"{identity}: {words!r}: the story has {plain!r} {len(places)} times")
        return places[int(number) - 1]
    outside = [place for place in places if not any(q.start < place.end and place.start < q.end for q in quoted)]
    if not outside:
        raise BadStory(f"{identity}: {words!r} does not stand outside the quotations")
    return min(outside, key=lambda place: max(place.start - span.end, span.start - place.end))
