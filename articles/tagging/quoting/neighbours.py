"""Finds speakers for a piece without a frame: the subject of its sentence, and the sentences around.

Takes: “Smith was blunt. “…””, “Reed's broadside against “…””, “- Anna Kowalska” below a quotation.
Leaves out: the speaker of the quotation before (attribution.py carries it on).
"""

from ..reading.document import QUOTED, WORD
from ..reading.mentions import COMMON, NAME, Phrase
from ..vocabulary.lexicon import ADVERBS, AUXILIARIES, PREPOSITIONS, STOP_WORDS, words
from ..vocabulary.verbs import is_verb
from .frames import NOUN, SUBJECT, Frame
from .framing import Attribution, Framing, Place
from .subjects import SUBORDINATORS
from .weights import total

OWNED_BY = words("of for against on that about to")
IMPERSONAL = words("it this that there these those")
PERSON = "person"
DASHES = frozenset({"-", "–", "—"})
LONGEST_CUE = 4
LONGEST_ASIDE = 20
HELPERS = AUXILIARIES | ADVERBS | words("as of in on at for by with")
LONGEST_OWNED = 6
LONGEST_SIGNATURE = 8
Cue = tuple[int, int]


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

    def _named(self, phrase: Phrase, cue: Cue | None, signs: list[tuple[str, float]], reason: str) -> Attribution:
        named = self.framing.reading.text[phrase.start : phrase.end]
        return Attribution(phrase, cue, total(signs), reason.format(named))

    def _framed(self, frame: Frame, signs: list[tuple[str, float]], where: str) -> Attribution:
        cue = (frame.first, frame.last)
        return Attribution(frame.source, cue, total(signs), f"{self.framing.reason(frame)} {where}")

    def _going_on(self, place: Place) -> list[Attribution]:
        """ "It would be hard, Smith said. Doing so “…”": the words of the sentence before go on."""
        number = place.sentence - 1
        sentences = self.framing.reading.sentences
        if number < 0 or sentences[number].paragraph != sentences[place.sentence].paragraph:
            return []
        return [
            self._framed(frame, [("reported in the sentence before, and goes on", 1.0)], "in the sentence before")
            for frame in self.framing.frames(number)
            if frame.strength >= 2 and frame.order != NOUN and frame.source is not None
        ]

    def _subject(self, place: Place) -> Attribution | None:
        """The nearest subject with an unknown verb before the piece, or the sentence's first phrase."""
        free = self._free_phrases(place)
        acting = [phrase for phrase in free if self._acts(phrase, place)]
        if self.tokens[place.token - 1].text == ":":
            acting = [phrase for phrase in acting if self.tokens[phrase.first].lower != "who"]
        if not free:
            return None
        phrase = acting[-1] if acting else free[0]
        is_led = self.tokens[place.token - 1].text == ":"
        is_apart = phrase.last < place.token
        signs = [("subject of the sentence" if is_apart else "first phrase of the sentence", 1.0)]
        if is_led:
            signs.append(("subject before a colon", 1.0 if acting else 0.0))
        if self._is_thing(phrase) and not (is_led and phrase.last < place.token - 1):
            signs.append(("a thing", 1.0))
        return self._named(
            phrase, self._verb_behind(phrase, place), signs, "no reporting word; the sentence is about “{}”"
        )

    def _free_phrases(self, place: Place) -> list[Phrase]:
        """The phrases before the piece that belong to no other word."""
        return [
            phrase
            for phrase in self.framing.phrases(place.sentence)
            if phrase.last <= place.token and not phrase.is_possessive and not self._is_governed(phrase)
        ]

    def _is_thing(self, phrase: Phrase) -> bool:
        return (phrase.kind == COMMON and not phrase.noun) or self.tokens[phrase.first].lower in IMPERSONAL

    def _verb_behind(self, phrase: Phrase, place: Place) -> Cue | None:
        """ "adopted" in "Reed has also adopted": the main verb, behind its helpers."""
        return self._main_verb(phrase, place.token)

    def _main_verb(self, phrase: Phrase, end: int) -> Cue | None:
        """The first word behind the phrase and its helpers, or the first verb behind its aside."""
        if phrase.last >= end:
            return None
        if self.tokens[phrase.last].kind != WORD:
            return self._verb_behind_aside(phrase, end)
        for index in range(phrase.last, min(phrase.last + LONGEST_CUE, end)):
            if self.tokens[index].kind == WORD and self.tokens[index].lower not in HELPERS:
                return index, index + 1
        return phrase.last, phrase.last + 1

    def _verb_behind_aside(self, phrase: Phrase, end: int) -> Cue | None:
        """ "gave" in "Reed, a lawyer from Ohio, gave this answer"."""
        for index in range(phrase.last + 1, min(phrase.last + LONGEST_ASIDE, end)):
            if self.tokens[index - 1].text in (",", ")") and is_verb(self.tokens[index].lower):
                return index, index + 1
        return None

    def _acts(self, phrase: Phrase, place: Place) -> bool:
        """Does a verb seem to follow the phrase, before the piece?"""
        if phrase.last >= place.token or (phrase.kind == COMMON and not phrase.noun):
            return False
        verb = self.tokens[phrase.last]
        if verb.kind != WORD or verb.is_capitalised:
            return False
        return verb.lower in AUXILIARIES or verb.lower not in STOP_WORDS

    def _owner(self, place: Place) -> Attribution | None:
        """ "Reed's broadside against “…””: a name that owns the noun right before the piece."""
        for phrase in self.framing.phrases(place.sentence):
            if not phrase.is_possessive or not 0 <= place.token - phrase.last <= LONGEST_OWNED:
                continue
            between = self.tokens[phrase.last : place.token]
            is_plain = all(token.kind == WORD and token.lower not in AUXILIARIES for token in between)
            if between and is_plain and between[-1].lower in OWNED_BY:
                cue = (phrase.last, phrase.last + 1)
                return self._named(phrase, cue, [("owner of the noun before the piece", 1.0)], "the words are {}'s")
        return None

    def _named_before_colon(self, place: Place) -> Attribution | None:
        """ "… surprises the pollster Tom Reed: “…”": a name right before the colon."""
        colon = place.token - 1
        if colon <= self.framing.sentence(place).first or self.tokens[colon].text != ":":
            return None
        has_actor = any(phrase.last < colon and not self._is_thing(phrase) for phrase in self._free_phrases(place))
        for phrase in self.framing.phrases(place.sentence):
            is_plain = phrase.kind == NAME and not phrase.is_possessive
            if phrase.last == colon and is_plain and not (has_actor and self._is_governed(phrase)):
                is_apart = self.tokens[phrase.first - 1].text in DASHES
                signs = [("name between a dash and a colon" if is_apart else "name before a colon", 1.0)]
                return self._named(phrase, (colon, colon + 1), signs, "{} stands before the colon")
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
        found = []
        for frame in self.framing.frames(number):
            signs = self._signs_nearby(frame, "just before")
            signs.append(("frame just before a colon" if ends_in_colon else "frame just before", 1.0))
            signs.append(("somebody new is named just before", self._is_new(frame, number, gap)))
            if self._closes(frame, number):
                signs.append(("closes the sentence before", 1.0))
            if not ends_in_colon:
                signs += [("a paragraph before", gap), ("the sentence before holds a piece", self._has_piece(number))]
            found.append(self._framed(frame, signs, "in the sentence before"))
        return found or self._bare_subject_before(number, gap, ends_in_colon=ends_in_colon)

    def _closes(self, frame: Frame, number: int) -> bool:
        """ "“…,” Reed said, and Smith cut in. “…”": the last words before the stop, behind no piece."""
        sentence = self.framing.reading.sentences[number]
        is_last = frame.order == SUBJECT and frame.right >= sentence.last - 1
        return is_last and frame.left > sentence.first and self.tokens[frame.left - 1].lower in ("and", "but", ",")

    def _is_new(self, frame: Frame, number: int, gap: int) -> float:
        """ "Kowalska disagrees. “…”": a name that acts, in a sentence of the same paragraph without a piece."""
        is_named = frame.source is not None and frame.source.kind == NAME and frame.order == SUBJECT
        return float(is_named and not gap and not self._has_piece(number))

    def _has_piece(self, number: int) -> float:
        sentence = self.framing.reading.sentences[number]
        return float(any(token.kind == QUOTED for token in self.tokens[sentence.first : sentence.last]))

    def _signs_nearby(self, frame: Frame, where: str) -> list[tuple[str, float]]:
        return [
            ("strength of the reporting word, nearby", frame.strength),
            (f"grip on the source, {where}", frame.grip),
            ("verb, not noun, nearby", float(frame.order != NOUN and where == "just before")),
        ]

    def _bare_subject_before(self, number: int, gap: int, *, ends_in_colon: bool) -> list[Attribution]:
        phrase = self._first_free(number)
        if phrase is None:
            return []
        signs: list[tuple[str, float]] = [("subject just before a colon", 1.0)]
        if not ends_in_colon:
            signs = [("subject just before", 1.0), ("a paragraph before", gap)]
            if not gap and not self._is_thing(phrase) and (phrase.kind != COMMON or phrase.noun == PERSON):
                signs.append(("a person acts just before", 1.0))
        cue = self._main_verb(phrase, self.framing.reading.sentences[number].last)
        return [self._named(phrase, cue, signs, "no reporting word; the sentence before is about “{}”")]

    def _first_free(self, number: int) -> Phrase | None:
        """The subject of a sentence: its first phrase in no other word's care, behind a clause that opens it."""
        free = [p for p in self.framing.phrases(number) if not p.is_possessive and not self._is_governed(p)]
        opener = self.tokens[self.framing.reading.sentences[number].first].lower
        if opener in SUBORDINATORS:
            return next((p for p in free if self.tokens[p.first - 1].text == ","), free[0] if free else None)
        return free[0] if free else None

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
            signs = self._signs_nearby(frame, "just behind")
            signs.append(("frame just behind, at the next piece" if opens_with_piece else "frame just behind", 1.0))
            signs.append(("far into the sentence behind", float(frame.left > behind.first + 3)))
            found.append(self._framed(frame, signs, "in the sentence behind"))
        return found

    def _signature(self, number: int, place: Place) -> Attribution | None:
        """ "- Anna Kowalska": a dash and a name in the line below a quotation that fills its own."""
        sentence = self.framing.reading.sentences[number]
        first = self.tokens[sentence.first]
        is_short = sentence.last - sentence.first <= LONGEST_SIGNATURE
        if first.text not in DASHES or not is_short or not self._is_whole_paragraph(place):
            return None
        for phrase in self.framing.phrases(number):
            if phrase.first == sentence.first + 1 and phrase.kind == NAME:
                cue = (sentence.first, phrase.first)
                return self._named(phrase, cue, [("signature below", 1.0)], "signed by {}")
        return None
