"""Finds reporting frames: a source and the word by which it reports, outside the quotation marks.

Takes: “Smith said”, “said Smith”, “the ministry, however, has announced”, “according to officials”, “Smith's
claim”, “REED:”. Leaves out: which quotation belongs to which frame (attribution.py).
"""

from dataclasses import dataclass
from functools import lru_cache

from ..reading.document import MARK, QUOTED, WORD
from ..reading.mentions import COMMON, NAME, PRONOUN, Phrase
from ..vocabulary import cues
from ..vocabulary.labels import is_section
from ..vocabulary.lexicon import ARTICLES, AUXILIARIES, KNOWN_WORDS, PREPOSITIONS, STOP_WORDS, words
from ..vocabulary.verbs import IRREGULAR_PASTS, is_verb
from .subjects import RELATIVES, SubjectFinder

SUBJECT = "subject"
INVERTED = "inverted"
ACCORDING = "according"
PARTICIPLE = "participle"
PASSIVE = "passive"
NOUN = "noun"
PERSON = "person"
ORGANISATION = "organisation"
LABEL = "label"

REPORTING = frozenset({SUBJECT, INVERTED, PARTICIPLE})
BE = words("is are was were be been being 's ’s")
PARTICLE_VERBS = words(
    "shot fired hit pushed chimed cut went carried joked fights shoots fires hits goes chimes pushes cuts lashed"
    " lashes pointed points laid lays put puts weighed weighs summed sums blurted piped hissed"
)
PARTICLES = words("back in on out it up")
DEEDS = frozenset({("carried", "out"), ("put", "out"), ("put", "up"), ("puts", "out"), ("puts", "up")})
CONDITIONAL = words("would will could can should may might must")
LONGEST_BYLINE = 12
BYLINE_ENDS = frozenset(",.(")
CITING = words("citing quoting")
FRAMING_WORDS = words("according has had") | CITING | PARTICLE_VERBS
NOWHERE = Phrase(-1, -1, 0, 0, COMMON, "")
OPEN_STRENGTH = 1.6
IRREAL = 0.5


# Not frozen: a story has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class Frame:
    """A cue (tokens `first` to `last`) and its source; `grip`: how surely the source is its own (0 to 1)."""

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


