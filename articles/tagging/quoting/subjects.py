"""Finds the subject of a verb: the phrase that does the saying, whatever stands between the two.

Takes: “Smith, who leads the army, said”, “a spokesman for the ministry announced”, “he stood and said”.
Leaves out: subjects behind their verb (“said Smith”, frames.py).
"""

from functools import cached_property

from ..reading.document import QUOTED, WORD, Reading, Sentence, Token
from ..reading.mentions import COMMON, NAME, PRONOUN, Phrase
from ..vocabulary.lexicon import ADVERBS, AUXILIARIES, DAYS, DETERMINERS, PREPOSITIONS, TIME_NOUNS, words
from ..vocabulary.verbs import is_verb

BELONGING = words("of for from in at with to on by inside outside near within behind under about against over")
CLAUSE_OPENERS = words("and but while as though although because so")
SUBORDINATORS = CLAUSE_OPENERS - words("and but so") | words("when where if whether after before since until unless")
EMBEDDING = words("that who which whom whose what than how why")
COORDINATORS = words("and but or then") | {","}
DAYS_AND_TIMES = frozenset(day.lower() for day in DAYS) | TIME_NOUNS
RELATIVES = words("who that which")
TIME_OPENERS = words("on this last next late early earlier that in the past recent")
FARTHEST_SUBJECT = 45
LONGEST_RELATIVE = 25
# A quoted title may stand inside an aside: "Reed, author of “The Wall,” said".
TITLE_ENDS = ",?!"


