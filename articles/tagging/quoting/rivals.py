"""Tells what one reporting frame before a quoted piece loses to the others before it, as signs.

Takes: “Smith said he had told Jones it was “…””, where the second frame lies inside what the first reports; “Smith
said little, calling it “…””, where the second word of one source is nearer. Leaves out: frames behind the piece and
where a frame stands (bearings.py), and how much each sign counts (weights.py).
"""

from collections.abc import Iterator
from itertools import pairwise

from ..reading.document import QUOTED
from ..vocabulary import cues
from ..vocabulary.lexicon import AUXILIARIES, words
from .frames import INVERTED, PARTICIPLE, PASSIVE, SUBJECT, Frame
from .framing import Framing, Place
from .subjects import CLAUSE_OPENERS

Sign = tuple[str, float]

LONGEST_LEAD = 5
MOST_LOST = 3
REACH = 4
NEAR = 6
OPENING = words("begin go continue went goes")
ASIDE_OPENERS = words("as although though when while after before whereas ,")


class Rivals:
    """The frames of one story's sentences, weighed against each other."""

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self.tokens = framing.tokens

    def signs(self, frame: Frame, place: Place) -> Iterator[Sign]:
        """What a frame loses to others before the piece: to a nearer sure one, or one it hangs on."""
        losses = 0
        for other in self.framing.near_frames(place):
            if other.first >= place.token or other is frame or losses >= MOST_LOST:
                continue
            sign = self._shadow(frame, other, place)
            if sign:
                losses += 1
                yield sign, 1.0

    def _shadow(self, frame: Frame, other: Frame, place: Place) -> str:
        if self._goes_round(other, frame):
            return "aside of another frame's source"
        if other.source is frame.source and self._takes_over(frame, other, place):
            return "the same source has a nearer word"
        if other.first > frame.first and other.grip == 1 and self._is_shut(frame) and self._is_joined(frame, other):
            return "closed off before another frame"
        if other.strength < 2:
            if other.first > frame.first and other.grip == 1 and self._is_joined(frame, other):
                return "another frame is nearer"
            is_described = (
                other.right <= frame.left and self._tells_which(frame) and not self._is_new_clause(other, frame)
            )
            return "tells which person is meant" if is_described else ""
        if self._is_reporters_own(frame, place):
            return ""
        if other.first > frame.first:
            return "" if other.order == PASSIVE or self._embeds(frame, other) else "another frame is nearer"
        if self._embeds(other, frame):
            return "" if self._leads_by_mark(frame, place) else "inside the words that another frame reports"
        if frame.strength < 1.5 and other.right <= frame.left and not self._is_new_clause(other, frame):
            return "hangs on a surer frame"
        return ""

    def _takes_over(self, frame: Frame, other: Frame, place: Place) -> bool:
        """ "Smith said little, calling it “…”": the second word of one source, in a clause of its own."""
        if other.first <= frame.first or other.strength < 1:
            return False
        before = self.tokens[other.first - 1]
        if other.order == PARTICIPLE:
            return self._goes_on_to(frame, other) or before.kind == QUOTED or before.text == ","
        between = [token.lower for token in self.tokens[frame.last : other.first]]
        is_joined = any(word in ("and", "but") for word in between[-REACH:])
        near = self.tokens[other.last : min(other.last + NEAR + 1, place.token + 1)]
        return other.order == SUBJECT and is_joined and any(token.kind == QUOTED for token in near)

    def _is_shut(self, frame: Frame) -> bool:
        """ "The fund is small, two envoys said, and …": commas on both sides."""
        if frame.order not in (SUBJECT, INVERTED) or frame.right >= len(self.tokens):
            return False
        return self.tokens[max(frame.left - 1, 0)].text == self.tokens[frame.right].text == ","

    def _goes_on_to(self, frame: Frame, other: Frame) -> bool:
        """ "began to call it “…”": the first word only opens what the second does."""
        is_next = other.first - frame.last == 1 and self.tokens[frame.last].lower == "to"
        return is_next and cues.lemma(self.tokens[frame.first].lower) in OPENING

    def _is_reporters_own(self, frame: Frame, place: Place) -> bool:
        """ "said he would veto the bill, which he called “…”": a ", which" is no part of what was reported."""
        if frame.order != SUBJECT or frame.source is None or place.token - frame.last > REACH:
            return False
        if self.tokens[frame.last].lower in AUXILIARIES:
            return False
        before = self.tokens[max(0, frame.source.first - 2) : frame.source.first]
        return len(before) == 2 and before[0].text == "," and before[1].lower in ("which", "whom", "who")

    def _goes_round(self, outer: Frame, inner: Frame) -> bool:
        """ "An official, who asked for silence, called it “…”": the inner frame is a "who" inside the outer one."""
        if inner.source is None or outer.source is None or outer.order != SUBJECT:
            return False
        is_relative = self.tokens[inner.source.first].lower in ("who", "which")
        return is_relative and outer.source.first < inner.source.first and inner.last <= outer.first

    def _tells_which(self, frame: Frame) -> bool:
        """ "blamed those who called it “…”": a weak verb that only tells who is meant."""
        return frame.source is not None and self.tokens[frame.source.first].lower == "who" and frame.strength < 2

    def _embeds(self, outer: Frame, inner: Frame) -> bool:
        """ "Smith said he had told Reed": do the words reported by one frame hold the other?"""
        if outer.order not in (SUBJECT, PARTICIPLE) or outer.strength < 2 or outer.right > inner.left:
            return False
        between = self.tokens[outer.right : inner.left]
        if any(token.kind == QUOTED or token.text == ";" for token in between):
            return False
        lead = [token.lower for token in between]
        if lead and lead[-1] in ASIDE_OPENERS:
            return False
        return "," not in lead or "that" in lead[:LONGEST_LEAD]

    def _leads_by_mark(self, frame: Frame, place: Place) -> bool:
        """Nothing but a comma or colon between the frame and the piece: "replied: “…”"."""
        between = self.tokens[frame.right : place.token]
        return len(between) == 1 and between[0].text in (",", ":")

    def _is_new_clause(self, one: Frame, other: Frame) -> bool:
        """Does a piece, a semicolon or ", and" stand between the two frames?"""
        between = self.tokens[one.right : other.left]
        return any(token.kind == QUOTED or token.text == ";" for token in between) or self._is_joined(one, other)

    def _is_joined(self, one: Frame, other: Frame) -> bool:
        """ "Smith left, and Reed …": a comma and a word that opens a clause stand between the two."""
        between = self.tokens[one.right : other.left]
        return any(a.text == "," and b.lower in CLAUSE_OPENERS for a, b in pairwise(between))
