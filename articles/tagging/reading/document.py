"""The story as the engine sees it: paragraphs, sentences, and words with their quotations folded away.

A paragraph is a line. Its words are read outside the quotation marks only: each quoted piece is one opaque
token, so that no name, verb or full stop inside a quotation disturbs the reading of the reporter's sentence
around it.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ..vocabulary import cues
from ..vocabulary.lexicon import ABBREVIATIONS
from .spans import Piece, scan

WORD = "word"
MARK = "mark"
QUOTED = "quoted"
NO_PIECE = -1

# Takes: U.S., U.S, al-Abadi, AT&T, don’t, 2017, ’s; refuses: a word's own final stop.
TOKEN = re.compile(
    r"(?:[^\W\d_]-)?(?:[^\W\d_]\.){2,}|[^\W\d_]\.[^\W\d_](?!\w)"
    r"|[’'](?:s|S)(?!\w)"
    r"|[^\W_]+(?:[-‑&][^\W_]+|[’'](?![sS](?!\w))[^\W\d_]+|[.,](?=\d)\d+)*"
    r"|[^\w\s]|_"
)
BLANK_LINE = re.compile(r"[^\n]+")
SENTENCE_ENDS = frozenset(".!?…")
STRAY_MARKS = frozenset("'\"’”`")
# Keeps the time linear in a text without full stops; real sentences are far shorter.
LONGEST_SENTENCE = 300
STRONG = 2
LONGEST_ASIDE = 14
GOING_ON = frozenset({("went", "on"), ("goes", "on"), ("shot", "back"), ("cut", "in"), ("chimed", "in")})
SENTENCE_STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "This",
        "That",
        "These",
        "Those",
        "In",
        "On",
        "At",
        "But",
        "And",
        "Or",
        "If",
        "When",
        "While",
        "As",
        "After",
        "Before",
        "Since",
        "His",
        "Her",
        "Their",
        "Its",
        "There",
        "However",
        "Meanwhile",
        "Although",
        "Though",
        "For",
        "By",
        "With",
        "From",
        "To",
        "So",
        "Yet",
    ]
)


@dataclass(frozen=True, slots=True)
class Document:
    """A story: the body's text, and its headline and standfirst where it has them."""

    text: str
    title: str = ""
    standfirst: str = ""


