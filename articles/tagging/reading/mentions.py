"""Finds the phrases of a sentence that could name a speaker: names, ministries, roles, pronouns and papers.

Takes: “Beijing”, “the Chinese Defence Ministry”, “a senior official”, “officials”, “she”, “a 2017 U.S
report”. Leaves out: everything inside quotation marks, and who the phrase stands for (coreference.py).

There is no part-of-speech tagger: a phrase starts at an article, a capital or a noun of a known class, and
ends before function words and reporting verbs. It may be too long by a word; it should never miss the naming
word.
"""

from dataclasses import dataclass

from ..vocabulary import cues, verbs
from ..vocabulary.lexicon import (
    ARTICLES,
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    LEADING_ADJECTIVES,
    MONTHS,
    POSSESSIVES,
    STOP_WORDS,
    SUBJECT_PRONOUNS,
    TIME_NOUNS,
    TITLES,
    noun_class,
    singular,
    words,
)
from .document import MARK, QUOTED, WORD, Reading, Sentence, Token
from .extents import extent, is_inside_name, is_naming, is_verb

NAME = "name"
PRONOUN = "pronoun"
COMMON = "common"
LONGEST_BARE = 4
HELPERS = AUXILIARIES | SUBJECT_PRONOUNS | words("which that to")
# Open a sentence without naming anyone.
PARTICIPLES = words("speaking standing appearing running sitting looking being having given according based unlike")


# Not frozen: a story has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class Phrase:
    """Tokens `first` to `last` (exclusive); `kind` is name, pronoun or common, `noun` the head's class."""

    first: int
    last: int
    start: int
    end: int
    kind: str
    noun: str
    is_possessive: bool = False


def phrases(reading: Reading, sentence: Sentence) -> list[Phrase]:
    """The phrases of one sentence, in order, none overlapping except a possessor with what it possesses."""
    found: list[Phrase] = []
    index = sentence.first
    while index < sentence.last:
        phrase = _phrase_at(reading, index, sentence)
        if phrase is None:
            index += 1
            continue
        found.extend(_possessors(reading.tokens, phrase))
        found.append(phrase)
        index = phrase.last
    return found


def _phrase_at(reading: Reading, index: int, sentence: Sentence) -> Phrase | None:
    tokens = reading.tokens
    token = tokens[index]
    if token.kind != WORD or token.text in DAYS or token.text in MONTHS:
        return None
    if token.lower in SUBJECT_PRONOUNS and token.text not in ("US", "IT"):
        return Phrase(index, index + 1, token.start, token.end, PRONOUN, "person")
    if token.lower in POSSESSIVES:
        return _noun_phrase(tokens, index, sentence)
    if token.lower in DETERMINERS:
        return _noun_phrase(tokens, index, sentence)
    if token.lower in STOP_WORDS and not (token.is_capitalised and is_inside_name(tokens, index, sentence)):
        return None
    if token.is_capitalised and not _is_sentence_opener(reading, index, sentence):
        return _noun_phrase(tokens, index, sentence)
    if token.lower in LEADING_ADJECTIVES and index + 1 < sentence.last and tokens[index + 1].kind == WORD:
        return _noun_phrase(tokens, index, sentence)
    return _bare_phrase(tokens, index, sentence)


def _is_sentence_opener(reading: Reading, index: int, sentence: Sentence) -> bool:
    """The first word of a sentence is capitalised anyway: "Speaking to reporters, …", "Hours later, …"."""
    if index != sentence.first:
        return False
    tokens = reading.tokens
    token = tokens[index]
    if token.text.isupper() and len(token.text) > 1:
        return False
    if cues.strength(token.lower) or token.lower in PARTICIPLES:
        return True
    if noun_class(token.lower) or token.text in reading.capitals or index + 1 == sentence.last:
        return False
    after = tokens[index + 1]
    if after.is_capitalised or after.lower in AUXILIARIES or cues.strength(after.lower) or after.lower in ("'s", "’s"):
        return token.lower in reading.smalls and after.is_capitalised and token.lower.endswith(("ing", "ly"))
    return token.lower in reading.smalls or token.lower.endswith(("ing", "ed", "ly"))


def _noun_phrase(tokens: list[Token], index: int, sentence: Sentence) -> Phrase | None:
    last = extent(tokens, index, sentence)
    while last > index and tokens[last - 1].kind == MARK:
        last -= 1
    if last == index or (last == index + 1 and tokens[index].lower in POSSESSIVES):
        return None
    if _is_time(tokens, index, last) or (last == index + 1 and tokens[index].lower in ARTICLES):
        return None
    if last < sentence.last and _is_genitive(tokens, last) and _is_owner(tokens, last, sentence):
        last += 1
    return _phrase(tokens, index, last)


