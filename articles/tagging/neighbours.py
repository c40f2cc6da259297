"""Finds speakers for a piece without a frame: the subject of its sentence, and the sentences around.

Takes: “Smith was blunt. “…””, “Reed's broadside against “…””, “- Anna Kowalska” below a quotation.
Leaves out: the speaker of the quotation before (attribution.py carries it on).
"""

from .document import QUOTED, WORD
from .frames import NOUN
from .framing import Attribution, Framing, Place
from .lexicon import ADVERBS, AUXILIARIES, PREPOSITIONS, STOP_WORDS, words
from .mentions import COMMON, NAME, Phrase

OWNED_BY = words("of for against on that about to")
IMPERSONAL = words("it this that there these those")
LONGEST_CUE = 4
DASHES = frozenset({"-", "–", "—"})


class Neighbours:
    """Candidates for the pieces of one reading."""

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self.tokens = framing.tokens

    def find(self, place: Place) -> list[Attribution]:
        """The candidates for the piece at a place, in no order."""
        own = (self._subject(place), self._owner(place), self._named_before_colon(place))
        found = [candidate for candidate in own if candidate is not None]
        if self.framing.stands_first(place):
            found.extend(self._from_sentence_before(place))
            found.extend(self._from_sentence_behind(place))
        else:
            found.extend(self._going_on(place))
        return found

    def _going_on(self, place: Place) -> list[Attribution]:
        """ "It would be hard, Smith said. Doing so “…”": the words of the sentence before go on."""
        number = place.sentence - 1
        sentences = self.framing.reading.sentences
        if number < 0 or sentences[number].paragraph != sentences[place.sentence].paragraph:
            return []
        return [
            Attribution(
                frame.source,
                (frame.first, frame.last),
                2.6,
                self.framing.reason(frame) + " just before",
            )
            for frame in self.framing.frames(number)
            if frame.strength >= 2 and frame.order != NOUN and frame.source is not None
        ]

    def _subject(self, place: Place) -> Attribution | None:
        """The nearest subject with an unknown verb before the piece, or the sentence's first phrase."""
        free = [
            phrase
            for phrase in self.framing.phrases(place.sentence)
            if phrase.last <= place.token and not phrase.is_possessive and not self._is_governed(phrase)
        ]
        acting = [phrase for phrase in free if self._acts(phrase, place)]
        if not free:
            return None
        phrase = acting[-1] if acting else free[0]
        named = self.framing.reading.text[phrase.start : phrase.end]
        cue = self._verb_behind(phrase, place)
        score = 3.2 if phrase.last < place.token else 2.0
        is_thing = (phrase.kind == COMMON and not phrase.noun) or self.tokens[phrase.first].lower in IMPERSONAL
        if self.tokens[place.token - 1].text == ":":
            score += 0.6 if acting else 0.0
        elif is_thing:
            score -= 1.0
        return Attribution(phrase, cue, score, f"{named} is the subject of the sentence")

    def _verb_behind(self, phrase: Phrase, place: Place) -> tuple[int, int] | None:
        """ "adopted" in "Reed has also adopted": the main verb, behind its helpers."""
        if phrase.last >= place.token or self.tokens[phrase.last].kind != WORD:
            return None
        for index in range(phrase.last, min(phrase.last + LONGEST_CUE, place.token)):
            if self.tokens[index].kind == WORD and self.tokens[index].lower not in AUXILIARIES | ADVERBS:
                return index, index + 1
        return phrase.last, phrase.last + 1

    def _acts(self, phrase: Phrase, place: Place) -> bool:
        """Does a verb seem to follow the phrase, before the piece?"""
        if phrase.last >= place.token or (phrase.kind == COMMON and not phrase.noun):
            return False
        verb = self.tokens[phrase.last]
        if verb.kind != WORD or verb.is_capitalised:
            return False
        return verb.lower in AUXILIARIES or verb.lower not in STOP_WORDS

    def _owner(self, place: Place) -> Attribution | None:
        """ "Reed's broadside against “…”": a name that owns the noun right before the piece."""
        for phrase in self.framing.phrases(place.sentence):
            if not phrase.is_possessive or phrase.last > place.token or place.token - phrase.last > 6:
                continue
            between = self.tokens[phrase.last : place.token]
            is_plain = all(token.kind == WORD and token.lower not in AUXILIARIES for token in between)
            if between and is_plain and between[-1].lower in OWNED_BY:
                named = self.framing.reading.text[phrase.start : phrase.end]
                cue = (phrase.last, phrase.last + 1)
                return Attribution(phrase, cue, 3.5, f"the words are {named}'s")
        return None

    def _named_before_colon(self, place: Place) -> Attribution | None:
        """ "… surprises the pollster Tom Reed: “…”": a name right before the colon."""
        colon = place.token - 1
        if colon <= self.framing.sentence(place).first or self.tokens[colon].text != ":":
            return None
        for phrase in self.framing.phrases(place.sentence):
            if phrase.last == colon and phrase.kind == NAME and not phrase.is_possessive and not self._is_governed(phrase):
                named = self.framing.reading.text[phrase.start : phrase.end]
                return Attribution(phrase, (colon, colon + 1), 4.4, f"{named} stands before the colon")
        return None

    def _is_governed(self, phrase: Phrase) -> bool:
        return phrase.first > 0 and self.tokens[phrase.first - 1].lower in PREPOSITIONS

    def _from_sentence_before(self, place: Place) -> list[Attribution]:
        """ "Smith was blunt: / “…”": the sentence before ends in a colon or has a frame without a piece."""
        number = place.sentence - 1
        if number < 0:
            return []
        before, here = self.framing.reading.sentences[number], self.framing.sentence(place)
        ends_in_colon = self.tokens[before.last - 1].text == ":"
        gap = here.paragraph - before.paragraph
        if gap > 1 or (gap and not ends_in_colon and not self._is_whole_paragraph(place)):
            return []
        has_piece = any(token.kind == QUOTED for token in self.tokens[before.first : before.last])
        found = []
        for frame in self.framing.frames(number):
            base = 4.8 if ends_in_colon else 2.0 - (1.0 if gap else 0.0) - (0.5 if has_piece else 0.0)
            score = base + 0.4 * frame.strength + frame.grip + (0.3 if frame.order != NOUN else 0.0)
            cue = (frame.first, frame.last)
            found.append(Attribution(frame.source, cue, score, self.framing.reason(frame) + " just before"))
        if not found:
            found.extend(self._bare_subject_before(number, ends_in_colon, gap))
        return found

    def _bare_subject_before(self, number: int, ends_in_colon: bool, gap: int) -> list[Attribution]:
        for phrase in self.framing.phrases(number):
            if not phrase.is_possessive and not self._is_governed(phrase):
                named = self.framing.reading.text[phrase.start : phrase.end]
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
        start, end = self.framing.reading.paragraphs[self.framing.sentence(place).paragraph]
        token = self.tokens[place.token]
        return token.start - start <= 1 and end - token.end <= 2

    def _from_sentence_behind(self, place: Place) -> list[Attribution]:
        """ "“One.” “Two,” Smith said": the speaker is named with the next piece of the paragraph."""
        number = place.sentence + 1
        if number >= len(self.framing.reading.sentences):
            return []
        behind, here = self.framing.reading.sentences[number], self.framing.sentence(place)
        signature = self._signature(number, place)
        if signature is not None:
            return [signature]
        if behind.paragraph != here.paragraph or here.last > place.token + 2:
            return []
        opens_with_piece = self.tokens[behind.first].kind == QUOTED
        found = []
        for frame in self.framing.frames(number):
            is_near = frame.left <= behind.first + 3
            score = (2.5 if opens_with_piece else 1.5) + 0.4 * frame.strength + 0.5 * frame.grip - (0 if is_near else 1)
            cue = (frame.first, frame.last)
            found.append(Attribution(frame.source, cue, score, self.framing.reason(frame) + " just behind"))
        return found

    def _signature(self, number: int, place: Place) -> Attribution | None:
        """ "- Anna Kowalska": a dash and a name in the line below a quotation that fills its own."""
        sentence = self.framing.reading.sentences[number]
        first = self.tokens[sentence.first]
        if first.text not in DASHES or sentence.last - sentence.first > 8 or not self._is_whole_paragraph(place):
            return None
        for phrase in self.framing.phrases(number):
            if phrase.first == sentence.first + 1 and phrase.kind == NAME:
                named = self.framing.reading.text[phrase.start : phrase.end]
                return Attribution(phrase, (sentence.first, phrase.first), 7.0, f"signed by {named}")
        return None
