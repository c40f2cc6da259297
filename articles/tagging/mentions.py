"""Finds the phrases of a sentence that could name a speaker: names, ministries, roles, pronouns and papers.

Takes: “Beijing”, “the Chinese Defence Ministry”, “a senior official”, “officials”, “she”, “a 2017 U.S report”.
Leaves out: everything inside quotation marks, and who the phrase stands for (coreference.py).

There is no part-of-speech tagger: a phrase starts at an article, a capital or a noun of a known class, and ends
before function words and reporting verbs. It may be too long by a word; it should never miss the naming word.
"""

from dataclasses import dataclass

from . import cues
from .document import MARK, WORD, Reading, Sentence, Token
from .lexicon import (
    ABBREVIATED_TITLES,
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    FORMS_OF_NAME,
    MONTHS,
    POSSESSIVES,
    STOP_WORDS,
    SUBJECT_PRONOUNS,
    TITLES,
    noun_class,
    words,
)

NAME = "name"
PRONOUN = "pronoun"
COMMON = "common"
# Open a sentence without naming anyone.
PARTICIPLES = words(
    "speaking standing appearing running sitting looking being having given according based unlike"
)
LONGEST = 14
REACH = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first` to `last` (exclusive). `kind` is name, pronoun or common; `noun` the class of its head noun."""

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
        phrase = _phrase_at(reading.tokens, index, sentence)
        if phrase is None:
            index += 1
            continue
        found.extend(_possessors(reading.tokens, phrase))
        found.append(phrase)
        index = phrase.last
    return found


def _phrase_at(tokens: list[Token], index: int, sentence: Sentence) -> Phrase | None:
    token = tokens[index]
    if token.kind != WORD or token.text in DAYS or token.text in MONTHS:
        return None
    if token.lower in SUBJECT_PRONOUNS and token.text not in ("US", "IT"):
        return Phrase(index, index + 1, token.start, token.end, PRONOUN, "person")
    if token.lower in POSSESSIVES:
        return _noun_phrase(tokens, index, sentence)
    if token.lower in DETERMINERS:
        return _noun_phrase(tokens, index, sentence)
    if token.lower in STOP_WORDS and not (token.is_capitalised and _is_inside_name(tokens, index, sentence)):
        return None
    if token.is_capitalised and not _is_sentence_opener(tokens, index, sentence):
        return _noun_phrase(tokens, index, sentence)
    return _bare_phrase(tokens, index, sentence)


def _is_inside_name(tokens: list[Token], index: int, sentence: Sentence) -> bool:
    """A capitalised function word ("Will Smith", "US") is a name's part unless it opens the sentence."""
    return index > sentence.first and tokens[index].text.isupper() and len(tokens[index].text) > 1


def _is_sentence_opener(tokens: list[Token], index: int, sentence: Sentence) -> bool:
    """The first word of a sentence is capitalised anyway: "Speaking to reporters, …", "Asked whether …"."""
    if index != sentence.first:
        return False
    lower = tokens[index].lower
    return cues.strength(lower) > 0 or lower in PARTICIPLES


def _noun_phrase(tokens: list[Token], index: int, sentence: Sentence) -> Phrase | None:
    last = _extent(tokens, index, sentence)
    while last > index and tokens[last - 1].kind == MARK:
        last -= 1
    if last == index or (last == index + 1 and tokens[index].lower in POSSESSIVES):
        return None
    return _phrase(tokens, index, last)


def _bare_phrase(tokens: list[Token], index: int, sentence: Sentence) -> Phrase | None:
    """A phrase without article or capital needs a noun of a known class: "senior officials", "police"."""
    if index > sentence.first and tokens[index].lower in cues.HOMOGRAPHS and _is_naming(tokens[index - 1]):
        return None
    limit = min(sentence.last, index + 4)
    best = 0
    for position in range(index, limit):
        token = tokens[position]
        if token.kind != WORD or token.lower in STOP_WORDS or _is_verb(tokens, position, index):
            break
        if noun_class(token.lower):
            best = position + 1
        elif token.is_capitalised and position > index:
            break
    if not best:
        return None
    last = _with_following_name(tokens, best, sentence)
    return _phrase(tokens, index, last)


def _extent(tokens: list[Token], index: int, sentence: Sentence) -> int:
    """Where the noun phrase that starts at `index` ends."""
    end = index
    last_named = index
    position = index
    while position < min(sentence.last, index + LONGEST):
        token = tokens[position]
        if token.kind == MARK:
            if not _is_mark_of_name(tokens, position):
                break
            position += 1
            continue
        if token.kind != WORD or token.text in DAYS:
            break
        is_initial = (
            len(token.text) == 1
            and token.is_capitalised
            and tokens[position + 1 : position + 2]
            and tokens[position + 1].text == "."
        )
        if is_initial:
            pass
        elif token.lower in STOP_WORDS and token.lower not in DETERMINERS:
            if _joins_name(tokens, position, sentence) and position > index:
                position += 1
                continue
            if not (token.is_capitalised and _is_inside_name(tokens, position, sentence)):
                break
        elif (
            token.lower in DETERMINERS and position > index and tokens[position - 1].lower not in DETERMINERS
        ):
            if not _joins_name(tokens, position, sentence):
                break
        elif position > index and _is_verb(tokens, position, index):
            break
        if _is_naming(token):
            last_named = position + 1
        elif not token.is_capitalised and last_named > index and position - last_named >= REACH:
            break
        end = position + 1
        position += 1
    if last_named == index:
        return min(end, index + 5)
    return last_named


def _is_naming(token: Token) -> bool:
    return token.is_capitalised or bool(noun_class(token.lower))


def _is_mark_of_name(tokens: list[Token], position: int) -> bool:
    """The stop of "Sen." or of an initial, and the apostrophe of "states'"."""
    before = tokens[position - 1]
    token = tokens[position]
    if before.end != token.start:
        return False
    if token.text == ".":
        return before.text in ABBREVIATED_TITLES or (len(before.text) == 1 and before.text.isupper())
    return token.text in "'’" and before.lower.endswith("s")


def _joins_name(tokens: list[Token], position: int, sentence: Sentence) -> bool:
    """ "of", "of the", "de", "al" between the parts of a name: "Ministry of Defence"."""
    if tokens[position].lower not in FORMS_OF_NAME or position + 1 >= sentence.last:
        return False
    if position == sentence.first:
        return False
    before, after = tokens[position - 1], tokens[position + 1]
    if before.lower == "of" and tokens[position].lower == "the":
        return after.is_capitalised
    if tokens[position].lower == "for" and noun_class(before.lower) != "organisation":
        return False
    if not before.is_capitalised:
        return False
    if after.lower == "the" and position + 2 < sentence.last and tokens[position].lower == "of":
        return tokens[position + 2].is_capitalised
    return after.is_capitalised and tokens[position].lower != "the" and after.text not in DAYS


def _is_verb(tokens: list[Token], position: int, first: int) -> bool:
    """Does the word end the phrase as its verb? Nouns of the same form ("report", "states") are told by place."""
    token = tokens[position]
    if token.is_capitalised and position > 0 and tokens[position - 1].kind == WORD and position > first:
        return False
    lower = token.lower
    before = tokens[position - 1] if position > first else None
    if cues.strength(lower) and not token.is_capitalised:
        if lower not in cues.HOMOGRAPHS:
            return not (before is not None and before.lower in DETERMINERS)
        return before is not None and _is_naming(before) and not _governs(tokens, position, first)
    return lower.endswith("ed") and len(lower) > 4 and before is not None and before.lower not in DETERMINERS


def _governs(tokens: list[Token], position: int, first: int) -> bool:
    """Is the verb-like word the head of its phrase: "a 2017 U.S report states", "the claims of the ministry"?"""
    if noun_class(tokens[position - 1].lower) and not tokens[position - 1].is_capitalised:
        return False
    if tokens[first].lower in ("a", "an") or position + 1 >= len(tokens):
        return True
    after = tokens[position + 1]
    return after.lower in ("of", "by") or after.lower in AUXILIARIES or cues.strength(after.lower) >= 2


def _with_following_name(tokens: list[Token], last: int, sentence: Sentence) -> int:
    if last < sentence.last and tokens[last].is_capitalised and tokens[last].text not in DAYS:
        return _extent(tokens, last, sentence)
    return last


def _phrase(tokens: list[Token], first: int, last: int) -> Phrase:
    is_possessive = tokens[last - 1].lower in ("'s", "’s")
    kept = last - 1 if is_possessive and last - 1 > first else last
    body = [token for token in tokens[first:kept] if token.kind == WORD]
    has_name = any(_is_proper(token, number) for number, token in enumerate(body))
    return Phrase(
        first,
        last,
        tokens[first].start,
        tokens[kept - 1].end,
        NAME if has_name else COMMON,
        _head_class(body),
        is_possessive,
    )


def _is_proper(token: Token, number: int) -> bool:
    if not token.is_capitalised or token.text in TITLES:
        return False
    return not (number == 0 and (token.lower in DETERMINERS or noun_class(token.lower)))


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
    for position in range(phrase.first, phrase.last - 1):
        if tokens[position + 1].lower in ("'s", "’s") and position + 2 < phrase.last:
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