@dataclass(slots=True)
class Token:
    """A word, a punctuation mark, or a whole quoted piece (with its index in the reading's pieces)."""

    start: int
    end: int
    text: str
    lower: str
    kind: str
    piece: int = NO_PIECE
    is_capitalised: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of the reading, in one paragraph."""

    first: int
    last: int
    paragraph: int


@dataclass(slots=True)
class Reading:
    """One field's text with its pieces, tokens and sentences."""

    text: str
    pieces: list[Piece]
    tokens: list[Token]
    sentences: list[Sentence]
    paragraphs: list[tuple[int, int]]
    # Words seen with a capital inside a sentence, and words seen in lower case.
    capitals: set[str] = field(default_factory=set)
    smalls: set[str] = field(default_factory=set)

    def span(self, first: int, last: int) -> str:
        """The text from token `first` to the end of token `last - 1`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def read(text: str) -> Reading:
    """Split a text into paragraphs, pieces, tokens and sentences."""
    pieces = scan(text)
    reading = Reading(text, pieces, [], [], [])
    next_piece = 0
    for line in BLANK_LINE.finditer(text):
        if line.group().isspace():
            continue
        first_token = len(reading.tokens)
        position = line.start()
        while next_piece < len(pieces) and pieces[next_piece].outer_start < line.end():
            piece = pieces[next_piece]
            _add_words(reading.tokens, text, position, piece.outer_start)
            reading.tokens.append(
                Token(
                    piece.outer_start,
                    piece.outer_end,
                    text[piece.start : piece.end],
                    "",
                    QUOTED,
                    next_piece,
                )
            )
            position = _behind_stray_marks(text, piece.outer_end, line.end())
            next_piece += 1
        _add_words(reading.tokens, text, position, line.end())
        _add_sentences(reading, first_token, len(reading.paragraphs))
        reading.paragraphs.append((line.start(), line.end()))
    _note_capitals(reading)
    return reading


def _behind_stray_marks(text: str, position: int, end: int) -> int:
    """Past marks left over behind a piece ("We'll 'see,'" with one too many), but not past the ’s of “Vostok”’s."""
    behind = position
    while behind < end and text[behind] in STRAY_MARKS:
        behind += 1
    return position if behind < end and text[behind].isalnum() else behind


def _note_capitals(reading: Reading) -> None:
    openers = {sentence.first for sentence in reading.sentences}
    for index, token in enumerate(reading.tokens):
        if token.kind != WORD:
            continue
        if not token.is_capitalised:
            reading.smalls.add(token.lower)
        elif index not in openers:
            reading.capitals.add(token.text)


def _add_words(tokens: list[Token], text: str, start: int, end: int) -> None:
    for match in TOKEN.finditer(text, start, end):
        word = match.group()
        first, last = match.span()
        if len(word) > 1 or word.isalnum():
            tokens.append(Token(first, last, word, word.lower(), WORD, NO_PIECE, word[0].isupper()))
        else:
            tokens.append(Token(first, last, word, word, MARK))


def _add_sentences(reading: Reading, first: int, paragraph: int) -> None:
    tokens = reading.tokens
    begin = first
    for index in range(first, len(tokens)):
        token = tokens[index]
        may_end = token.kind == QUOTED or token.text[-1] in SENTENCE_ENDS
        if (may_end and _ends_sentence(tokens, index, begin)) or index - begin >= LONGEST_SENTENCE:
            reading.sentences.append(Sentence(begin, index + 1, paragraph))
            begin = index + 1
    if begin < len(tokens):
        reading.sentences.append(Sentence(begin, len(tokens), paragraph))


def _ends_sentence(tokens: list[Token], index: int, begin: int) -> bool:
    """Does a sentence that began at `begin` end behind token `index`?"""
    if index + 1 >= len(tokens):
        return False
    token, after = tokens[index], tokens[index + 1]
    if not (after.kind == QUOTED or after.text[0].isupper() or after.text[0].isdigit() or after.text[0] in "([—–-•@#"):
        return False
    if token.kind == QUOTED:
        return _piece_ends_sentence(tokens, index)
    if token.text in ("!", "?", "…"):
        return True
    if token.text in (")", "]"):
        return index > begin and tokens[index - 1].text[-1:] in (".", "!", "?") and after.kind == WORD
    if token.text == ".":
        return not _is_abbreviation(tokens, index, begin, after)
    if token.kind == WORD and token.text.endswith(".") and len(token.text) > 2:
        return after.kind == WORD and after.text in SENTENCE_STARTERS
    return False


def _is_abbreviation(tokens: list[Token], index: int, begin: int, after: Token) -> bool:
    if index == begin or tokens[index - 1].kind != WORD or tokens[index - 1].end != tokens[index].start:
        return False
    word = tokens[index - 1].text
    if len(word) == 1 and word.isupper() and word != "I":
        return after.kind == WORD and after.is_capitalised
    return word in ABBREVIATIONS and after.kind == WORD and after.text not in SENTENCE_STARTERS


def _piece_ends_sentence(tokens: list[Token], index: int) -> bool:
    """“… done.” Smith left. ends one; “Why?” Smith asked. does not, nor does a piece that ends in a comma."""
    final = tokens[index].text.rstrip("'’‘\"”)")[-1:]
    after = tokens[index + 1]
    if final not in ".!?…" or not final:
        return False
    if after.kind == QUOTED:
        return True
    if after.kind == MARK:
        return after.text in "•@#"
    if final == "." or _is_introduced(tokens, index):
        return True
    return not _reports_behind(tokens, index)


def _reports_behind(tokens: list[Token], index: int) -> bool:
    """ "“Why?” Smith asked", "“Why?” Smith went on", "“Why?” Smith, who leads the army, asked"."""
    first = index + 2
    if first < len(tokens) and tokens[first].text == ",":
        closing = (at for at in range(first + 1, min(first + LONGEST_ASIDE, len(tokens))) if tokens[at].text == ",")
        first = next(closing, first)
        behind = [token.lower for token in tokens[first + 1 : first + 2]]
    else:
        behind = [token.lower for token in tokens[first : first + 3]]
    goes_on = any(pair in GOING_ON for pair in pairwise(behind))
    return goes_on or any(cues.strength(word) >= STRONG or cues.is_told(word) for word in behind)


def _is_introduced(tokens: list[Token], index: int) -> bool:
    """ "Reed asked, “Why?” Smith replied": the first piece has its reporting word before it."""
    return index > 1 and tokens[index - 1].text in (",", ":") and cues.strength(tokens[index - 2].lower) >= STRONG
