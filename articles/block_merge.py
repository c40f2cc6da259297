"""Joins two bodies that began from one: what each side did to different blocks stands together.

A block is what stands at the top of a clean body: a paragraph, a heading, a list, a block quotation, a
picture. Blocks are known again by the id of their first paragraph, so a paragraph that one side changed and
one that the other side moved in beside it are not taken for the same. Where both sides changed one block,
or both put something in at the same place, theirs stands first and mine after it, and the place is counted.
No word of either side is left out, except what one side deleted and the other left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.body import clean_body

# Takes <p data-block="a1b2">, </ul>, <img src="x">; leaves inline marks alone. Clean bodies escape ">" in attributes.
_BLOCK_TAG = re.compile(r"<(/?)(p|h2|h3|ul|ol|li|blockquote|figure|figcaption|img)\b[^>]*>")
_BLOCK_ID = re.compile(r'data-block="([^"]+)"')
_PICTURE = re.compile(r'<img[^>]*\bsrc="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body; `key` names it for life."""

    key: str
    html: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined body, and at how many places both sides stand one after the other."""

    html: str
    doubled: int

    @property
    def is_clean(self) -> bool:
        return self.doubled == 0


@dataclass(slots=True)
class _Side:
    """What one side did to the blocks of the origin."""

    blocks: dict[str, Block]
    inserted: dict[int, list[Block]]


def merge(base: str, theirs: str, mine: str) -> Merged:
    """Three bodies in HTML, cleaned here; the joined one is clean as well."""
    origin = blocks_of(base)
    left, right = _changes(origin, blocks_of(theirs)), _changes(origin, blocks_of(mine))
    written: list[str] = []
    doubled = 0
    for place in range(len(origin) + 1):
        parts, is_double = _joined_insertions(left.inserted.get(place, []), right.inserted.get(place, []))
        if place < len(origin):
            more, is_double_too = _joined_block(origin[place], left, right)
            parts, doubled = parts + more, doubled + is_double_too
        written += parts
        doubled += is_double
    return Merged(clean_body("".join(written)).html, doubled)


def blocks_of(html: str) -> list[Block]:
    """The top blocks of a body in their order."""
    clean = clean_body(html).html
    found: list[Block] = []
    depth = start = 0
    for tag in _BLOCK_TAG.finditer(clean):
        is_end, name = tag[1] == "/", tag[2]
        if depth == 0:
            start = tag.start()
        if name != "img":
            depth += -1 if is_end else 1
        if depth == 0:
            found.append(_block(clean[start : tag.end()]))
    return found


def _block(html: str) -> Block:
    known = _BLOCK_ID.search(html) or _PICTURE.search(html)
    return Block(known[1] if known else html, html)


def _changes(origin: list[Block], side: list[Block]) -> _Side:
    before, after = [block.key for block in origin], [block.key for block in side]
    kept: dict[str, Block] = {}
    inserted: dict[int, list[Block]] = {}
    for kind, i, _, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            kept |= {block.key: block for block in side[k:m]}
        elif kind in ("insert", "replace"):
            inserted[i] = side[k:m]
    return _Side(kept, inserted)


def _joined_insertions(theirs: list[Block], mine: list[Block]) -> tuple[list[str], bool]:
    there = {_words(block) for block in theirs}
    new = [block.html for block in mine if _words(block) not in there]
    return [block.html for block in theirs] + new, bool(theirs and new)


def _joined_block(block: Block, left: _Side, right: _Side) -> tuple[list[str], bool]:
    """What stands in the place of one block of the origin; whether both sides do."""
    theirs, mine = left.blocks.get(block.key), right.blocks.get(block.key)
    if theirs == mine or mine == block:
        return [theirs.html] if theirs else [], False
    if theirs == block:
        return [mine.html] if mine else [], False
    both = [side.html for side in (theirs, mine) if side is not None]
    return both, True


def _words(block: Block) -> str:
    """The block without its id: two people who put in the same paragraph put it in once."""
    return _BLOCK_ID.sub("", block.html)
