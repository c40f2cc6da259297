"""Decides whether a quoted piece is a quotation, or a title, a name or a scare quote.

Takes: “The aim is peace,” the minister said; a wish to “deepen cooperation”, the ministry announced.
Leaves out: the “Vostok” exercises, their “military-to-military” relations, a book called “War and Peace”.

The piece and its surroundings give signals; each has a weight, set by hand, and the sum decides.
"""

import re
from dataclasses import dataclass

from ..reading.document import WORD, Reading, Token
from ..reading.mentions import COMMON
from ..vocabulary import cues
from ..vocabulary.lexicon import ARTICLES, AUXILIARIES, CONJUNCTIONS, DETERMINERS, POSSESSIVES, PREPOSITIONS, words
from .framing import Attribution, Framing

INNER_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
SPEAKING = words(
    "i we you me us my our your i'm we're you're i've we've i'll we'll you'll i'd we'd let's"
    " i’m we’re you’re i’ve we’ve i’ll we’ll you’ll i’d we’d let’s mine ours yours"
)
CONTRACTIONS = words("it's it’s that's that’s he's he’s she's she’s there's there’s they're they’re they've they’ve")
NAMING = words("called titled entitled named dubbed nicknamed so-called codenamed code-named known termed labelled")
WORDING = words("term terms phrase word words slogan expression label")
GLOSSES = words("term coinage word expression acronym euphemism nickname")
CALL = words("call name dub term label")
LONGEST_TERM = 3
WORKS = words(
    "film movie book novel song album show series magazine play memoir documentary podcast episode poem"
    " sketch project report hit single musical sitcom program programme anthem column newsletter blog game"
    " tune track"
)
NAMED_THINGS = words(
    "exercise exercises drill drills operation operations manoeuvres maneuvers programme project missile"
    " missiles tank tanks fighter drone drones system systems class initiative conference submarine"
    " submarines frigate rocket film movie book novel song album show series magazine hat hats shirt shirts"
    " t-shirt list award tour"
)
SMALL = words("a an the of and in on for to with at by from or but is as vs into over")

