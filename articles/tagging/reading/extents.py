"""Tells where a noun phrase ends: its words, the marks inside a name, and the verb that closes it.

Takes: “a 2017 U.S report | states”, “Gen. Mark A. Milley | said”, “the ad | hits Reed”.
Leaves out: where a phrase may begin (mentions.py).
"""

from ..vocabulary import cues, verbs
from ..vocabulary.lexicon import (
    ABBREVIATED_TITLES,
    ADVERBS,
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    FORMS_OF_NAME,
    NUMBERS,
    STOP_WORDS,
    TIME_NOUNS,
    noun_class,
    words,
)
from .document import MARK, WORD, Sentence, Token

LONE_DETERMINERS = words("this these those some several many another both most few all other one")
SAID = words("that he she they it we")
COLLECTIVES = words("police people others some many several most men women")
LONGEST = 14
LONGEST_UNNAMED = 5
REACH = 2


def extent(tokens: list[Token], first: int, sentence: Sentence) -> int:
    """The token behind the noun phrase that starts at `first`: behind its last naming word if it has one."""
    end = named = first
    for position in range(first, min(sentence.last, first + LONGEST)):
        token = tokens[position]
        if token.kind == MARK:
            if not _is_mark_of_name(tokens, position):
                break
        elif _joins(tokens, position, first, sentence):
            continue
        elif _closes(tokens, position, first, named, sentence):
            break
        else:
            end = position + 1
            named = end if is_naming(token) else named
    if named > first and _runs_to(tokens, named, end, sentence):
        return end
    return named if named > first else min(end, first + LONGEST_UNNAMED)


def _runs_to(tokens: list[Token], named: int, end: int, sentence: Sentence) -> bool:
    """ "the FBI inquiry found": one or two plain nouns behind the name, then a verb."""
    if not named < end < sentence.last:
        return False
    tail = [token.lower for token in tokens[named:end]]
    if any(verbs.is_verb(word) or word.endswith(("ing", "ly")) or word in TIME_NOUNS for word in tail):
        return False
    return verbs.is_verb(tokens[end].lower) and tokens[end].lower not in cues.HOMOGRAPHS


def _joins(tokens: list[Token], position: int, first: int, sentence: Sentence) -> bool:
    token = tokens[position]
    if position == first or token.lower not in STOP_WORDS or token.lower in DETERMINERS:
        return False
    return not _is_initial(tokens, position) and _joins_name(tokens, position, sentence)


def _closes(tokens: list[Token], position: int, first: int, named: int, sentence: Sentence) -> bool:
    """Is the token no part of the phrase any more?"""
    token = tokens[position]
    if token.kind != WORD:
        return True
    if token.text in DAYS:
        return position == first or tokens[position - 1].lower not in DETERMINERS
    if _is_initial(tokens, position):
        return False
    if token.lower in DETERMINERS:
        is_later = position > first and tokens[position - 1].lower not in DETERMINERS
        return is_later and not _joins_name(tokens, position, sentence)
    if token.lower in STOP_WORDS:
        return not is_inside_name(tokens, position, sentence)
    if position > first and (is_verb(tokens, position, first) or _is_new_name(tokens, position, named, first)):
        return True
    return not is_naming(token) and named > first and position - named >= REACH


def _is_initial(tokens: list[Token], position: int) -> bool:
    """The "A" of "Mark A. Milley"."""
    token = tokens[position]
    if len(token.text) > 1 or not token.is_capitalised or position + 1 >= len(tokens):
        return False
    return tokens[position + 1].text == "."


def is_inside_name(tokens: list[Token], index: int, sentence: Sentence) -> bool:
    """A capitalised function word ("Will Smith", "US") is a name's part unless it opens the sentence."""
    token = tokens[index]
    if index <= sentence.first:
        return False
    if token.text.isupper() and len(token.text) > 1:
        return True
    after = tokens[index + 1] if index + 1 < sentence.last else None
    return token.is_capitalised and token.lower in ADVERBS and after is not None and after.is_capitalised


def _is_new_name(tokens: list[Token], position: int, last_named: int, first: int) -> bool:
    """ "Reed" in "the ad hits Reed": a capital behind a word that is no part of the name."""
    before = tokens[position - 1]
    if before.kind != WORD or before.is_capitalised or before.lower in FORMS_OF_NAME or before.lower in ("'s", "’s"):
        return False
    return tokens[position].is_capitalised and first < last_named < position


def is_naming(token: Token) -> bool:
    """Is the word a name, or a noun for people, organisations or papers?"""
    if token.lower in DETERMINERS or token.lower in STOP_WORDS:
        return token.text.isupper() and len(token.text) > 1
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


def is_verb(tokens: list[Token], position: int, first: int) -> bool:
    """Does the word end the phrase as its verb? Nouns of the same form are told by their place."""
    token = tokens[position]
    if token.is_capitalised and position > 0 and tokens[position - 1].kind == WORD and position > first:
        return False
    lower = token.lower
    before = tokens[position - 1] if position > first else None
    if cues.strength(lower) and not token.is_capitalised:
        if lower not in cues.HOMOGRAPHS:
            return not (before is not None and before.lower in DETERMINERS - NUMBERS - LONE_DETERMINERS)
        if before is None or not is_naming(before) or _disagrees(before, lower):
            return False
        if noun_class(before.lower) and not before.is_capitalised and lower == cues.lemma(lower):
            return before.lower.endswith("s") or before.lower in COLLECTIVES
        return not _governs(tokens, position, first)
    if before is None or before.lower in DETERMINERS:
        return False
    if lower in ("puts", "put") and position + 1 < len(tokens):
        return tokens[position + 1].lower == "it"
    return lower.endswith("ed") and len(lower) > 4


def _disagrees(before: Token, verb: str) -> bool:
    """ "the Associated Press report" is a paper: one name would take "reports"."""
    is_base = verb == cues.lemma(verb) and not verb.endswith("ed")
    return is_base and before.is_capitalised and not before.lower.endswith("s")


def _governs(tokens: list[Token], position: int, first: int) -> bool:
    """Is the verb-like word the head of its phrase, as in "the claims of the ministry"?"""
    before = tokens[position - 1]
    if noun_class(before.lower) == "document" and not before.is_capitalised:
        return False
    if noun_class(before.lower) and not before.is_capitalised:
        after = tokens[position + 1] if position + 1 < len(tokens) else before
        return not (after.kind != WORD or after.lower in SAID or after.lower in DETERMINERS)
    if tokens[first].lower in ("a", "an") or position + 1 >= len(tokens):
        return True
    after = tokens[position + 1]
    return after.lower in ("of", "by") or after.lower in AUXILIARIES or cues.strength(after.lower) >= 2
