"""Finds reporting frames: a source and the word by which it reports, outside the quotation marks.

Takes: “Smith said”, “said Smith”, “the ministry, however, has announced”, “according to officials”, “Trump's claim”,
“PENCE:”. Leaves out: which quotation belongs to which frame (attribution.py).
"""

from dataclasses import dataclass

from . import cues
from .document import MARK, QUOTED, WORD, Reading, Sentence, Token
from .lexicon import ADVERBS, AUXILIARIES, PREPOSITIONS, words
from .mentions import COMMON, NAME, PRONOUN, Phrase

SUBJECT = "subject"
INVERTED = "inverted"
ACCORDING = "according"
PARTICIPLE = "participle"
PASSIVE = "passive"
NOUN = "noun"
LABEL = "label"

BE = words("is are was were be been being 's ’s")
MODALS = words(
    "will would can could may might shall should must to do does did don't doesn't didn't don’t didn’t"
)
CITING = words("citing quoting")
FARTHEST_SUBJECT = 45


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue (tokens `first` to `last`) with its source; `grip` says how surely the source is the cue's own (0..1)."""

    first: int
    last: int
    source: Phrase | None
    order: str
    strength: float
    grip: float

    @property
    def left(self) -> int:
        """The first token of source and cue together."""
        return min(self.first, self.source.first) if self.source else self.first

    @property
    def right(self) -> int:
        """The token behind source and cue."""
        return max(self.last, self.source.last) if self.source else self.last


