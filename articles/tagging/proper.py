"""Reads a text as words with their capitals, the ground that the finders of unknown names stand on.

Takes: “the 95th Air Assault Brigade” as the run “95th Air Assault Brigade”. Leaves out: lines in title case or
in capitals throughout, where a capital says nothing.
"""

import re
from dataclasses import dataclass

from .lexicon import ABBREVIATIONS

LOW = 0
CAPITAL = 1
NUMBER = 2
ORDINAL = 3
MARK = 4
POSSESSIVE = 5

# Takes: U.S., ’s, T-90M, al-Abadi, AT&T, 95th, 1.5; refuses: a word's own final stop.
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[’'](?:s|S)(?!\w)"
    r"|[^\W_]+(?:[-‑&/]+[^\W_]+|[’'](?![sS](?!\w))[^\W\d_]+|[.,](?=\d)\d+)*"
    r"|[^\w\s]"
)
ORDINAL_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|d)\Z")
LINE = re.compile(r"[^\n]+")
OPENING = frozenset("“‘\"'([«„•–—-*")
OPENING_MARKS = frozenset("“•*")
STOPS = frozenset("!?:…")
FULL_STOP = "."
SHORTEST_TITLE = 5
SHARE_OF_CAPITALS = 0.75


@dataclass(slots=True)
class Words:
    """The words and marks of a text side by side: `kinds[i]` of the word `text[starts[i]:ends[i]]`.

    `joined[i]` says that one blank parts word i from the one before; `openers[i]` that a sentence begins there.
    `smalls` are the words seen in small letters, `capitals` the indices of those with a capital,
    `propers` of those and of ordinal numbers.
    """

    text: str
    starts: list[int]
    ends: list[int]
    texts: list[str]
    kinds: list[int]
    joined: list[bool]
    openers: list[bool]
    smalls: set[str]
    capitals: list[int]
    propers: list[int]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> str:
        """The text from word `first` to the end of word `last`."""
        return self.text[self.starts[first] : self.ends[last]]

    def is_proper(self, index: int) -> bool:
        """May the word be part of a name by its capital or as an ordinal number?"""
        return self.kinds[index] in (CAPITAL, ORDINAL)


def read_words(text: str) -> Words:
    """The words of all lines whose capitals tell something."""
    words = Words(text, [], [], [], [], [], [], set(), [], [])
    for line in LINE.finditer(text):
        first = len(words)
        _read_line(words, line.start(), line.end())
        if _is_title(words, first):
            _cut(words, first)
    return words


def _read_line(words: Words, start: int, end: int) -> None:
    text = words.text
    is_opener = True
    last_end = -1
    for match in TOKEN.finditer(text, start, end):
        token = match.group()
        kind = _kind(token)
        index = len(words.starts)
        words.starts.append(match.start())
        words.ends.append(match.end())
        words.texts.append(token)
        words.kinds.append(kind)
        words.joined.append(match.start() == last_end + 1 and text[last_end] in " \u00a0")
        words.openers.append(is_opener)
        if kind == LOW:
            words.smalls.add(token)
        elif kind == CAPITAL:
            words.capitals.append(index)
        if kind in (CAPITAL, ORDINAL):
            words.propers.append(index)
        is_opener = _opens_next(words, is_opener)
        last_end = match.end()


def _kind(token: str) -> int:
    head = token[0]
    if head.isupper():
        return CAPITAL
    if head.isdigit():
        return ORDINAL if ORDINAL_NUMBER.match(token) else NUMBER
    if not head.isalpha():
        return POSSESSIVE if len(token) > 1 else MARK
    # "al-Abadi" and "eFP" are names in spite of their small first letter.
    return CAPITAL if "-" in token and token.startswith(("al-", "el-", "as-", "ash-")) else LOW


def _opens_next(words: Words, was_opener: bool) -> bool:
    """Does a sentence begin behind the last word read?"""
    last = words.texts[-1]
    if last in OPENING:
        return was_opener or last in OPENING_MARKS or words.texts[-2:-1] == [":"]
    if last in STOPS:
        return True
    if last != FULL_STOP:
        return False
    before = words.texts[-2] if len(words) > 1 else ""
    return before not in ABBREVIATIONS and not (len(before) == 1 and before.isupper())


def _is_title(words: Words, first: int) -> bool:
    """Is the line a headline in title case, or shouted? Running text has small words or ends in a full stop."""
    lettered = [
        (kind, text)
        for kind, text in zip(words.kinds[first:], words.texts[first:], strict=True)
        if kind in (LOW, CAPITAL) and len(text) > 3
    ]
    if len(lettered) < SHORTEST_TITLE:
        return False
    if words.texts[-1] == FULL_STOP:
        return all(text.isupper() for _, text in lettered)
    capitals = sum(kind == CAPITAL for kind, _ in lettered)
    return capitals >= SHARE_OF_CAPITALS * len(lettered)


def _cut(words: Words, first: int) -> None:
    for column in (words.starts, words.ends, words.texts, words.kinds, words.joined, words.openers):
        del column[first:]
    for indices in (words.capitals, words.propers):
        while indices and indices[-1] >= first:
            indices.pop()
