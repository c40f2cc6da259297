"""Reads a text as words with their capitals, the ground that the finders of unknown names stand on.

Takes: “the 95th Air Assault Brigade” as the run “95th Air Assault Brigade”. Leaves out: lines in title case or
in capitals throughout, where a capital says nothing.
"""

import re
from dataclasses import dataclass, field

from ..vocabulary.lexicon import ABBREVIATIONS

LOW = 1
CAPITAL = 2
NUMBER = 3
ORDINAL = 4
MARK = 5
POSSESSIVE = 6

TAIL = r"(?:[-‑&/]+[^\W_]+|[’'](?![sS](?!\w))[^\W\d_]+|[.,](?=\d)\d+)*"
# Takes: U.S., ’s, al-Abadi, word, 95th, 1.5, T-90M, AT&T; refuses: a word's own final stop.
TOKEN = re.compile(
    r"((?:[^\W\d_]\.){2,})"
    r"|([’'](?:s|S)(?!\w))"
    rf"|((?:al|el|as|ash)-[^\W_]+{TAIL})"
    rf"|([a-z][^\W_]*{TAIL})"
    rf"|([A-Z][^\W_]*{TAIL})"
    rf"|(\d[^\W_]*{TAIL})"
    rf"|([^\W_]+{TAIL})"
    r"|([^\w\s])"
)
# The kind of each group of TOKEN; 0 where the word itself must be looked at (numbers, letters beyond A to Z).
KINDS = (0, 0, POSSESSIVE, CAPITAL, LOW, CAPITAL, 0, 0, MARK)
ORDINAL_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|d)\Z")
LINE = re.compile(r"[^\n]+")
BLANKS = " \u00a0"
OPENING = frozenset("“‘\"'([«„•–—-*")
OPENING_MARKS = frozenset("“•*")
STOPS = frozenset("!?:…")
FULL_STOP = "."
LONGEST_OPENING = 4
SHORTEST_TITLE = 5
SHARE_OF_CAPITALS = 0.75


@dataclass(slots=True)
class Words:
    """The words and marks of a text side by side: `kinds[i]` of the word `text[starts[i]:ends[i]]`.

    `smalls` are the words seen in small letters, `capitals` the indices of those with a capital, `propers` of those
    and of ordinal numbers.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    smalls: set[str] = field(default_factory=set)
    capitals: list[int] = field(default_factory=list)
    propers: list[int] = field(default_factory=list)
    _opening: dict[int, bool] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> str:
        """The text from word `first` to the end of word `last`."""
        return self.text[self.starts[first] : self.ends[last]]

    def is_proper(self, index: int) -> bool:
        """May the word be part of a name by its capital or as an ordinal number?"""
        return self.kinds[index] in (CAPITAL, ORDINAL)

    def is_joined(self, index: int) -> bool:
        """Does just one blank part the word from the one before?"""
        if not index:
            return False
        end = self.ends[index - 1]
        return self.starts[index] == end + 1 and self.text[end] in BLANKS

    def opens(self, index: int) -> bool:
        """Does a sentence begin at the word? Every finder asks this of the same capitals."""
        answer = self._opening.get(index)
        if answer is None:
            answer = self._opening[index] = self._begins_sentence(index)
        return answer

    def _begins_sentence(self, index: int) -> bool:
        for place in range(index, max(-1, index - LONGEST_OPENING), -1):
            if not place or "\n" in self.text[self.ends[place - 1] : self.starts[place]]:
                return True
            before = self.texts[place - 1]
            if before in OPENING and before not in OPENING_MARKS and self.texts[place - 2 : place - 1] != [":"]:
                continue
            return before in OPENING or before in STOPS or self._is_full_stop(place - 1)
        return False

    def _is_full_stop(self, index: int) -> bool:
        if self.texts[index] != FULL_STOP:
            return False
        before = self.texts[index - 1] if index else ""
        return before not in ABBREVIATIONS and not (len(before) == 1 and before.isupper())


def read_words(text: str) -> Words:
    """The words of all lines whose capitals tell something."""
    words = Words(text)
    for line in LINE.finditer(text):
        found = list(TOKEN.finditer(text, line.start(), line.end()))
        texts = [match.group() for match in found]
        kinds = [KINDS[match.lastindex or 0] or _kind(match.group()) for match in found]
        if _is_title(line.group(), kinds, texts):
            continue
        words.starts += [match.start() for match in found]
        words.ends += [match.end() for match in found]
        words.texts += texts
        words.kinds += kinds
    words.smalls.update(token for token, kind in zip(words.texts, words.kinds, strict=True) if kind == LOW)
    words.capitals += [index for index, kind in enumerate(words.kinds) if kind == CAPITAL]
    words.propers += [index for index, kind in enumerate(words.kinds) if kind in (CAPITAL, ORDINAL)]
    return words


def _kind(token: str) -> int:
    if token[0].isdigit():
        return ORDINAL if ORDINAL_NUMBER.match(token) else NUMBER
    return CAPITAL if token[0].isupper() else LOW


def _is_title(line: str, kinds: list[int], texts: list[str]) -> bool:
    """Is the line a headline in title case, or shouted? Running text has small words or ends in a full stop."""
    if line.isupper():
        return True
    if line.endswith(FULL_STOP):
        return False
    lettered = [kind for kind, text in zip(kinds, texts, strict=True) if kind in (LOW, CAPITAL) and len(text) > 3]
    return len(lettered) >= SHORTEST_TITLE and lettered.count(CAPITAL) >= SHARE_OF_CAPITALS * len(lettered)