class FrameFinder:
    """Reads the frames of one sentence from its tokens and phrases."""

    def __init__(self, reading: Reading, sentence: Sentence, found: list[Phrase]) -> None:
        self.tokens = reading.tokens
        self.sentence = sentence
        self.phrases = found
        self.by_end = {
            phrase.last: phrase for phrase in found if not phrase.is_possessive or phrase.kind == NAME
        }
        self.by_start = {phrase.first: phrase for phrase in reversed(found) if not phrase.is_possessive}
        self.owners = {phrase.last: phrase for phrase in found if phrase.is_possessive}
        self.inside = {index for phrase in found for index in range(phrase.first, phrase.last)}

    def find(self) -> list[Frame]:
        """All frames of the sentence, in order."""
        frames: list[Frame] = []
        label = self._label()
        if label:
            frames.append(label)
        for index in range(self.sentence.first, self.sentence.last):
            frame = self._frame_at(index, frames)
            if frame:
                frames.append(frame)
        return frames

    def _frame_at(self, index: int, earlier: list[Frame]) -> Frame | None:
        token = self.tokens[index]
        if token.kind == MARK:
            return self._byline(index) if token.text in "—–-" else None
        if token.kind != WORD:
            return None
        if token.lower == "according" and self._lower(index + 1) == "to":
            return self._after(index, index + 2, ACCORDING, 3.0)
        if token.lower in CITING:
            return self._after(index, index + 1, ACCORDING, 2.0)
        if cues.strength(token.lower) and (index not in self.inside or self._is_lonely(index)):
            return self._verb(index, earlier)
        if cues.is_noun(token.lower):
            return self._noun(index)
        return None

    def _lower(self, index: int) -> str:
        return self.tokens[index].lower if self.sentence.first <= index < self.sentence.last else ""

    def _token(self, index: int) -> Token | None:
        return self.tokens[index] if self.sentence.first <= index < self.sentence.last else None

    def _is_lonely(self, index: int) -> bool:
        """A verb at the head of the sentence may have been taken for a name: "Asked", "Said Smith"."""
        return index == self.sentence.first

    def _after(self, first: int, start: int, order: str, strength: float) -> Frame | None:
        phrase = self.by_start.get(start)
        return Frame(first, start, phrase, order, strength, 1.0) if phrase else None

    def _label(self) -> Frame | None:
        """ "PENCE: …": a name at the head of a paragraph, before a colon."""
        phrase = self.by_start.get(self.sentence.first)
        if phrase is None or phrase.kind != NAME or self._lower(phrase.last) != ":":
            return None
        return Frame(phrase.last, phrase.last + 1, phrase, LABEL, 1.5, 1.0)

    def _byline(self, index: int) -> Frame | None:
        """ "…” — Smith": a name behind a dash that follows a quotation."""
        before, phrase = self._token(index - 1), self.by_start.get(index + 1)
        if before is None or before.kind != QUOTED or phrase is None or phrase.kind != NAME:
            return None
        return Frame(index, index + 1, phrase, LABEL, 1.5, 0.8)

    def _noun(self, index: int) -> Frame | None:
        """ "Trump's claim", "a statement from the ministry", "in the words of Smith"."""
        owner = self.owners.get(index) or self._owner_before(index)
        if owner:
            return Frame(index, index + 1, owner, NOUN, 1.0, 0.8)
        if self._lower(index + 1) in ("of", "from", "by"):
            phrase = self.by_start.get(index + 2)
            if phrase:
                return Frame(index, index + 1, phrase, NOUN, 0.8, 0.7)
        return None

    def _owner_before(self, index: int) -> Phrase | None:
        for end in range(index, max(index - 4, self.sentence.first), -1):
            if end in self.owners:
                return self.owners[end]
            if end - 1 not in self.inside:
                return None
        return None

    def _verb(self, index: int, earlier: list[Frame]) -> Frame | None:
        lower = self.tokens[index].lower
        strength = cues.strength(lower)
        last = index + 1
        if lower.endswith("ing"):
            source = self._participle_subject(index, earlier)
            return Frame(index, last, source, PARTICIPLE, strength, 0.7) if source else None
        if self._is_passive(index):
            return self._passive(index, strength)
        inverted = self._inverted_subject(index)
        source, grip = self._subject(index)
        if inverted is not None and grip < 0.9:
            return Frame(index, last, inverted, INVERTED, strength, 1.0)
        if source is None:
            return None
        if lower in cues.HOMOGRAPHS and grip < 0.8 and not self._follows_helper(index):
            return None
        return Frame(index, last, source, SUBJECT, strength, grip)

    def _follows_helper(self, index: int) -> bool:
        return self._lower(index - 1) in AUXILIARIES or self._lower(index - 1) in (
            "to",
            "and",
            "who",
            "also",
        )

    def _is_passive(self, index: int) -> bool:
        lower = self.tokens[index].lower
        if cues.lemma(lower) == lower or lower.endswith("s"):
            return False
        position = index - 1
        while position >= self.sentence.first and self._is_skippable_adverb(position):
            position -= 1
        return self._lower(position) in BE

    def _passive(self, index: int, strength: float) -> Frame | None:
        for position in range(index + 1, min(index + 8, self.sentence.last)):
            if self._lower(position) == "by":
                phrase = self.by_start.get(position + 1)
                return Frame(index, index + 1, phrase, PASSIVE, strength * 0.6, 0.7) if phrase else None
            if self.tokens[position].kind == QUOTED:
                return None
        return None

    def _is_skippable_adverb(self, index: int) -> bool:
        lower = self._lower(index)
        return lower in ADVERBS or (lower.endswith("ly") and len(lower) > 4)

    def _inverted_subject(self, index: int) -> Phrase | None:
        """ "…” said Smith": the verb stands right behind a piece or a comma and its subject right behind it."""
        before = self._token(index - 1)
        phrase = self.by_start.get(index + 1)
        if phrase is None or cues.strength(self.tokens[index].lower) < 1.5:
            return None
        if before is None:
            return phrase if phrase.kind != PRONOUN else None
        if before.kind == QUOTED:
            return phrase
        if before.text == "," and index - 2 >= self.sentence.first:
            return phrase if self.tokens[index - 2].kind == QUOTED else None
        return None

    def _participle_subject(self, index: int, earlier: list[Frame]) -> Phrase | None:
        for frame in reversed(earlier):
            if frame.source is not None and frame.order in (
                SUBJECT,
                INVERTED,
                PARTICIPLE,
            ):
                return frame.source
        adjacent = self.by_end.get(index)
        if adjacent is not None and adjacent.kind != COMMON:
            return adjacent
        return self._first_subject(index)

    def _first_subject(self, index: int) -> Phrase | None:
        """The first phrase of the sentence that no preposition governs, else the first behind the verb's comma."""
        for phrase in self.phrases:
            if phrase.first >= index:
                break
            if phrase.is_possessive or self._is_governed(phrase):
                continue
            return phrase
        if self.sentence.first in (index, index - 1):
            return next(
                (p for p in self.phrases if p.first > index and self._lower(p.first - 1) == ","),
                None,
            )
        return None

    def _is_governed(self, phrase: Phrase) -> bool:
        return self._lower(phrase.first - 1) in PREPOSITIONS

    def _subject(self, index: int) -> tuple[Phrase | None, float]:
        """The subject of the verb at `index` and how sure it is."""
        position = index - 1
        while position >= self.sentence.first and self._is_between(position):
            position -= 1
        phrase = self._ending_at(position + 1)
        if phrase is not None:
            return self._climb(phrase), 1.0
        aside = self._before_aside(position)
        if aside is not None:
            return self._climb(aside), 0.9
        if self._lower(position) in ("who", "that", "which"):
            return self._antecedent(position), 0.8
        subject = self._clause_subject(index)
        return subject, 0.55 if subject else 0.0

    def _is_between(self, position: int) -> bool:
        lower = self._lower(position)
        return lower in AUXILIARIES or lower == "to" or self._is_skippable_adverb(position)

    def _ending_at(self, end: int) -> Phrase | None:
        phrase = self.by_end.get(end)
        return phrase if phrase is not None and not phrase.is_possessive else None

    def _climb(self, phrase: Phrase) -> Phrase:
        """From the object of a preposition to what it belongs to: "a spokesman for the campaign"."""
        current = phrase
        for _ in range(4):
            if self._lower(current.first - 1) not in PREPOSITIONS:
                return current
            outer = self._ending_at(current.first - 1)
            if outer is None or outer.kind == PRONOUN:
                return current
            current = outer
        return current

    def _before_aside(self, position: int) -> Phrase | None:
        """The phrase before an aside: "Smith, who leads the army, said", "Cruz (R-Texas) said"."""
        closing = self._lower(position)
        opening = {",": ",", ")": "(", "—": "—", "–": "–", "-": "-"}.get(closing)
        if opening is None:
            return None
        for start in range(position - 1, max(self.sentence.first, position - FARTHEST_SUBJECT), -1):
            if self.tokens[start].kind == QUOTED:
                return None
            if self.tokens[start].text == opening:
                phrase = self._ending_at(start)
                if phrase is not None and self._is_plausible_head(phrase):
                    return phrase
        return None

    def _is_plausible_head(self, phrase: Phrase) -> bool:
        if self._is_governed(phrase):
            return self._climb(phrase) is not phrase
        return phrase.kind != COMMON or bool(phrase.noun)

    def _antecedent(self, position: int) -> Phrase | None:
        before = position - 1 if self._lower(position - 1) == "," else position
        phrase = self._ending_at(before) or self._ending_at(position)
        return self._climb(phrase) if phrase else self._ending_at(position + 1)

    def _clause_subject(self, index: int) -> Phrase | None:
        """ "Smith took the stage and said": the first free phrase of the clause."""
        begin = self.sentence.first
        for position in range(index - 1, max(self.sentence.first, index - FARTHEST_SUBJECT), -1):
            if self.tokens[position].text == ";" or self.tokens[position].kind == QUOTED:
                begin = position + 1
                break
        free = [p for p in self.phrases if begin <= p.first < index and not p.is_possessive]
        return next((p for p in free if not self._is_governed(p)), None)
