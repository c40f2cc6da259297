"""Ranks who said each quoted piece: the frames of its sentence, its neighbours, and the speaker before it.

Takes: “…,” Smith said; Smith said that it was “…”; “…” alone in its paragraph, after Smith's.
Leaves out: whether the piece is a quotation (quotes.py) and the full name of the speaker (coreference.py).

Every candidate gets a score, a sum of weights for what speaks for it; the weights were set by hand. The
previous decision is itself a candidate, so that a speaker carries on over pieces without a frame of their
own.
"""

from itertools import pairwise

from . import cues
from .document import MARK, QUOTED
from .frames import ACCORDING, INVERTED, LABEL, NOUN, PARTICIPLE, PASSIVE, SUBJECT, Frame
from .framing import NOBODY, Attribution, Framing, Place
from .lexicon import STOP_WORDS, words
from .neighbours import Neighbours
from .subjects import CLAUSE_OPENERS

PER_STRENGTH = 0.8
PER_GRIP = 2.0
ORDER_BONUS = {
    ACCORDING: 0.5,
    INVERTED: 0.5,
    NOUN: -0.8,
    LABEL: 1.0,
    PARTICIPLE: 0.0,
    PASSIVE: -1.0,
}
LONGEST_LEAD = 5
ASIDE_OPENERS = words("as although though when while after before whereas ,")
OPENERS = words("that as a an the his her its their it him them of for to is was be been being was were like")


class Ranker:
    """Scores the candidates of every piece of one reading."""

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self.tokens = framing.tokens
        self.neighbours = Neighbours(framing)

    def rank(self, piece: int, previous: tuple[int, Attribution] | None) -> Attribution:
        """The best attribution of a piece, given the last quotation before it and its attribution."""
        return max(self.candidates(piece, previous), key=lambda candidate: candidate.score, default=NOBODY)

    def candidates(self, piece: int, previous: tuple[int, Attribution] | None) -> list[Attribution]:
        """All that could have said the piece, in no order."""
        place = self.framing.places[piece]
        candidates = [self._rated(frame, place) for frame in self.framing.frames(place.sentence)]
        candidates.extend(self.neighbours.find(place))
        if previous is not None:
            candidates.append(self._carried(piece, place, *previous))
        return candidates

    def _rated(self, frame: Frame, place: Place) -> Attribution:
        score = PER_STRENGTH * frame.strength + PER_GRIP * frame.grip + ORDER_BONUS.get(frame.order, 0.0)
        if frame.first > place.token:
            score += self._behind(frame, place)
        else:
            score += self._before(frame, place)
        return Attribution(frame.source, (frame.first, frame.last), score, self.framing.reason(frame))

    def _behind(self, frame: Frame, place: Place) -> float:
        """ "…,” Smith said": the frame follows the piece."""
        if frame.order == PARTICIPLE:
            return -1.5
        if frame.left <= place.token:
            return 0.0
        if frame.source is not None and self.tokens[frame.source.first].lower in ("who", "which"):
            return -2.5
        between = self.tokens[place.token + 1 : frame.left]
        if frame.strength < 2 and self._runs_on(place):
            return -1.0
        if self._is_beside(place.token + 1, frame.left):
            return 4.5 if frame.strength >= 1.5 or frame.order in (INVERTED, LABEL) else 2.8
        score = -0.5 * sum(token.kind == QUOTED for token in between) - 0.06 * len(between)
        lead = self.tokens[frame.left - 1]
        if lead.text in (",", "—", "–"):
            closes = frame.right >= self.framing.sentence(place).last - 8 or frame.order == INVERTED
            return score + (3.5 if closes else 2.2)
        if lead.kind == QUOTED:
            return score + 2.5
        return score - 0.8

    def _runs_on(self, place: Place) -> bool:
        """Is the piece part of the reporter's sentence on both sides: "called it “vital” funding"?"""
        text = self.tokens[place.token].text.rstrip("'’‘\"”)")
        behind = self.tokens[place.token + 1] if place.token + 1 < len(self.tokens) else None
        is_closed = text.endswith(("?", "!")) or (text.endswith(",") and self._is_led(place))
        return not self.framing.stands_first(place) and not is_closed and behind is not None

    def _is_led(self, place: Place) -> bool:
        """Is there no frame before the piece that could have reported it?"""
        return all(frame.left > place.token for frame in self.framing.frames(place.sentence))

    def _is_beside(self, first: int, last: int) -> bool:
        """Nothing but marks, or words of the source: "“…,” Italy's party leader Reed wrote"."""
        own = [index for index in range(first, last) if self.tokens[index].kind != MARK]
        if len(own) > LONGEST_LEAD or any(self.tokens[index].kind == QUOTED for index in own):
            return False
        if own and own[-1] != last - 1:
            return False
        return not any(self._is_foreign(index) for index in own)

    def _is_foreign(self, index: int) -> bool:
        """Is the word no part of a name: a function word, or another verb of saying?"""
        token = self.tokens[index]
        if token.is_capitalised and (self.tokens[index - 1].is_capitalised or token.lower not in STOP_WORDS):
            return False
        return token.lower in STOP_WORDS or cues.strength(token.lower) > 0

    def _before(self, frame: Frame, place: Place) -> float:
        """ "Smith said that it was “…”": the frame precedes the piece."""
        between = self.tokens[frame.right : place.token]
        loss = self._overshadowed(frame, place)
        if not between:
            return 4.0 - loss
        score = 3.2 - loss - 0.08 * len(between)
        if between[-1].lower == "that" and len(between) <= 6:
            score += 1.6
        if between[-1].text in (":", ","):
            score += 1.0
        elif len(between) == 1 and between[0].lower in OPENERS:
            score += 0.8
        score -= 0.7 * sum(token.text == ";" for token in between)
        score -= 0.5 * sum(token.kind == QUOTED for token in between)
        return score

    def _overshadowed(self, frame: Frame, place: Place) -> float:
        """What a frame loses to others before the piece: to a nearer sure one, or one it hangs on."""
        loss = 0.0
        for other in self.framing.frames(place.sentence):
            if other.first >= place.token or other.strength < 2 or other is frame:
                continue
            if other.first > frame.first:
                loss += 0.0 if other.order == PASSIVE or self._embeds(frame, other) else 0.9
            elif self._embeds(other, frame) and not self._leads_by_mark(frame, place):
                loss += 2.2
            elif frame.strength < 1.5 and other.right <= frame.left and not self._is_new_clause(other, frame):
                loss += 1.8
        return min(loss, 3.0)

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
        if any(token.kind == QUOTED or token.text == ";" for token in between):
            return True
        return any(a.text == "," and b.lower in CLAUSE_OPENERS for a, b in pairwise(between))

    def _carried(self, piece: int, place: Place, earlier: int, attribution: Attribution) -> Attribution:
        """The speaker of the quotation before goes on."""
        if attribution.source is None:
            return NOBODY
        before = self.framing.places[earlier]
        pieces = self.framing.reading.pieces
        gap = self.framing.sentence(place).paragraph - self.framing.sentence(before).paragraph
        if pieces[piece].chain == pieces[earlier].chain:
            score = 7.6
        elif before.sentence == place.sentence:
            score = 3.0
        else:
            score = 3.8 - 0.5 * (place.sentence - before.sentence) - 0.4 * gap
            score += 1.0 if self.framing.stands_first(place) else -0.6
        return Attribution(
            attribution.source,
            attribution.cue,
            score,
            "the quotation before goes on",
            is_carried=True,
        )
