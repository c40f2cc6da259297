"""Decides whether a quoted piece is a quotation, or a title, a name or a scare quote.

Takes: “The aim is peace,” the minister said; a wish to “deepen cooperation”, the ministry announced.
Leaves out: the “Vostok” exercises, their “military-to-military” relations, a book called “War and Peace”.

The words of the piece (wording.py), its reporting word (reported.py) and its slot in the reporter's sentence
(slots.py) give signals; each has a weight, set by hand (quotation_weights.py), and the sum decides.
"""

from dataclasses import dataclass

from ..reading.document import WORD
from .framing import Attribution, Framing
from .quotation_weights import IN_WORDS, WEIGHTS
from .reported import reported_signals
from .setting import Setting, neighbour_in_list, setting
from .slots import slot_signals
from .wording import wording_signals


@dataclass(frozen=True, slots=True)
class Verdict:
    """Above zero: a quotation. `reason` is the signal that weighed most for the side that won."""

    score: float
    reason: str


def judge(framing: Framing, number: int, attribution: Attribution, *, last: int | None = None) -> Verdict:
    """Is the piece a quotation? `last` is the number of the quotation before it."""
    found = signals(framing, number, attribution, last=last)
    score = round(sum(WEIGHTS[signal] for signal in found), 3)
    side = [signal for signal in found if (WEIGHTS[signal] > 0) == (score > 0)]
    best = max(side, key=lambda signal: abs(WEIGHTS[signal]), default="always")
    return Verdict(score, IN_WORDS.get(best, best))


def signals(framing: Framing, number: int, attribution: Attribution, *, last: int | None = None) -> list[str]:
    """What speaks for and against a quotation, as keys of the weights."""
    piece = setting(framing, number)
    found = ["always", *wording_signals(piece)]
    has_title = "a title's capitals" in found or "one capitalised word" in found
    found += reported_signals(piece, attribution, has_title=has_title)
    found += slot_signals(piece)
    found += _company(piece, last) + _station(piece)
    return found


def _company(piece: Setting, last: int | None) -> list[str]:
    """A list in marks is quoted as a whole or not at all: “slow” and “costly”."""
    neighbour = neighbour_in_list(piece) if piece.is_brief else None
    if neighbour is None:
        return []
    return ["beside another quotation" if neighbour == last else "beside another title or term"]


def _station(piece: Setting) -> list[str]:
    """Where in the story the piece stands."""
    found = []
    is_alone = piece.stands_first and piece.behind().kind != WORD
    if is_alone and piece.sentence.last - piece.sentence.first <= 2:
        found.append("a heading" if _is_heading(piece) else "stands alone")
    if piece.sentence.paragraph == 0 and piece.is_short:
        found.append("a few words of the headline")
    return found


def _is_heading(piece: Setting) -> bool:
    """A line of its own in capitals, or one that ends in a colon or is followed by one."""
    end = piece.framing.reading.pieces[piece.number].end
    behind = piece.framing.reading.text[end : end + 3]
    return ":" in piece.inner[-1] + behind or all(word.isupper() for word in piece.inside)
