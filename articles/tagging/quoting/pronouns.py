"""Tells whom "he" and "she" mean: the person whom the sentences before have in view.

Takes: “Gelashvili sold both columns her wine. The guests pay in dollars, she reports.”
Leaves out: "they" and "I", and pronouns inside quotation marks.

All pronouns of a story are read in order, and each counts as a naming of the one it means, so that a person
stays in view over sentences without a name. A person without a name ("a fisherman") may be meant too.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from ..reading.mentions import PRONOUN, Phrase
from ..vocabulary.cues import strength
from ..vocabulary.genders import pronoun_of_roles
from ..vocabulary.lexicon import FEMALE, MALE, PREPOSITIONS
from ..vocabulary.verbs import is_verb
from .frames import ACCORDING, INVERTED, SUBJECT, Frame
from .framing import Framing
from .namesakes import Cluster
from .people import People, is_someone

PER_SENTENCE = 0.7
SUBJECT_BONUS = 1.0
FREE_BONUS = 0.5
LAST_SPEAKER_BONUS = 0.2
KNOWN_PRONOUN_BONUS = 0.4
NEAREST_BONUS = 0.15
FREQUENCY_WEIGHT = 0.2
UNNAMED_LOSS = 0.8
SAME_CLAUSE_LOSS = 0.5
FARTHEST = 12
MOST_IN_VIEW = 40
STRONG = 2
TELLING = (SUBJECT, INVERTED, ACCORDING)


@dataclass(slots=True)
class InView:
    """The last mention of someone: the person or None for one without a name, and how it stood."""

    key: object
    cluster: Cluster | None
    start: int
    sentence: int
    is_subject: bool
    is_free: bool
    pronoun: str
    count: int = 1


class Pronouns:
    """The pronouns of one body, each with the person it means; `speakers` are told as they are found."""

    def __init__(self, framing: Framing, people: People) -> None:
        self.framing = framing
        self.people = people
        self.meant: dict[int, Cluster | None] = {}
        self.known: dict[int, str] = {}
        self._views: dict[object, InView] = {}
        self._next_sentence = 0
        self._last_told: Cluster | None = None

    def meaning(self, phrase: Phrase, sentence: int, last_speaker: Cluster | None) -> Cluster | None:
        """Whom the pronoun means, or None."""
        self._read_to(sentence, last_speaker)
        return self.meant.get(phrase.start)

    def read_all(self) -> None:
        """Read the whole story, where nobody speaks."""
        self._read_to(len(self.framing.reading.sentences) - 1, None)

    def _read_to(self, last: int, last_speaker: Cluster | None) -> None:
        while self._next_sentence <= last:
            number = self._next_sentence
            self._next_sentence += 1
            for phrase in self.framing.phrases(number):
                self._take(phrase, number, self._last_told or last_speaker)
            self._last_told = self._teller(self._telling(number)) or self._last_told

    def _take(self, phrase: Phrase, number: int, last_speaker: Cluster | None) -> None:
        text = self.framing.reading.text[phrase.start : phrase.end].lower()
        if phrase.kind == PRONOUN:
            if text in MALE | FEMALE:
                wanted = "he" if text in MALE else "she"
                view = self._best(phrase, number, wanted, last_speaker)
                self.meant[phrase.start] = view.cluster if view else None
                if view:
                    self._note(view, phrase, number, wanted)
            return
        named = self.people.named_in(phrase)
        if named is not None:
            self._see(named[0], named[0], phrase, number, named[0].pronoun)
        elif is_someone(phrase, text):
            head = text.split()[-1]
            cluster = self._holder(phrase, text, head)
            if not head.endswith("s"):
                self._see(
                    cluster or (head, text.startswith("the ") or phrase.start),
                    cluster,
                    phrase,
                    number,
                    pronoun_of_roles([head]),
                )

    def _telling(self, number: int) -> Frame | None:
        """The first frame that says something in the sentence, in marks or not: "Reed, a colonel, said he was late"."""
        tokens = self.framing.tokens
        sentence = self.framing.reading.sentences[number]
        if not any(strength(token.lower) >= STRONG for token in tokens[sentence.first : sentence.last]):
            return None
        for frame in self.framing.frames(number):
            if frame.strength >= STRONG and frame.order in TELLING and frame.source is not None:
                return frame
        return None

    def _teller(self, telling: Frame | None) -> Cluster | None:
        source = telling.source if telling is not None else None
        if source is None:
            return None
        if source.kind == PRONOUN:
            return self.meant.get(source.start)
        beside = self.framing.apposed(source)
        named = self.people.named_in(source) or (self.people.named_in(beside) if beside is not None else None)
        return named[0] if named is not None else None

    def _holder(self, phrase: Phrase, text: str, head: str) -> Cluster | None:
        """The person of a role: named beside it, or the one named with it before."""
        beside = self.framing.apposed(phrase)
        named = self.people.named_in(beside) if beside is not None else None
        if named is not None:
            return named[0]
        return self.people.with_role(head, phrase.start) if text.startswith("the ") else None

    def _see(self, key: object, cluster: Cluster | None, phrase: Phrase, number: int, pronoun: str) -> None:
        key = id(cluster) if cluster is not None else key
        before = self._views.pop(key, None)
        is_free = self._is_free(phrase)
        view = InView(key, cluster, phrase.start, number, self._is_subject(phrase, number), is_free, pronoun)
        if before is not None:
            view.count = before.count + 1
            view.pronoun = pronoun or before.pronoun
        self._views[key] = view

    def _note(self, view: InView, phrase: Phrase, number: int, wanted: str) -> None:
        view.start, view.sentence = phrase.start, number
        view.is_free = not phrase.is_possessive and self._is_free(phrase)
        view.is_subject = self._is_subject(phrase, number)
        view.count += 1
        view.pronoun = wanted
        self._views[view.key] = self._views.pop(view.key)

    def _best(self, phrase: Phrase, number: int, wanted: str, last_speaker: Cluster | None) -> InView | None:
        latest = islice(reversed(self._views.values()), MOST_IN_VIEW)
        fitting = [view for view in latest if view.pronoun in ("", wanted) and number - view.sentence <= FARTHEST]
        return max(fitting, key=lambda view: self._salience(view, phrase, number, wanted, last_speaker), default=None)

    def _salience(
        self, view: InView, phrase: Phrase, number: int, wanted: str, last_speaker: Cluster | None
    ) -> tuple[float, int]:
        score = -PER_SENTENCE * (number - view.sentence) + FREQUENCY_WEIGHT * math.log(view.count)
        score += SUBJECT_BONUS if view.is_subject else FREE_BONUS if view.is_free else 0.0
        score += LAST_SPEAKER_BONUS if view.cluster is not None and view.cluster is last_speaker else 0.0
        score += NEAREST_BONUS if view.key == next(reversed(self._views)) else 0.0
        score += KNOWN_PRONOUN_BONUS if view.pronoun == wanted else 0.0
        score -= 0.0 if view.cluster is not None and _is_surely_someone(view.cluster) else UNNAMED_LOSS
        if view.sentence == number and not phrase.is_possessive and not view.is_free:
            score -= SAME_CLAUSE_LOSS
        return score, view.start

    def _is_free(self, phrase: Phrase) -> bool:
        """Neither behind a preposition nor behind its verb."""
        before = self.framing.tokens[phrase.first - 1].lower if phrase.first else ""
        return before not in PREPOSITIONS and not is_verb(before) and not phrase.is_possessive

    def _is_subject(self, phrase: Phrase, number: int) -> bool:
        """Free, and the first of its sentence or right before a verb."""
        if not self._is_free(phrase):
            return False
        tokens = self.framing.tokens
        if phrase.last < len(tokens) and is_verb(tokens[phrase.last].lower):
            return True
        return (
            next((p for p in self.framing.phrases(number) if not p.is_possessive and self._is_free(p)), None) is phrase
        )


def _is_surely_someone(cluster: Cluster) -> bool:
    """A word alone that nothing tells of may name a company as well."""
    return bool(cluster.given or cluster.id or cluster.titles or cluster.pronoun)


def is_he_or_she(text: str) -> bool:
    """Is the lower-case word a pronoun that is resolved here?"""
    return text in MALE | FEMALE


def sentence_of(framing: Framing, phrase: Phrase) -> int:
    """The number of the sentence that holds the phrase."""
    return bisect_right(framing.sentence_firsts, phrase.first) - 1
