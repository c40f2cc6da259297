"""Where in the text a proposal was found: sentences for the panel, spans for the editor's highlights.

The server counts code points of the revision's plain text. The browser knows blocks by their id, so a span is
given as block id and offsets within that block, with its words to check against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from articles.models import Quote, Revision, Tag

# Takes the gap after "said.” " and "why? "; refuses the one after "U.S. " only when a small letter follows.
SENTENCE_END = re.compile(r"[.!?…][”’\"')]*\s+(?=[^a-z])")
MARGIN = 140


@dataclass(frozen=True, slots=True)
class Place:
    """One span: `before`, `words` and `after` are its sentence, cut to a readable length; `reason` says why here."""

    field: str
    block: str
    start: int
    end: int
    before: str
    words: str
    after: str
    reason: str = ""

    def as_json(self) -> dict[str, str | int]:
        return {
            "field": self.field,
            "block": self.block,
            "start": self.start,
            "end": self.end,
            "words": self.words,
        }


def places_of_tag(tag: Tag, revision: Revision) -> list[Place]:
    """The tag's mentions in the order of reading. Mentions of an earlier revision have no place in this one."""
    order = {"headline": 0, "standfirst": 1, "body": 2}
    mentions = [mention for mention in tag.mentions.all() if mention.revision_id == revision.pk]
    mentions.sort(key=lambda mention: (order[mention.field], mention.start))
    found = ((mention, place_at(revision, mention.field, mention.start, mention.end)) for mention in mentions)
    return [replace(place, reason=mention.reason) for mention, place in found if place is not None]


def places_of_quote(quote: Quote, revision: Revision) -> list[Place]:
    if quote.start is None or quote.end is None or quote.revision_id != revision.pk:
        return []
    place = place_at(revision, "body", quote.start, quote.end)
    return [place] if place else []


def place_at(revision: Revision, field: str, start: int, end: int) -> Place | None:
    """The span with its sentence; None where the offsets lie in no block."""
    if field != "body":
        text = revision.headline if field == "headline" else revision.standfirst
        return _place(field, "", text, start, end)
    block = revision.block_at(start)
    if block is None:
        return None
    text = revision.text[block["start"] : block["end"]]
    return _place(field, block["id"], text, start - block["start"], min(end, block["end"]) - block["start"])


def _place(field: str, block: str, text: str, start: int, end: int) -> Place:
    opening, closing = _sentence(text, start, end)
    before, after = text[opening:start], text[end:closing]
    if len(before) > MARGIN:
        before = "…" + before[-MARGIN:].partition(" ")[2]
    if len(after) > MARGIN:
        after = after[:MARGIN].rpartition(" ")[0] + "…"
    return Place(field, block, start, end, before, text[start:end], after)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence or sentences that hold the span."""
    opening, closing = 0, len(text)
    for gap in SENTENCE_END.finditer(text):
        if gap.end() <= start:
            opening = gap.end()
        elif gap.start() >= end - 1:
            closing = gap.end()
            break
    return opening, closing
