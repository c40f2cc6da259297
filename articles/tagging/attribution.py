"""Ranks who said each quoted piece: the frames of its sentence, its neighbours, and the speaker before it.

Takes: “…,” Smith said; Smith said that it was “…”; “…” alone in its paragraph, after Smith's.
Leaves out: whether the piece is a quotation (quotes.py) and the full name of the speaker (coreference.py).

Every candidate gets a score, a sum of weights for what speaks for it; the weights were set by hand. The previous
decision is itself a candidate, so that a speaker carries on over pieces without a frame of their own.
"""

from dataclasses import dataclass

from . import cues
from .document import QUOTED, WORD, Reading, Sentence
from .frames import (
    ACCORDING,
    INVERTED,
    LABEL,
    NOUN,
    PARTICIPLE,
    PASSIVE,
    Frame,
    FrameFinder,
)
from .lexicon import CONJUNCTIONS, words
from .mentions import PRONOUN, Phrase, phrases

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
OPENERS = words("that as a an the his her its their it him them of for to is was be been being was were like")


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


class Ranker:
    """Scores the candidates of every piece of one reading, in order."""

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

    def rank(self, piece: int, previous: tuple[int, Attribution] | None) -> Attribution:
        """The best attribution of a piece, given the last quotation before it and its attribution."""
        place = self.places[piece]
        candidates = [self._rated(frame, place) for frame in self.frames(place.sentence)]
        candidates.extend(self._neighbours(piece, place))
        if previous is not None:
            candidates.append(self._carried(piece, place, *previous))
        return max(candidates, key=lambda candidate: candidate.score, default=NOBODY)

    def _rated(self, frame: Frame, place: Place) -> Attribution:
        score = PER_STRENGTH * frame.strength + PER_GRIP * frame.grip + ORDER_BONUS.get(frame.order, 0.0)
        if frame.first > place.token:
            score += self._behind(frame, place)
        else:
            score += self._before(frame, place)
        return Attribution(frame.source, (frame.first, frame.last), score, self._frame_reason(frame))

    def _frame_reason(self, frame: Frame) -> str:
        cue = self.reading.span(frame.first, frame.last)
        if frame.source is None:
            return f"reported by “{cue}”"
        source = self.reading.text[frame.source.start : frame.source.end]
        return {
            ACCORDING: f"“{cue} {source}” in the sentence",
            NOUN: f"the {cue} of {source}",
            LABEL: f"{source} named as the speaker beside the words",
        }.get(frame.order, f"“{cue}” reports the words of {source}")

    def _behind(self, frame: Frame, place: Place) -> float:
        """ "…,” Smith said": the frame follows the piece."""
        between = self.tokens[place.token + 1 : frame.left]
        if all(token.kind not in (WORD, QUOTED) for token in between):
            return 4.5
        score = -0.5 * sum(token.kind == QUOTED for token in between) - 0.06 * len(between)
        lead = self.tokens[frame.left - 1]
        if lead.text in (",", "—", "–"):
            closes = frame.right >= self.sentence(place).last - 8
            return score + (3.5 if closes else 2.2)
        if lead.kind == QUOTED:
            return score + 2.5
        return score - 0.8

    def _before(self, frame: Frame, place: Place) -> float:
        """ "Smith said that it was “…”": the frame precedes the piece."""
        between = self.tokens[frame.right : place.token]
        if not between:
            return 4.0
        score = 3.2 - 0.08 * len(between)
        if between[-1].text in (":", ","):
            score += 1.0
        elif len(between) == 1 and between[0].lower in OPENERS:
            score += 0.8
        score -= 0.7 * sum(token.text == ";" for token in between)
        score -= 0.5 * sum(token.kind == QUOTED for token in between)
        return score

    def sentence(self, place: Place) -> Sentence:
        """The sentence of a piece."""
        return self.reading.sentences[place.sentence]

    def _neighbours(self, piece: int, place: Place) -> list[Attribution]:
        """Candidates without a frame of the piece's own: the sentence's subject and the sentences around."""
        sentence = self.sentence(place)
        found = []
        subject = self._subject(place)
        if subject is not None:
            found.append(subject)
        if self._stands_first(place, sentence):
            found.extend(self._from_sentence_before(place))
            found.extend(self._from_sentence_behind(place))
        return found

    def _stands_first(self, place: Place, sentence: Sentence) -> bool:
        return all(token.kind != WORD for token in self.tokens[sentence.first : place.token])

    def _subject(self, place: Place) -> Attribution | None:
        """An unknown verb between the sentence's subject and the piece, or the subject alone."""
        for phrase in self.phrases(place.sentence):
            if phrase.first > place.token:
                return None
            if phrase.is_possessive or self._is_governed(phrase) or phrase.last > place.token:
                continue
            if self.tokens[phrase.first].lower in CONJUNCTIONS:
                continue
            last = place.token - 1
            score = 2.0 if phrase.kind != PRONOUN or last > phrase.last else 1.0
            named = self.reading.text[phrase.start : phrase.end]
            cue = (phrase.last, phrase.last + 1) if phrase.last < place.token else None
            if cue and self.tokens[phrase.last].kind != WORD:
                cue = None
            return Attribution(phrase, cue, score, f"{named} is the subject of the sentence")
        return None

    def _is_governed(self, phrase: Phrase) -> bool:
        return phrase.first > 0 and self.tokens[phrase.first - 1].lower in (
            "of",
            "in",
            "on",
            "at",
            "by",
            "for",
            "with",
        )

    def _from_sentence_before(self, place: Place) -> list[Attribution]:
        """ "Smith was blunt: / “…”": the sentence before ends in a colon or has a frame without a piece."""
        number = place.sentence - 1
        if number < 0:
            return []
        before, here = self.reading.sentences[number], self.sentence(place)
        ends_in_colon = self.tokens[before.last - 1].text == ":"
        gap = here.paragraph - before.paragraph
        if gap > 1 or (gap and not ends_in_colon and not self._is_whole_paragraph(place)):
            return []
        has_piece = any(token.kind == QUOTED for token in self.tokens[before.first : before.last])
        found = []
        for frame in self.frames(number):
            base = 4.8 if ends_in_colon else 2.0 - (1.0 if gap else 0.0) - (0.5 if has_piece else 0.0)
            score = base + 0.4 * frame.strength + frame.grip + (0.3 if frame.order != NOUN else 0.0)
            cue = (frame.first, frame.last)
            found.append(Attribution(frame.source, cue, score, self._frame_reason(frame) + " just before"))
        if not found:
            found.extend(self._bare_subject_before(number, ends_in_colon, gap))
        return found

    def _bare_subject_before(self, number: int, ends_in_colon: bool, gap: int) -> list[Attribution]:
        for phrase in self.phrases(number):
            if not phrase.is_possessive and not self._is_governed(phrase):
                named = self.reading.text[phrase.start : phrase.end]
                score = 4.5 if ends_in_colon else 1.8 - gap
                return [
                    Attribution(
                        phrase,
                        None,
                        score,
                        f"{named} is the subject of the sentence before",
                    )
                ]
        return []

    def _is_whole_paragraph(self, place: Place) -> bool:
        start, end = self.reading.paragraphs[self.sentence(place).paragraph]
        token = self.tokens[place.token]
        return token.start - start <= 1 and end - token.end <= 2

    def _from_sentence_behind(self, place: Place) -> list[Attribution]:
        """ "“One.” “Two,” Smith said": the speaker is named with the next piece of the paragraph."""
        number = place.sentence + 1
        if number >= len(self.reading.sentences):
            return []
        behind, here = self.reading.sentences[number], self.sentence(place)
        if behind.paragraph != here.paragraph or here.last > place.token + 2:
            return []
        opens_with_piece = self.tokens[behind.first].kind == QUOTED
        found = []
        for frame in self.frames(number):
            is_near = frame.left <= behind.first + 3
            score = (
                (2.5 if opens_with_piece else 1.5)
                + 0.4 * frame.strength
                + 0.5 * frame.grip
                - (0 if is_near else 1)
            )
            cue = (frame.first, frame.last)
            found.append(Attribution(frame.source, cue, score, self._frame_reason(frame) + " just behind"))
        return found

    def _carried(self, piece: int, place: Place, earlier: int, attribution: Attribution) -> Attribution:
        """The speaker of the quotation before goes on."""
        if attribution.source is None:
            return NOBODY
        before = self.places[earlier]
        pieces = self.reading.pieces
        gap = self.sentence(place).paragraph - self.sentence(before).paragraph
        if pieces[piece].chain == pieces[earlier].chain:
            score = 12.0
        elif before.sentence == place.sentence:
            score = 3.0
        else:
            score = 4.2 - 0.5 * (place.sentence - before.sentence) - 0.4 * gap
            score += 1.0 if self._stands_first(place, self.sentence(place)) else -0.6
        return Attribution(
            attribution.source,
            attribution.cue,
            score,
            "the quotation before goes on",
            is_carried=True,
        )


def _places(reading: Reading) -> list[Place]:
    places = [Place(-1, -1) for _ in reading.pieces]
    for number, sentence in enumerate(reading.sentences):
        for index in range(sentence.first, sentence.last):
            piece = reading.tokens[index].piece
            if piece >= 0:
                places[piece] = Place(index, number)
    return places


def strength_of_cue(reading: Reading, attribution: Attribution) -> float:
    """How surely the attribution's cue is a reporting word, 0 without a cue."""
    if attribution.cue is None:
        return 0.0
    return cues.strength(reading.tokens[attribution.cue[0]].lower)
