"""What the words of a quoted piece themselves tell: their number, their capitals, their verbs and marks.

Takes: “We will stay.” reads like speech, “fraudulent” judges; “War and Peace” has a title's capitals.
Leaves out: the reporter's sentence around them (slots.py, reported.py).
"""

from ..vocabulary.lexicon import AUXILIARIES, DETERMINERS, STOP_WORDS, words
from .setting import BRIEF, Setting

SPEAKING = words(
    "i we you me us my our your i'm we're you're i've we've i'll we'll you'll i'd we'd let's"
    " i’m we’re you’re i’ve we’ve i’ll we’ll you’ll i’d we’d let’s mine ours yours"
)
CONTRACTIONS = words("it's it’s that's that’s he's he’s she's she’s there's there’s they're they’re they've they’ve")
SMALL = words("a an the of and in on for to with at by from or but is as vs into over")
FUNCTION_WORDS = STOP_WORDS | DETERMINERS
# Adjectives and participles: they judge, while terms, names and titles end in a noun.
JUDGING = ("ed", "able", "ible", "ful", "ous", "ic", "ive", "ly", "less", "ish", "ing", "ent", "ant", "ary", "ory")
LONGEST_TITLE = 14


def wording_signals(piece: Setting) -> list[str]:
    """The signals of the words, as keys of the weights."""
    lower = {word.lower() for word in piece.inside}
    found = [_length(len(piece.inside)), *_capitals(piece), *_ending(piece)]
    if lower & SPEAKING:
        found.append("speaks in the first or second person")
    if lower & AUXILIARIES or lower & CONTRACTIONS:
        found.append("has a verb")
    if piece.is_short and piece.is_small and piece.inside:
        found += _phrase(piece.inside)
    return found


def is_title(inside: list[str]) -> bool:
    """Has every word a capital, but for the small ones: “War and Peace”, “Vostok”?"""
    big = [word for word in inside if word.lower() not in SMALL]
    return bool(big) and all(word[0].isupper() or word[0].isdigit() for word in big)


def _length(count: int) -> str:
    if count <= 3:
        return ("one word", "one word", "two words", "three words")[count]
    if count <= 5:
        return "four or five words"
    return "six to nine words" if count <= 9 else "ten words or more"


def _capitals(piece: Setting) -> list[str]:
    if len(piece.inside) <= LONGEST_TITLE and is_title(piece.inside):
        if len(piece.inside) == 1:
            return ["one capitalised word"]
        return ["a title's capitals", *(["a long title"] if len(piece.inside) > BRIEF else [])]
    return ["begins like a sentence"] if piece.inner[0].isupper() and len(piece.inside) > 2 else []


def _ending(piece: Setting) -> list[str]:
    """American marks close behind the reporter's own comma and stop, which then say little about the words."""
    is_the_reporters = piece.is_brief and not piece.stands_first and not piece.inner[0].isupper()
    if piece.inner[-1] == "." and is_the_reporters:
        return ["a full stop where the reporter's sentence ends"]
    if piece.inner[-1] in ".!?…":
        return ["ends like a sentence"]
    return ["ends in a comma"] if piece.inner[-1] == "," and not is_the_reporters else []


def _phrase(inside: list[str]) -> list[str]:
    """A few words in small letters: “on the table”, “deeply unfair”; terms are bare nouns, “loyal wingman”."""
    found = []
    lower = [word.lower() for word in inside]
    if len(inside) > 1 and lower[0] != "the" and not FUNCTION_WORDS.isdisjoint(lower):
        found.append("small words inside")
    if lower[-1].endswith(JUDGING):
        found.append("a single judging word")
    return found
