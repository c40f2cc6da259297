"""Put marks around passages of a stored body: quotations, and links on names.

The body's HTML is the output of `articles.body.clean_body`; a passage is a half-open span of code points in
its plain text. Only tags are added: the text stays the same to the last code point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any, NamedTuple

from articles.body import BLOCK_ID

# Takes "<p data-block="b1">", "&amp;" and "Kyiv said" apart; every character belongs to exactly one part.
_PART = re.compile(r"<[^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|[^<&]+|[<&]")
_TAG = re.compile(r"<(/?)(\w+)")
_BLOCK = re.compile(rf'{BLOCK_ID}="([^"]*)"')
_LEAVES = frozenset({"p", "h2", "h3"})
_VOID = frozenset({"br", "img"})


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around `text[start:end]`. `identifier` is the id of its first fragment."""

    start: int
    end: int
    element: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    identifier: str = ""

    def opening(self, *, is_first: bool) -> str:
        shown = dict(self.attributes) | ({"id": self.identifier} if is_first and self.identifier else {})
        written = "".join(f' {name}="{escape(value)}"' for name, value in shown.items())
        return f"<{self.element}{written}>"

    @property
    def closing(self) -> str:
        return f"</{self.element}>"


class Part(NamedTuple):
    """A tag, or a run of text with its place in the plain text (None outside of every block)."""

    html: str
    start: int | None = None
    length: int = 0
    inside: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        return self.start is not None and not self.html.startswith("<")


def mark_passages(read: Iterable[Part], marks: Iterable[Mark]) -> str:
    """The HTML of a body that was `read` in parts, with each mark around its passage, in as many fragments as tags,
    blocks and other marks cut it into. Where marks overlap, the one that begins first is the outer one."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    cuts = sorted({place for mark in ordered for place in (mark.start, mark.end)})
    begun: set[int] = set()
    return "".join(_marked(piece, ordered, begun) for part in read for piece in _cut(part, cuts))


def parts(html: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    """The HTML in its parts, in order: joined again, they are the HTML."""
    starts = {block["id"]: block["start"] for block in blocks}
    position: int | None = None
    stack: list[str] = []
    for match in _PART.finditer(html):
        html_part = match.group()
        tag = _TAG.match(html_part)
        if tag is None:
            length = len(unescape(html_part)) if html_part.startswith("&") else len(html_part)
            yield Part(html_part, position, length, tuple(stack))
            position = position + length if position is not None else None
            continue
        yield Part(html_part, position, inside=tuple(stack))
        closes, name = tag.groups()
        if name == "br" and position is not None:
            position += 1
        elif closes and name in stack:
            stack.pop()
        elif name not in _VOID:
            stack.append(name)
        if name in _LEAVES:
            block = _BLOCK.search(html_part)
            position = starts.get(block.group(1)) if block else None


def plain_passages(read: Iterable[Part]) -> list[tuple[int, int]]:
    """The spans of running text in paragraphs: no headings, no links, no other element cuts them."""
    spans: list[tuple[int, int]] = []
    is_joined = False
    for part in read:
        if not part.is_text or part.start is None or not {"a", "h2", "h3"}.isdisjoint(part.inside):
            is_joined = False
            continue
        if is_joined and spans[-1][1] == part.start:
            spans[-1] = (spans[-1][0], part.start + part.length)
        else:
            spans.append((part.start, part.start + part.length))
        is_joined = True
    return spans


def _cut(part: Part, cuts: Sequence[int]) -> Iterator[Part]:
    """A run of text in pieces that no mark begins or ends inside of; a character reference is never cut."""
    if not part.is_text or part.start is None or part.html.startswith("&"):
        yield part
        return
    end = part.start + part.length
    places = [part.start, *(cut for cut in cuts if part.start < cut < end), end]
    for first, last in zip(places, places[1:], strict=False):
        yield Part(part.html[first - part.start : last - part.start], first, last - first, part.inside)


def _marked(part: Part, marks: Sequence[Mark], begun: set[int]) -> str:
    if not part.is_text or part.start is None:
        return part.html
    end = part.start + part.length
    active = [number for number, mark in enumerate(marks) if mark.start <= part.start and end <= mark.end]
    opening = "".join(marks[number].opening(is_first=number not in begun) for number in active)
    begun.update(active)
    return opening + part.html + "".join(marks[number].closing for number in reversed(active))