class FrameFinder(SubjectFinder):
    """Reads the frames of one sentence from its tokens and phrases."""

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
        if token.kind != WORD or not _may_frame(token.lower):
            return None
        if token.lower == "according" and self._lower(index + 1) == "to":
            return self._after(index, index + 2, ACCORDING, 3.0)
        if token.lower in CITING and not self._has_piece_behind(index):
            return self._after(index, index + 1, ACCORDING, 2.0)
        if cues.is_noun(token.lower) and self._lower(index - 1) in ("'s", "’s"):
            return self._noun(index)
        if self._is_phrasal(index):
            return self._phrasal(index)
        if token.lower in ("has", "had") and self._lower(index + 1) == "it" and self._ends_aside(index + 2):
            source, grip = self._subject(index)
            return Frame(index, index + 2, source, SUBJECT, 2.0, grip) if source else None
        if cues.strength(token.lower) and (index not in self.inside or self._is_lonely(index)):
            return self._verb(index, earlier)
        if cues.is_noun(token.lower):
            return self._noun(index)
        return self._open_verb(index)

    def _ends_aside(self, index: int) -> bool:
        """ "as the log has it,": a comma or a piece follows."""
        return self._lower(index) == "," or self._is_piece(index)

    def _is_phrasal(self, index: int) -> bool:
        """ "carried on", but not "carried out a test"."""
        verb, particle = self._lower(index), self._lower(index + 1)
        return verb in PARTICLE_VERBS and particle in PARTICLES and (verb, particle) not in DEEDS

    def _phrasal(self, index: int) -> Frame | None:
        """ "Reed shot back", "her husband chimed in"."""
        behind = self.by_start.get(index + 2)
        if behind is not None and self._is_piece(index - 1):
            return Frame(index, index + 2, behind, INVERTED, 2.0, 1.0)
        source, grip = self._subject(index)
        return Frame(index, index + 2, source, SUBJECT, 2.0, grip) if source else None

    def _has_piece_behind(self, index: int) -> bool:
        return any(token.kind == QUOTED for token in self.tokens[index : self.sentence.last])

    def _open_verb(self, index: int) -> Frame | None:
        """An unknown verb with its subject right at a piece: "“…” Reed barked", "“…,” the note ran"."""
        lower = self.tokens[index].lower
        if index in self.inside or not (lower.endswith("ed") or lower in IRREGULAR_PASTS):
            return None
        before = self.by_end.get(index)
        if before is None or before.is_possessive or self._lower(before.first - 1) in RELATIVES:
            before = None
        if before is not None and not lower.endswith("ed"):
            return self._closing_verb(index, before)
        if before is not None and self._touches_piece(before.first - 1, index + 1):
            is_sure = self._is_piece(before.first - 1) or self._lower(index + 1) in (",", ":")
            return Frame(index, index + 1, before, SUBJECT, OPEN_STRENGTH if is_sure else IRREAL, 1.0)
        behind = self.by_start.get(index + 1)
        if behind is not None and self._is_piece(index - 1) and lower.endswith("ed"):
            return Frame(index, index + 1, behind, INVERTED, OPEN_STRENGTH, 1.0)
        return None

    def _closing_verb(self, index: int, before: Phrase) -> Frame | None:
        """ "“…,” the note ran.": any verb that closes the sentence behind a piece and its subject."""
        after = self._token(index + 1)
        closes = after is None or after.text in ".;"
        return (
            Frame(index, index + 1, before, SUBJECT, OPEN_STRENGTH, 1.0)
            if closes and self._is_piece(before.first - 1)
            else None
        )

    def _touches_piece(self, left: int, right: int) -> bool:
        return self._is_piece(left) or self._is_piece(right + (self._lower(right) in (",", ":")))

    def _is_piece(self, index: int) -> bool:
        token = self._token(index)
        return token is not None and token.kind == QUOTED

    def _is_lonely(self, index: int) -> bool:
        """A verb at the head of the sentence may have been taken for a name: "Asked", "Said Smith"."""
        return index == self.sentence.first

    def _after(self, first: int, start: int, order: str, strength: float) -> Frame | None:
        phrase = self.by_start.get(start)
        return Frame(first, start, phrase, order, strength, 1.0) if phrase else None

    def _label(self) -> Frame | None:
        """ "REED: …": a name at the head of a paragraph, before a colon."""
        phrase = self.by_start.get(self.sentence.first)
        colon = self._label_end(phrase) if phrase is not None and phrase.kind == NAME else None
        return Frame(colon, colon + 1, phrase, LABEL, 1.5, 1.0) if colon is not None else None

    def _label_end(self, phrase: Phrase) -> int | None:
        """The colon of "REED:", "Reed (R-Ohio):" and of the headline "Reed on the budget: “…”"."""
        after = self._lower(phrase.last)
        if is_section(" ".join(self._lower(index) for index in range(phrase.first, phrase.last))):
            return None
        if after == ":":
            return phrase.last
        for position in range(phrase.last, min(phrase.last + LONGEST_BYLINE, self.sentence.last)):
            if self._lower(position) == ":":
                return position if after in ("(", "on") and self._is_piece(position + 1) else None
        return None

    def _byline(self, index: int) -> Frame | None:
        """ "…” — Smith": a name behind a dash that follows a quotation."""
        before, phrase = self._token(index - 1), self.by_start.get(index + 1)
        if phrase is None and self._lower(index + 1) == "from":
            named = [found for found in self.phrases if found.first > index and found.kind == NAME]
            phrase = named[-1] if named and index + LONGEST_BYLINE >= self.sentence.last else None
        if before is None or before.kind != QUOTED or phrase is None or phrase.kind != NAME:
            return None
        behind = self._token(phrase.last)
        if self._lower(phrase.first) in ARTICLES or (behind is not None and behind.text not in BYLINE_ENDS):
            return None
        return Frame(index, index + 1, phrase, LABEL, 1.5, 0.8)

    def _noun(self, index: int) -> Frame | None:
        """ "Reed's claim", "a statement from the ministry", "in the words of Smith"."""
        owner = self.owners.get(index) or self._owner_before(index)
        if self._lower(index) == "words" and "in" in (
            self._lower(index - 2),
            self._lower((owner or NOWHERE).first - 1),
        ):
            phrase = owner or self.by_start.get(index + 2)
            return Frame(index, index + 1, phrase, ACCORDING, 2.5, 1.0) if phrase else None
        if owner:
            return Frame(index, index + 1, owner, NOUN, 1.0, 0.8)
        if self._lower(index + 1) in ("of", "from", "by"):
            phrase = self.by_start.get(index + 2)
            if phrase:
                return Frame(index, index + 1, phrase, NOUN, 0.8, 0.7)
        return None

    def _owner_before(self, index: int) -> Phrase | None:
        for end in range(index, max(index - 5, self.sentence.first), -1):
            if end in self.owners:
                return self.owners[end]
            if self._lower(end - 1) in STOP_WORDS or self.tokens[end - 1].kind != WORD:
                return None
        return None

    def _verb(self, index: int, earlier: list[Frame]) -> Frame | None:
        lower = self.tokens[index].lower
        strength = cues.strength(lower)
        last = index + 1
        if lower == cues.lemma(lower) and self._lower(index - 1) in CONDITIONAL:
            strength *= IRREAL
        if lower.endswith("ing"):
            source = self._participle_subject(index, earlier)
            return Frame(index, last, source, PARTICIPLE, strength, 0.7) if source else None
        if self._is_passive(index):
            return self._passive(index, strength)
        if strength < 2 and lower == cues.lemma(lower) and self._lower(index - 1) == "to":
            return self._infinitive(index, strength, earlier)
        inverted = self._inverted_subject(index)
        source, grip = self._subject(index)
        if inverted is not None and grip < 0.9:
            return Frame(index, last, inverted, INVERTED, strength, 1.0)
        if source is None:
            return None
        if self._is_noun_here(index, lower, source, grip):
            return None
        return Frame(index, last, source, SUBJECT, strength, grip)

    def _is_noun_here(self, index: int, lower: str, source: Phrase, grip: float) -> bool:
        """ "executive orders", "a snappy retort": a noun of the verb's form, or one that its subject cannot take."""
        if self._follows_helper(index):
            return False
        is_thing = source.kind == COMMON and not source.noun and not self._touches_piece(source.first - 1, index + 1)
        is_headed = source.kind == COMMON and not source.noun and self._is_piece(index + 1)
        if lower in cues.HOMOGRAPHS and (grip < 0.8 or is_thing or is_headed):
            return True
        is_base = lower == cues.lemma(lower) and lower not in IRREGULAR_PASTS
        return is_base and self._lower(source.first) in ("a", "an", "he", "she", "it")

    def _infinitive(self, index: int, strength: float, earlier: list[Frame]) -> Frame | None:
        """ "wants to call it “…”": counts only right before the piece."""
        near = self.tokens[index + 1 : min(index + 4, self.sentence.last)]
        if not any(token.kind == QUOTED for token in near):
            return None
        source = self._participle_subject(index, earlier)
        return Frame(index, index + 1, source, PARTICIPLE, strength, 0.7) if source else None

    def _follows_helper(self, index: int) -> bool:
        position = index - 1
        while self._is_skippable_adverb(position):
            position -= 1
        return self._lower(position) in AUXILIARIES or self._lower(position) in ("to", "and", "who")

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
        return None

    def _inverted_subject(self, index: int) -> Phrase | None:
        """ "…” said Smith": the verb stands behind a piece or a comma, its subject right behind it."""
        before = self._token(index - 1)
        phrase = self.by_start.get(index + 1)
        strength = cues.strength(self.tokens[index].lower)
        if phrase is None or (strength < 1.5 and (before is None or before.kind != QUOTED)):
            return None
        if cues.lemma(self.tokens[index].lower) == "tell":
            return None
        if before is None:
            return phrase if phrase.kind != PRONOUN else None
        if before.kind == QUOTED:
            return phrase
        after = self._token(phrase.last)
        if after is not None and after.lower in AUXILIARIES:
            return None
        if before.text in (",", "—", "–"):
            follows_piece = index - 2 >= self.sentence.first and self.tokens[index - 2].kind == QUOTED
            return phrase if follows_piece or self._closes_clause(phrase) else None
        return None

    def _closes_clause(self, phrase: Phrase) -> bool:
        """No verb follows the name of ", said Tom Reed", as it would in ", said Reed was late"."""
        if phrase.kind == PRONOUN or not (phrase.kind == NAME or phrase.noun):
            return False
        after = self._token(phrase.last)
        return after is None or after.kind != WORD or after.lower in ("who", "in", "on", "at", "of")

    def _acting(self, phrase: Phrase, index: int) -> Phrase:
        """The one who speaks in "Reed sent supporters a note saying": not the phrase beside the participle."""
        before = self._lower(phrase.first - 1)
        if not (
            before in PREPOSITIONS - {"with"} or before in ("out", "up") or is_verb(before) or before.endswith("ing")
        ):
            return phrase
        return self._governing(index, depth=0) or phrase

    def _participle_subject(self, index: int, earlier: list[Frame]) -> Phrase | None:
        position = index - 1
        while self._is_skippable_adverb(position):
            position -= 1
        adjacent = self._ending_at(position + 1)
        if adjacent is not None and (adjacent.kind != COMMON or adjacent.noun):
            return self._acting(self._climb(adjacent), index)
        chained = [frame for frame in earlier if frame.order == PARTICIPLE]
        if chained and self._lower(position) in ("and", "or"):
            return chained[-1].source
        depth = 1 if self._lower(position) in PREPOSITIONS or self._lower(position) in ("and", "but", "to") else 0
        governing = self._governing(index, depth=depth)
        if governing is not None:
            return governing
        own = [frame for frame in earlier if frame.source and frame.order in REPORTING]
        if own:
            return next((frame for frame in own if frame.strength >= 2), own[-1]).source
        return self._first_subject(index)


@lru_cache(maxsize=KNOWN_WORDS)
def _may_frame(word: str) -> bool:
    """Could a frame hang on the lower-case word? Most words are told at once."""
    if word in FRAMING_WORDS or word in IRREGULAR_PASTS or word.endswith("ed"):
        return True
    return cues.strength(word) > 0 or cues.is_noun(word)
