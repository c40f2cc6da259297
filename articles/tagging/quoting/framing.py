"""A reading with its phrases and frames, and what attributions are made of."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from ..reading.document import WORD, Reading, Sentence
from ..reading.mentions import Phrase, phrases
from ..vocabulary import cues
from .appositions import PERSON, Apposition, find_appositions
from .frames import ACCORDING, LABEL, NOUN, Frame, FrameFinder


# Not frozen: a story has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class Attribution:
    """A piece's best candidate: the source, its cue (token range), its score and the reason in words.

    `lead` is how far the score lies above that of the best candidate with another source.
    """

    source: Phrase | None
    cue: tuple[int, int] | None
    score: float
    reason: str
    is_carried: bool = False
    lead: float = 0.0


@dataclass(slots=True)
class Place:
    """Where a piece stands: its token and its sentence (by number)."""

    token: int
    sentence: int


FRAMES_BEFORE = 12
FRAMES_BEHIND = 6
NOBODY = Attribution(None, None, 0.0, "no speaker found")


class Framing:
    """The places of a reading's pieces, and the phrases and frames of its sentences, each found once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.places = _places(reading)
        self._phrases: dict[int, list[Phrase]] = {}
        self._frames: dict[int, list[Frame]] = {}
        self._appositions: dict[int, list[Apposition]] = {}

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

    @cached_property
    def sentence_firsts(self) -> list[int]:
        """The first token of every sentence."""
        return [sentence.first for sentence in self.reading.sentences]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [self.tokens[first].start for first in self.sentence_firsts]

    def sentence_at(self, place: int) -> int:
        """The number of the sentence at a place of the text."""
        return bisect_right(self._sentence_starts, place) - 1

    def near_frames(self, place: Place) -> list[Frame]:
        """The frames of a piece's sentence that stand nearest to it; only a text that nobody wrote has more."""
        frames = self.frames(place.sentence)
        if len(frames) <= FRAMES_BEFORE:
            return frames
        middle = bisect_right([frame.first for frame in frames], place.token)
        return frames[max(0, middle - FRAMES_BEFORE) : middle + FRAMES_BEHIND]

    def appositions(self, number: int) -> list[Apposition]:
        """The roles of a sentence with the names beside them, found once."""
        if number not in self._appositions:
            sentence = self.reading.sentences[number]
            self._appositions[number] = find_appositions(self.tokens, sentence, self.phrases(number))
        return self._appositions[number]

    def apposed(self, role: Phrase) -> Phrase | None:
        """The name beside a role: "Eerika Kurvits" for "the prefect, Eerika Kurvits"."""
        number = bisect_right(self.sentence_firsts, role.first) - 1
        return next((pair.name for pair in self.appositions(number) if pair.role == role), None)

    def whole_end(self, source: Phrase) -> int:
        """Where a source ends, with the name that stands beside its role: "a pilot, Captain Israel Fontaine"."""
        name = self.apposed(source) if source.noun == PERSON else None
        return name.end if name is not None and name.start > source.start else source.end

    def sentence(self, place: Place) -> Sentence:
        """The sentence of a piece."""
        return self.reading.sentences[place.sentence]

    def reason(self, frame: Frame) -> str:
        """Why the frame speaks for its source, in words."""
        cue = self.reading.span(frame.first, frame.last)
        if frame.source is None:
            return f"“{cue}” without a speaker"
        source = self.reading.text[frame.source.start : frame.source.end]
        if frame.order == LABEL:
            return f"{source} stands beside the words as their speaker"
        if frame.order == NOUN:
            return f"the {cue} of {source}"
        if frame.order == ACCORDING:
            return f"“{cue}” names {source}"
        return f"said by “{source}”" if cues.lemma(cue.lower()) == "say" else f"“{cue}” belongs to “{source}”"

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