def _is_time(tokens: list[Token], index: int, last: int) -> bool:
    """ "last week", but not "the Global Times"."""
    head = tokens[last - 1]
    return singular(head.lower) in TIME_NOUNS and not (head.is_capitalised and last > index + 1)


def _bare_phrase(tokens: list[Token], index: int, sentence: Sentence) -> Phrase | None:
    """A phrase without article or capital needs a noun of a known class: "senior officials", "police"."""
    if index > sentence.first and tokens[index].lower in cues.HOMOGRAPHS:
        before = tokens[index - 1]
        if is_naming(before) or before.lower in SUBJECT_PRONOUNS or before.lower in ("not", "to"):
            return None
        after = tokens[index + 1] if index + 1 < sentence.last else None
        if before.kind == QUOTED and after is not None and (after.is_capitalised or after.lower in ARTICLES):
            return None
    if index > sentence.first and tokens[index - 1].lower in ("who", "which"):
        return None
    if _acts(tokens, index, sentence):
        return None
    best = 0
    for position in range(index, min(sentence.last, index + LONGEST_BARE)):
        token = tokens[position]
        if token.kind != WORD or token.lower in STOP_WORDS or is_verb(tokens, position, index):
            break
        if position > index and token.lower in DETERMINERS:
            break
        if noun_class(token.lower):
            best = position + 1
        elif token.is_capitalised and position > index:
            break
    if not best:
        return None
    last = _with_following_name(tokens, best, sentence)
    return _phrase(tokens, index, last)


def _acts(tokens: list[Token], index: int, sentence: Sentence) -> bool:
    """ "carrying" of "carrying signs", "helped" of "Reed helped candidates": a verb before its object."""
    word = tokens[index].lower
    if word in LEADING_ADJECTIVES or noun_class(word):
        return False
    if word.endswith("ed"):
        before = tokens[index - 1] if index > sentence.first else None
        return before is not None and (before.is_capitalised or before.lower in HELPERS)
    return word.endswith("ing") or verbs.is_verb(word)


def _with_following_name(tokens: list[Token], last: int, sentence: Sentence) -> int:
    if last < sentence.last and tokens[last].is_capitalised and tokens[last].text not in DAYS:
        return extent(tokens, last, sentence)
    return last


def _phrase(tokens: list[Token], first: int, last: int) -> Phrase:
    is_possessive = _is_genitive(tokens, last - 1)
    kept = last - 1 if is_possessive and last - 1 > first else last
    body = [token for token in tokens[first:kept] if token.kind == WORD]
    has_name = _has_name(body)
    return Phrase(
        first,
        last,
        tokens[first].start,
        tokens[kept - 1].end,
        NAME if has_name else COMMON,
        _head_class(body),
        is_possessive,
    )


def _has_name(body: list[Token]) -> bool:
    """Is one of the words proper? A determiner or a noun at the head is none for its capital."""
    for number, token in enumerate(body):
        is_tall = token.is_capitalised and token.text not in TITLES
        if is_tall and (number or not (token.lower in DETERMINERS or noun_class(token.lower))):
            return True
    return False


def _head_class(body: list[Token]) -> str:
    """The class of the last noun; a capitalised last word is a name, whose class is found elsewhere."""
    for token in reversed(body[-3:]):
        found = noun_class(token.lower)
        if found:
            return found
        if token.is_capitalised:
            return ""
    return ""


def _possessors(tokens: list[Token], phrase: Phrase) -> list[Phrase]:
    """ "Russia" in "Russia's defence ministry", "his" in "his spokesman"."""
    found = []
    head = tokens[phrase.first]
    if head.lower in POSSESSIVES:
        found.append(
            Phrase(phrase.first, phrase.first + 1, head.start, head.end, PRONOUN, "person", is_possessive=True)
        )
    for position in range(phrase.first, phrase.last - 1):
        if _is_genitive(tokens, position + 1) and position + 2 < phrase.last:
            owner = _phrase(tokens, phrase.first, position + 1)
            found.append(
                Phrase(
                    owner.first,
                    position + 2,
                    owner.start,
                    owner.end,
                    owner.kind,
                    owner.noun,
                    is_possessive=True,
                )
            )
    return found


def _is_genitive(tokens: list[Token], position: int) -> bool:
    """The ending of "Reed's claim" and of "the authors’ words"."""
    token = tokens[position]
    if token.lower in ("'s", "’s"):
        return True
    before = tokens[position - 1]
    return token.text in ("'", "’") and before.lower.endswith("s") and before.end == token.start


def _is_owner(tokens: list[Token], position: int, sentence: Sentence) -> bool:
    """A bare apostrophe owns the plain word behind it; “'s” needs none."""
    if tokens[position].lower in ("'s", "’s"):
        return True
    return (
        position + 1 < sentence.last and tokens[position + 1].kind == WORD and not tokens[position + 1].is_capitalised
    )
