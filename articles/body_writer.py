"""Writes the body of a story as sanitised HTML and as plain text at once (see `articles.body`)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TypedDict

BLOCK_ID = "data-block"
BLOCK_SEPARATOR = "\n\n"

LEAVES = frozenset({"p", "h2", "h3"})
CONTAINERS = frozenset({"ul", "ol", "li", "blockquote"})
LISTS = frozenset({"ul", "ol"})
INLINE = frozenset({"strong", "em", "a"})
# Pictures keep their caption in attributes of their own, so that the caption is not text of the story.
FIGURE = frozenset({"figure", "img", "figcaption"})

RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
# Takes "Moscow \n said" apart at its space; leaves the no-break space alone, which is typography.
WHITE_SPACE = re.compile(r"[ \t\r\n\f\v\u2028\u2029\u0085]+")
_VALID_ID = re.compile(r"[a-z0-9]{4,16}\Z")


class Block(TypedDict):
    """One leaf block: `text[start:end]` are its words."""

    id: str
    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Body:
    """A clean body with its plain text."""

    html: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def word_count(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of words, a line break (both text and markup) or a tag inside a leaf block."""

    text: str = ""
    markup: str = ""

    @property
    def html(self) -> str:
        return self.markup or escape(self.text, quote=False)


@dataclass(slots=True)
class _Figure:
    """A picture with its caption, which is not text of the story."""

    image: str = ""
    caption: str = ""


def _stripped(pieces: list[_Piece], *, first: bool) -> list[_Piece]:
    """The pieces without white space and breaks at one end; tags there stay."""
    kept: list[_Piece] = []
    rest = pieces if first else pieces[::-1]
    for position, piece in enumerate(rest):
        if piece.text and not piece.markup:
            text = piece.text.lstrip(" ") if first else piece.text.rstrip(" ")
            if text:
                kept = [*kept, _Piece(text=text), *rest[position + 1 :]]
                break
        elif not piece.text:
            kept.append(piece)
    return kept if first else kept[::-1]


