"""A quoted piece in its setting: its words, and the words before and behind it in the reporter's sentence."""

import re
from dataclasses import dataclass

from ..reading.document import QUOTED, WORD, Sentence, Token
from .framing import Framing

INNER_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
NOTHING = Token(0, 0, "", "", "")
SHORT = 3
BRIEF = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """Piece `number` stands at token `index` of its sentence; `inside` are its words, `inner` its text."""

    framing: Framing
    number: int
    index: int
    sentence: Sentence
    inner: str
    inside: list[str]

    @property
    def is_short(self) -> bool:
        """At most three words, the length of names and terms?"""
        return len(self.inside) <= SHORT

    @property
    def is_brief(self) -> bool:
        """At most five words: too few to be known for a quotation by their length?"""
        return len(self.inside) <= BRIEF

    @property
    def is_small(self) -> bool:
        """Without any capital?"""
        return not any(word[0].isupper() for word in self.inside)

    @property
    def stands_first(self) -> bool:
        """Does the sentence begin with the piece?"""
        return self.index == self.sentence.first

    @property
    def is_closed(self) -> bool:
        """Does a mark follow, inside or outside: “a pier,” or “a pier”; and not “a pier” of?"""
        return not self.inner[-1].isalnum() or self.behind().kind != WORD

    def before(self, steps: int = 1) -> Token:
        """The token so many steps before the piece in its sentence."""
        place = self.index - steps
        return self.framing.tokens[place] if place >= self.sentence.first else NOTHING

    def behind(self, steps: int = 1) -> Token:
        """The token so many steps behind the piece in its sentence."""
        place = self.index + steps
        return self.framing.tokens[place] if place < self.sentence.last else NOTHING

    def between(self, place: int) -> list[Token]:
        """The tokens between the piece and another token of its sentence."""
        return self.framing.tokens[min(place, self.index) + 1 : max(place, self.index)]


def setting(framing: Framing, number: int) -> Setting:
    """The setting of a piece."""
    place = framing.places[number]
    piece = framing.reading.pieces[number]
    inner = framing.reading.text[piece.start : piece.end]
    return Setting(framing, number, place.token, framing.sentence(place), inner, INNER_WORD.findall(inner))


def neighbour_in_list(piece: Setting) -> int | None:
    """The number of the piece that an "and", "or" or comma joins to this one: “a” and “b”."""
    if piece.before().lower in ("and", "or", ",") and piece.before(2).kind == QUOTED:
        return piece.before(2).piece
    return None
