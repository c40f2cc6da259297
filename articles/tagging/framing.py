"""A reading with its phrases and frames, and what attributions are made of."""

from dataclasses import dataclass

from .document import WORD, Reading, Sentence
from .frames import ACCORDING, LABEL, NOUN, Frame, FrameFinder
from .mentions import Phrase, phrases


@dataclass(frozen=True, slots=True)
class Attribution:
    """A piece's best candidate: the source, its cue (token range), its score and the reason in words."""

    source: Phrase | None
    cue: tuple[int, int] | None
    score: float
    reason: str
    is_carried: bool = False


@dataclass(slots=True)
class Place:
    """Where a piece stands: its token and its sentence (by number)."""

    token: int
    sentence: int


NOBODY = Attribution(None, None, 0.0, "no speaker found")


class Framing:
    """The places of a reading's pieces, and the phrases and frames of its sentences, each found once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.places = _places(reading)
        self._phrases: dict[int, list[Phrase]] = {}
        self._frames: dict[int, list[Frame]] = {}

    def phrases(self, number: int) -> list[Phrase]:
        """The phrases of a sentence, found once."""
        if number not in self._phrases:
            self._phrases[number] = phrases(self.reading, self.reading.sentences[number])
        return self._phrases[number]

    def frames(self, number: int) -> list[Frame]:
        """The frames of a sentence, found once."""
        if number not in self._frames:
            sentence = self.reading.sentences[number]
            self._frames[number] = FrameFinder(self.reading, sentence, self.phrases(number)).find()
        return self._frames[number]

    def sentence(self, place: Place) -> Sentence:
        """The sentence of a piece."""
        return self.reading.sentences[place.sentence]

    def reason(self, frame: Frame) -> str:
        """Why the frame speaks for its source, in words."""
        cue = self.reading.span(frame.first, frame.last)
        if frame.source is None:
            return f"reported by “{cue}”"
        source = self.reading.text[frame.source.start : frame.source.end]
        return {
            ACCORDING: f"“{cue} {source}” in the sentence",
            NOUN: f"the {cue} of {source}",
            LABEL: f"{source} named as the speaker beside the words",
        }.get(frame.order, f"“{cue}” reports the words of {source}")

    def stands_first(self, place: Place) -> bool:
        """Does no word stand before the piece in its sentence?"""
        sentence = self.sentence(place)
        return all(token.kind != WORD for token in self.tokens[sentence.first : place.token])


def _places(reading: Reading) -> list[Place]:
    places = [Place(-1, -1) for _ in reading.pieces]
    for number, sentence in enumerate(reading.sentences):
        for index in range(sentence.first, sentence.last):
            piece = reading.tokens[index].piece
            if piece >= 0:
                places[piece] = Place(index, number)
    return places