class SubjectFinder:
    """Looks for subjects among the tokens and phrases of one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence, found: list[Phrase]) -> None:
        self.tokens = reading.tokens
        self.sentence = sentence
        self.phrases = found
        self.by_end = {phrase.last: phrase for phrase in found if not phrase.is_possessive or phrase.kind == NAME}
        self.by_start = {phrase.first: phrase for phrase in reversed(found) if not phrase.is_possessive}
        self.owners = {phrase.last: phrase for phrase in found if phrase.is_possessive}
        self.inside = {index for phrase in found for index in range(phrase.first, phrase.last)}

    def _lower(self, index: int) -> str:
        return self.tokens[index].lower if self.sentence.first <= index < self.sentence.last else ""

    def _token(self, index: int) -> Token | None:
        return self.tokens[index] if self.sentence.first <= index < self.sentence.last else None

    def _is_skippable_adverb(self, index: int) -> bool:
        lower = self._lower(index)
        return lower in ADVERBS or (lower.endswith("ly") and len(lower) > 4)

    def _first_subject(self, index: int) -> Phrase | None:
        """The first phrase that no preposition governs, else the first behind the verb's comma."""
        for phrase in self.phrases:
            if phrase.first >= index:
                break
            if phrase.is_possessive or self._is_governed(phrase):
                continue
            return phrase
        if self.sentence.first in (index, index - 1):
            return next(
                (p for p in self.phrases if p.first > index and self._follows_comma(p)),
                None,
            )
        return None

    def _follows_comma(self, phrase: Phrase) -> bool:
        """The Reed of "Citing “the weather,” Reed left" and of "Calling it late, Reed left"."""
        before = self.tokens[phrase.first - 1]
        return before.text == "," or (before.kind == QUOTED and before.text.endswith(","))

    def _is_governed(self, phrase: Phrase) -> bool:
        return self._lower(phrase.first - 1) in PREPOSITIONS

    def _subject(self, index: int) -> tuple[Phrase | None, float]:
        """The subject of the verb at `index` and how sure it is."""
        position = self._skip_parentheses(self._skip_between(index - 1))
        phrase = self._ending_at(position + 1)
        if phrase is not None:
            climbed = self._climb(phrase)
            outer = self._past_object(climbed) if self._is_object(climbed) else None
            return (outer, 0.85) if outer is not None else self._likelier(climbed, index)
        aside = self._before_aside(position)
        if aside is not None:
            return self._climb(aside), 0.9
        if self._lower(position) in ("who", "that", "which"):
            return self._antecedent(position), 0.8
        described = self._before_relative(position)
        if described is not None and self._lower(position) not in COORDINATORS:
            return described, 0.85
        governing = self._governing(index, depth=1) if self._lower(position) in COORDINATORS else None
        if governing is not None:
            return governing, 0.75
        subject = self._clause_subject(index)
        return subject, 0.55 if subject else 0.0

    def _before_relative(self, position: int) -> Phrase | None:
        """The farmers of "the farmers who live beside the range in winter said"."""
        for start in range(position - 1, max(self.sentence.first, position - LONGEST_RELATIVE), -1):
            token = self.tokens[start]
            if token.kind == QUOTED or token.text in (",", ";", ":") or token.lower in CLAUSE_OPENERS:
                return None
            if token.lower in ("who", "that"):
                antecedent = self._ending_at(start)
                return self._climb(antecedent) if antecedent is not None and antecedent.kind != PRONOUN else None
        return None

    @cached_property
    def _verbs(self) -> list[tuple[int, Phrase, int]]:
        """The likely verbs of the sentence with an own subject, each with how deep its clause lies."""
        found = []
        for index in range(self.sentence.first + 1, self.sentence.last):
            token = self.tokens[index]
            if token.kind != WORD or index in self.inside or token.is_capitalised or not is_verb(token.lower):
                continue
            subject = self._own_subject(index)
            if subject is not None and (subject.kind != COMMON or subject.noun):
                found.append((index, subject, self._depth(subject, index)))
        return found

    def _own_subject(self, index: int) -> Phrase | None:
        position = self._skip_parentheses(self._skip_between(index - 1))
        phrase = self._ending_at(position + 1)
        if phrase is not None:
            climbed = self._climb(phrase)
            is_object = self._is_governed(climbed) and self._lower(climbed.first - 1) not in SUBORDINATORS
            return None if is_object else climbed
        return self._before_aside(position)

    def _depth(self, subject: Phrase, index: int) -> int:
        """0 in a main clause, 1 behind "when" and the like, 2 in reported words or behind "who"."""
        before = self._lower(subject.first - 1)
        if self._lower(subject.first) in RELATIVES or self._lower(index - 1) in RELATIVES or before in EMBEDDING:
            return 2
        if before in SUBORDINATORS:
            return 1
        if subject.first - 1 in self.inside:
            return 0
        return 2 if is_verb(before) or before.endswith("ing") or before in DAYS_AND_TIMES else 0

    def _governing(self, index: int, *, depth: int) -> Phrase | None:
        """The subject of the last verb before `index` not deeper than that: what "and said" hangs on."""
        earlier = [verb for verb in self._verbs if verb[0] < index]
        for limit in (depth, 1):
            chosen = [verb for verb in earlier if verb[2] <= limit]
            if chosen:
                return chosen[-1][1]
        return None

    def _is_object(self, phrase: Phrase) -> bool:
        """Governed by a preposition, not by "after" or "as" that opens a clause; "as a boy" is an object."""
        before = self._lower(phrase.first - 1)
        if before == "as":
            return self._lower(phrase.first) in ("a", "an")
        return self._is_governed(phrase) and before not in SUBORDINATORS

    def _past_object(self, phrase: Phrase) -> Phrase | None:
        """The residents of "residents watching from the bridge said", the admiral of "who served as a boy"."""
        for start in range(phrase.first - 2, max(self.sentence.first, phrase.first - LONGEST_RELATIVE), -1):
            token = self.tokens[start]
            if token.kind != WORD or token.lower in CLAUSE_OPENERS:
                return None
            outer = self._ending_at(start)
            is_link = token.lower in ("who", "that") or token.lower.endswith(("ing", "ed"))
            if is_link and outer is not None and outer.kind != PRONOUN:
                return self._climb(outer)
        return None

    def _likelier(self, phrase: Phrase, index: int) -> tuple[Phrase, float]:
        """A thing does not speak: "an official who spoke to discuss strategy said" means the official."""
        if phrase.kind != COMMON or phrase.noun or self._lower(phrase.first) in DETERMINERS:
            return phrase, 1.0
        for position in range(phrase.first - 1, self._clause_start(index), -1):
            if self._lower(position) == "who":
                return self._antecedent(position) or phrase, 0.8
        return phrase, 0.7

    def _skip_between(self, position: int) -> int:
        """To the left over adverbs, helping verbs and times: "has also", "on Tuesday", "this week"."""
        while position >= self.sentence.first:
            if self._is_between(position):
                position -= 1
            elif self._is_time(position):
                position -= 1
                if self._lower(position) in TIME_OPENERS:
                    position -= 1
            else:
                break
        return position

    def _is_time(self, position: int) -> bool:
        token = self.tokens[position]
        return token.text in DAYS or (token.lower in TIME_NOUNS and position not in self.inside)

    def _skip_parentheses(self, position: int) -> int:
        """To the left over "(R-OH)" and "(R-OH),"."""
        closing = position - 1 if self._lower(position) == "," else position
        if self._lower(closing) != ")":
            return position
        for opening in range(closing - 1, max(self.sentence.first, closing - 8), -1):
            if self.tokens[opening].text == "(":
                return opening - 1
        return position

    def _is_between(self, position: int) -> bool:
        lower = self._lower(position)
        is_habit = lower == "used" and self._lower(position + 1) == "to"
        return lower in AUXILIARIES or lower == "to" or is_habit or self._is_skippable_adverb(position)

    def _ending_at(self, end: int) -> Phrase | None:
        phrase = self.by_end.get(end)
        return phrase if phrase is not None and not phrase.is_possessive else None

    def _climb(self, phrase: Phrase) -> Phrase:
        """From the object of a preposition to what it belongs to: "a spokesman for the campaign"."""
        current = phrase
        for _ in range(4):
            if current.kind == PRONOUN or self._lower(current.first - 1) not in BELONGING:
                return current
            outer = self._ending_at(current.first - 1)
            if outer is None or outer.kind == PRONOUN:
                return current
            current = outer
        return current

    def _before_aside(self, position: int) -> Phrase | None:
        """The phrase before an aside: "Smith, who leads the army, said", "Reed (R-Ohio) said"."""
        closing = self._lower(position)
        token = self._token(position)
        if token is not None and token.kind == QUOTED and token.text.endswith(","):
            closing = ","
        opening = {",": ",", ")": "(", "—": "—", "–": "–", "-": "-"}.get(closing)
        if opening is None:
            return None
        nearest = None
        for start in range(position - 1, max(self.sentence.first, position - FARTHEST_SUBJECT), -1):
            if self.tokens[start].kind == QUOTED and self.tokens[start].text[-1:] not in TITLE_ENDS:
                break
            if self.tokens[start].text != opening:
                continue
            inner, phrase = self.by_start.get(start + 1), self._ending_at(start)
            if inner is not None and inner.kind == PRONOUN and self._lower(inner.first) not in RELATIVES:
                break
            if phrase is not None and self._is_plausible_head(phrase):
                nearest = nearest or phrase
                if self._opens(self._climb(phrase)):
                    return phrase
        return nearest

    def _opens(self, phrase: Phrase) -> bool:
        """Does the phrase stand where a clause begins?"""
        before = self._token(phrase.first - 1)
        return before is None or before.kind == QUOTED or before.lower in CLAUSE_OPENERS

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
        begin = self._clause_start(index)
        free = [p for p in self.phrases if begin <= p.first < index and not p.is_possessive]
        return next((p for p in free if not self._is_governed(p)), None)

    def _clause_start(self, index: int) -> int:
        """Behind the last semicolon, piece, or ", and he …" before the verb."""
        for position in range(index - 1, max(self.sentence.first, index - FARTHEST_SUBJECT), -1):
            token = self.tokens[position]
            if token.text == ";" or (token.kind == QUOTED and token.text.endswith((",", ".", "!", "?"))):
                return position + 1
            if token.lower in CLAUSE_OPENERS and self._opens_clause(position, index):
                return position + 1
        return self.sentence.first

    def _opens_clause(self, position: int, index: int) -> bool:
        phrase = self.by_start.get(position + 1)
        return phrase is not None and phrase.last < index and self._lower(position - 1) == ","
