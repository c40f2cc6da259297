"""Ranks who said each quoted piece: the frames of its sentence, its neighbours, and the speaker before it.

Takes: “…,” Smith said; Smith said that it was “…”; “…” alone in its paragraph, after Smith's.
Leaves out: whether the piece is a quotation (quotes.py) and the full name of the speaker (coreference.py).

Every candidate gets a score, the weighed sum of the signs for and against it (weights.py). The previous
decision is itself a candidate, so that a speaker carries on over pieces without a frame of their own.
"""

from dataclasses import replace

from ..reading.mentions import Phrase
from .bearings import Bearings
from .framing import NOBODY, Attribution, Framing, Place
from .neighbours import Neighbours
from .rivals import Sign
from .weights import total


class Ranker:
    """Scores the candidates of every piece of one reading."""

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self.bearings = Bearings(framing)
        self.neighbours = Neighbours(framing)

    def rank(self, piece: int, previous: tuple[int, Attribution] | None) -> Attribution:
        """The best attribution of a piece, given the last quotation before it and its attribution."""
        candidates = self.candidates(piece, previous)
        best = max(candidates, key=lambda candidate: candidate.score, default=NOBODY)
        if best.source is None:
            return best
        own = self._words(best.source)
        others = [other.score for other in candidates if other.source and self._words(other.source) != own]
        return replace(best, lead=best.score - max(others, default=0.0))

    def _words(self, source: Phrase) -> str:
        return self.framing.reading.text[source.start : source.end]

    def candidates(self, piece: int, previous: tuple[int, Attribution] | None) -> list[Attribution]:
        """All that could have said the piece, in no order."""
        place = self.framing.places[piece]
        candidates = [
            Attribution(
                frame.source,
                (frame.first, frame.last),
                total(self.bearings.signs(frame, place)),
                self.framing.reason(frame),
            )
            for frame in self.framing.near_frames(place)
        ]
        candidates.extend(self.neighbours.find(place))
        if previous is not None:
            candidates.append(self._carried(piece, place, *previous))
        return candidates

    def _carried(self, piece: int, place: Place, earlier: int, attribution: Attribution) -> Attribution:
        """The speaker of the quotation before goes on."""
        if attribution.source is None:
            return NOBODY
        return Attribution(
            attribution.source,
            attribution.cue,
            total(self._signs_of_going_on(piece, place, earlier)),
            "same speaker as the quotation before",
            is_carried=True,
        )

    def _signs_of_going_on(self, piece: int, place: Place, earlier: int) -> list[Sign]:
        before = self.framing.places[earlier]
        pieces = self.framing.reading.pieces
        if pieces[piece].chain == pieces[earlier].chain:
            return [("the same quotation goes on", 1.0)]
        if before.sentence == place.sentence:
            return [("the same sentence goes on", 1.0)]
        gap = self.framing.sentence(place).paragraph - self.framing.sentence(before).paragraph
        is_first = self.framing.stands_first(place)
        return [
            ("the quotation before", 1.0),
            ("sentence since", place.sentence - before.sentence),
            ("paragraph since", gap),
            (("nothing stands" if is_first else "words stand") + " before the piece", 1.0),
        ]