WEIGHTS = {
    "always": 0.1,
    "one word": -0.4,
    "two words": 0.2,
    "three words": 0.7,
    "four or five words": 1.3,
    "six to nine words": 2.2,
    "ten words or more": 4.0,
    "a title's capitals": -2.6,
    "one capitalised word": -1.6,
    "begins like a sentence": 0.4,
    "ends like a sentence": 0.8,
    "ends in a comma": 0.5,
    "speaks in the first or second person": 1.2,
    "has a verb": 0.8,
    "a reporting word right beside it": 2.4,
    "a reporting word in the sentence": 1.1,
    "a possible reporting word in the sentence": 0.4,
    "no reporting word in the sentence": -0.6,
    "the quotation before goes on": 1.0,
    "only the speaker before is known": -0.5,
    "a reporting word beside a title": 0.8,
    "stands alone": 1.5,
    "a heading": -1.5,
    "a few words of the headline": -0.6,
    "named as": -1.0,
    "a word as a word": -0.2,
    "the name of a work": -1.6,
    "stands before what it names": -2.0,
    "stands before its noun": -0.7,
    "a hyphened word before its noun": -1.2,
    "on somebody's show": -1.2,
    "what they call it in the trade": -1.5,
    "glossed as a word": -0.7,
}
# What a journalist reads where the name of a signal would not do; the speaker's own reason says the rest.
IN_WORDS = {
    "always": "",
    "one word": "a single word in marks",
    "two words": "two words in marks",
    "three words": "three words in marks",
    "four or five words": "a few words in marks",
    "six to nine words": "several words in marks",
    "ten words or more": "a long stretch in marks",
    "begins like a sentence": "the words read like a sentence",
    "ends like a sentence": "the words read like a sentence",
    "ends in a comma": "the words end in a comma",
    "speaks in the first or second person": "the words say “I”, “we” or “you”",
    "has a verb": "the words read like a sentence",
    "a reporting word right beside it": "",
    "a reporting word in the sentence": "",
    "a possible reporting word in the sentence": "",
    "a reporting word beside a title": "",
    "the quotation before goes on": "",
    "stands alone": "the words stand alone in their sentence",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Above zero: a quotation. `reason` is the signal that weighed most for the side that won."""

    score: float
    reason: str


def judge(framing: Framing, number: int, attribution: Attribution) -> Verdict:
    """Is the piece a quotation?"""
    found = signals(framing, number, attribution)
    score = sum(WEIGHTS[signal] for signal in found)
    side = [signal for signal in found if (WEIGHTS[signal] > 0) == (score > 0)]
    best = max(side, key=lambda signal: abs(WEIGHTS[signal]), default="always")
    return Verdict(score, IN_WORDS.get(best, best))


def signals(framing: Framing, number: int, attribution: Attribution) -> list[str]:
    """What speaks for and against a quotation, as keys of the weights."""
    reading = framing.reading
    piece = reading.pieces[number]
    place = framing.places[number]
    sentence = framing.sentence(place)
    inner = reading.text[piece.start : piece.end]
    inside = INNER_WORD.findall(inner)
    before = reading.tokens[place.token - 1] if place.token > sentence.first else None
    behind = reading.tokens[place.token + 1] if place.token + 1 < sentence.last else None
    found = ["always", _length(len(inside))]
    found += _shape(inner, inside)
    found += _reporting(framing, attribution, is_first=before is None, is_title="a title's capitals" in found)
    found += _surroundings(reading, place.token, before, behind, inside)
    if len(inside) <= LONGEST_TERM and _is_word_of_trade(framing, attribution):
        found.append("what they call it in the trade")
    if _is_glossed(reading.tokens, place.token, sentence.last):
        found.append("glossed as a word")
    if before is None and (behind is None or behind.kind != WORD) and sentence.last - sentence.first <= 2:
        found.append("a heading" if _is_heading(reading, number, inside) else "stands alone")
    if sentence.paragraph == 0 and len(inside) <= 3:
        found.append("a few words of the headline")
    return found


def _is_word_of_trade(framing: Framing, attribution: Attribution) -> bool:
    """ "what salesmen call a “loyal wingman”": a habit of many, told in the present, quotes nobody."""
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or attribution.is_carried or source.kind != COMMON:
        return False
    verb, head = framing.tokens[cue[0]].lower, framing.tokens[source.last - 1].lower
    return verb in CALL and (head.endswith(("s", "men")) or head == "people")


def _is_glossed(tokens: list[Token], index: int, last: int) -> bool:
    """ "“sampah”, their word for rubbish": a noun for words follows the comma."""
    behind = [token.lower for token in tokens[index + 1 : min(index + 4, last)]]
    if behind[:1] == [","]:
        behind.pop(0)
    elif not tokens[index].text.endswith(","):
        return False
    return len(behind) > 1 and behind[0] in ARTICLES | POSSESSIVES and behind[1] in GLOSSES


def _is_heading(reading: Reading, number: int, inside: list[str]) -> bool:
    """A line of its own in capitals, or one that is followed by a colon."""
    piece = reading.pieces[number]
    behind = reading.text[piece.end : piece.end + 3]
    return ":" in behind or all(word.isupper() for word in inside)


def _length(count: int) -> str:
    if count <= 3:
        return ("one word", "one word", "two words", "three words")[count]
    if count <= 5:
        return "four or five words"
    return "six to nine words" if count <= 9 else "ten words or more"


def _shape(inner: str, inside: list[str]) -> list[str]:
    found = []
    lower = {word.lower() for word in inside}
    if len(inside) <= 14 and _is_title(inside):
        found.append("a title's capitals" if len(inside) > 1 else "one capitalised word")
    elif inner[0].isupper() and len(inside) > 2:
        found.append("begins like a sentence")
    if inner[-1] in ".!?…":
        found.append("ends like a sentence")
    elif inner[-1] == ",":
        found.append("ends in a comma")
    if lower & SPEAKING:
        found.append("speaks in the first or second person")
    if lower & AUXILIARIES or lower & CONTRACTIONS:
        found.append("has a verb")
    return found


def _is_title(inside: list[str]) -> bool:
    big = [word for word in inside if word.lower() not in SMALL]
    return bool(big) and all(word[0].isupper() or word[0].isdigit() for word in big)


def _reporting(framing: Framing, attribution: Attribution, *, is_first: bool, is_title: bool) -> list[str]:
    if attribution.is_carried:
        return ["the quotation before goes on" if is_first else "only the speaker before is known"]
    if attribution.cue is None or attribution.source is None:
        return ["no reporting word in the sentence"]
    strength = cues.strength(framing.tokens[attribution.cue[0]].lower)
    if attribution.score >= 7.5:
        return ["a reporting word beside a title" if is_title and not is_first else "a reporting word right beside it"]
    if attribution.score >= 5.5:
        return ["a reporting word in the sentence"]
    return ["a possible reporting word in the sentence" if strength else "no reporting word in the sentence"]


def _surroundings(
    reading: Reading, index: int, before: Token | None, behind: Token | None, inside: list[str]
) -> list[str]:
    found = []
    left = before.lower if before is not None else ""
    right = behind.lower if behind is not None else ""
    if left in NAMING or (left in NAMED_THINGS and _is_title(inside)):
        found.append("named as")
    elif left in WORDING:
        found.append("a word as a word")
    elif (
        left in WORKS
        or (left == "to" and reading.tokens[index - 2].lower == "according")
        or (left == "," and reading.tokens[index - 2].lower in WORKS)
    ):
        found.append("the name of a work")
    if right in NAMED_THINGS:
        found.append("stands before what it names")
    elif _is_attributive(left, behind) and len(inside) <= 3:
        found.append("stands before its noun")
        if len(inside) == 1 and "-" in inside[0]:
            found.append("a hyphened word before its noun")
    if left in ("'s", "’s", "on", "of") and _is_title(inside):
        found.append("on somebody's show")
    return found


def _is_attributive(left: str, behind: Token | None) -> bool:
    if behind is None or behind.kind != WORD or left not in ARTICLES | POSSESSIVES | DETERMINERS | {"'s", "’s"}:
        return False
    if behind.lower in PREPOSITIONS | AUXILIARIES | CONJUNCTIONS:
        return False
    return not cues.strength(behind.lower) or behind.lower in cues.HOMOGRAPHS