class BodyWriter(HTMLParser):
    """Writes the cleaner's well-formed output again, with every text inside a leaf block that has an id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._html: list[str] = []
        self._texts: list[str] = []
        self._blocks: list[Block] = []
        self._taken: set[str] = set()
        self._turns: dict[str, int] = {}
        self._length = 0
        self._containers: list[str] = []
        self._leaf = ""
        self._leaf_id = ""
        self._pieces: list[_Piece] = []
        self._written = ""
        self._inline: list[str] = []
        self._figure: _Figure | None = None
        self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = RENAMED.get(tag, tag)
        given = {name: value or "" for name, value in attrs}
        if self._in_caption and self._figure is not None and tag in LEAVES | CONTAINERS:
            self._figure.caption += " "
        elif tag in LEAVES:
            self._open_leaf(tag, given.get(BLOCK_ID, ""))
        elif tag in CONTAINERS:
            self._open_container(tag)
        elif tag in INLINE:
            self._open_inline(tag, given)
        elif tag == "br":
            self._write_break()
        elif tag == "figure":
            self._close_leaf()
            self._figure = _Figure()
        elif tag == "figcaption" and self._figure is not None:
            self._in_caption = True
        elif tag == "img":
            self._write_image(given)

    def handle_endtag(self, tag: str) -> None:
        tag = RENAMED.get(tag, tag)
        if self._in_caption and tag in LEAVES | CONTAINERS:
            return
        if tag in LEAVES:
            self._close_leaf()
        elif tag in CONTAINERS and tag in self._containers:
            self._close_container(tag)
        elif tag in INLINE:
            self._close_inline(tag)
        elif tag == "figcaption":
            self._in_caption = False
        elif tag == "figure":
            self._close_figure()

    def handle_data(self, data: str) -> None:
        folded = WHITE_SPACE.sub(" ", data)
        if self._in_caption and self._figure is not None:
            self._figure.caption += folded
            return
        if not self._leaf:
            if not folded.strip():
                return
            self._open_leaf("p", "")
        if (self._written or " ").endswith((" ", "\n")) and folded.startswith(" "):
            folded = folded[1:]
        if folded:
            self._write_text(folded)

    def body(self) -> Body:
        self._close_leaf()
        while self._containers:
            self._end_container()
        return Body(html="".join(self._html), text="".join(self._texts), blocks=tuple(self._blocks))

    def _open_container(self, tag: str) -> None:
        """A list holds items and an item stands in a list, whatever the source says."""
        self._close_leaf()
        inner = self._containers[-1] if self._containers else ""
        if tag == "li":
            if inner == "li":
                self._close_container("li")
            elif inner not in LISTS:
                self._write_container("ul")
        elif inner in LISTS:
            self._write_container("li")
        self._write_container(tag)

    def _write_container(self, tag: str) -> None:
        self._containers.append(tag)
        self._html.append(f"<{tag}>")

    def _close_container(self, tag: str) -> None:
        self._close_leaf()
        while self._containers:
            if self._end_container() == tag:
                return

    def _end_container(self) -> str:
        """An emptied list or quotation would be a bullet without words."""
        inner = self._containers.pop()
        if self._html[-1] == f"<{inner}>":
            self._html.pop()
        else:
            self._html.append(f"</{inner}>")
        return inner

    def _open_leaf(self, tag: str, identifier: str) -> None:
        self._close_leaf()
        self._ensure_item()
        self._leaf, self._leaf_id = tag, identifier

    def _ensure_item(self) -> None:
        """What stands in a list stands in an item of it."""
        if self._containers and self._containers[-1] in LISTS:
            self._write_container("li")

    def _close_leaf(self) -> None:
        """End what stands open below the containers: a figure or a leaf block."""
        self._close_figure()
        if not self._leaf:
            return
        while self._inline:
            self._pieces.append(_Piece(markup=f"</{self._inline.pop()}>"))
        pieces = _stripped(_stripped(self._pieces, first=True), first=False)
        text = "".join(piece.text for piece in pieces)
        if text:
            self._write_leaf(text, "".join(piece.html for piece in pieces))
        self._leaf, self._leaf_id, self._pieces, self._written = "", "", [], ""

    def _write_leaf(self, text: str, markup: str) -> None:
        if self._texts:
            self._texts.append(BLOCK_SEPARATOR)
            self._length += len(BLOCK_SEPARATOR)
        identifier = self._identifier(self._leaf_id, text)
        self._blocks.append(Block(id=identifier, type=self._leaf, start=self._length, end=self._length + len(text)))
        self._texts.append(text)
        self._length += len(text)
        self._html.append(f'<{self._leaf} {BLOCK_ID}="{identifier}">{markup}</{self._leaf}>')

    def _identifier(self, given: str, text: str) -> str:
        """The given id when it is sound and not yet taken, else one made from the words."""
        identifier = given if _VALID_ID.match(given) else ""
        while not identifier or identifier in self._taken:
            # Counted on from the last block of these words: from nought, ten thousand equal paragraphs take hours.
            turn = self._turns.get(text, 0)
            digest = hashlib.sha256(f"{turn}:{text}".encode()).hexdigest()
            identifier, self._turns[text] = f"b{digest[:9]}", turn + 1
        self._taken.add(identifier)
        return identifier

    def _open_inline(self, tag: str, given: dict[str, str]) -> None:
        if self._in_caption or (tag == "a" and not given.get("href")):
            return
        if not self._leaf:
            self._open_leaf("p", "")
        names = ("href", "title") if tag == "a" else ()
        attributes = "".join(f' {name}="{escape(given[name])}"' for name in names if given.get(name))
        self._inline.append(tag)
        self._pieces.append(_Piece(markup=f"<{tag}{attributes}>"))

    def _close_inline(self, tag: str) -> None:
        if self._in_caption or tag not in self._inline:
            return
        while True:
            name = self._inline.pop()
            self._pieces.append(_Piece(markup=f"</{name}>"))
            if name == tag:
                return

    def _write_break(self) -> None:
        if self._leaf and not self._in_caption:
            self._write_text("\n", markup="<br>")

    def _write_text(self, text: str, *, markup: str = "") -> None:
        self._pieces.append(_Piece(text=text, markup=markup))
        self._written = text

    def _write_image(self, given: dict[str, str]) -> None:
        attributes = "".join(
            f' {name}="{escape(given[name])}"' for name in ("src", "alt", "width", "height") if name in given
        )
        if self._figure is not None:
            self._figure.image = self._figure.image or f"<img{attributes}>"
            return
        self._close_leaf()
        self._ensure_item()
        self._html.append(f"<img{attributes}>")

    def _close_figure(self) -> None:
        """Write the figure. A caption that lost its picture becomes a paragraph."""
        figure, self._figure, self._in_caption = self._figure, None, False
        if figure is None:
            return
        caption = WHITE_SPACE.sub(" ", figure.caption).strip()
        if figure.image:
            self._ensure_item()
            written = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
            self._html.append(f"<figure>{figure.image}{written}</figure>")
        elif caption:
            self._open_leaf("p", "")
            self._write_text(caption)
            self._close_leaf()
