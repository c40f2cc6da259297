"""Where a story holds the words that were sought: its passages around them, with the words marked.

PostgreSQL marks them, for it alone knows which words it has stemmed to the same lexeme. It reads every word of a text
for that, so it is given the pieces in which the words sought seem to stand, and the whole text only where none does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from articles.planned_query import planned_rows

# So much of a text is searched, and of a long one so many places are weighed against each other.
SEARCHED = 20_000
WEIGHED = 60
MOST_PASSAGES = 2
# Characters before the first and after the last word of a passage that PostgreSQL may choose its words from, and how
# far apart words are that belong together.
BEFORE, AFTER, TOGETHER = 120, 280, 200
# Private-use characters: no text that passed the desk's sanitiser is marked up by mistake.
START, STOP = "\ue000", "\ue001"
_MARK = re.compile(f"{START}(.*?){STOP}", re.DOTALL)
_LEXEME = re.compile(r"'((?:[^']|'')+)'")

# A piece in which nothing is marked after all says no less than the beginning of the story.
_MARKED = f"""
SELECT ts_headline(
    'english', piece, %(asked)s::tsquery,
    'StartSel={START}, StopSel={STOP}, MaxFragments=1, MaxWords=30, MinWords=10'
) FROM jsonb_array_elements_text(%(pieces)s::jsonb) WITH ORDINALITY AS given (piece, place) ORDER BY place
"""  # noqa: S608 - our own signs


@dataclass(frozen=True, slots=True)
class Passage:
    """Plain text with the places of the marks: `text[start:end]` is a word that was sought."""

    text: str
    highlights: list[tuple[int, int]]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it was sought."""
        pieces, end = [], 0
        for first, last in self.highlights:
            pieces += [(self.text[end:first], False), (self.text[first:last], True)]
            end = last
        return [piece for piece in [*pieces, (self.text[end:], False)] if piece[0]]


def passages_of(texts: Sequence[str], asked: str) -> list[list[Passage]]:
    """The passages of each text that hold what is asked for, in one statement; the beginning of a text in which nothing
    is found. `asked` is a query as `articles.search.asked_by` writes it."""
    if not texts:
        return []
    seems = _seems(asked)
    pieces = [list(_pieces(text[:SEARCHED], seems)) for text in texts]
    given = json.dumps([piece for own in pieces for piece in own], ensure_ascii=False)
    marked = iter([row for (row,) in planned_rows(_MARKED, {"asked": asked, "pieces": given})])
    return [_told([_passage(next(marked)) for _ in own]) for own in pieces]


def _told(passages: list[Passage]) -> list[Passage]:
    """Those in which something is marked, where there are any."""
    return [passage for passage in passages if passage.highlights] or passages[:1]


def _seems(asked: str) -> re.Pattern[str] | None:
    """Finds words that begin like a lexeme: of “armies” the lexeme is “armi”, and of “army” as well."""
    beginnings = {re.sub("i$", "[iy]", re.escape(lexeme.replace("''", "'"))) for lexeme in _LEXEME.findall(asked)}
    if not beginnings:
        return None
    longest_first = sorted(beginnings, key=lambda beginning: (-len(beginning), beginning))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})", re.IGNORECASE)


def _pieces(text: str, seems: re.Pattern[str] | None) -> Iterator[str]:
    """The pieces in which most of the words stand together, in their order; the whole text where there are none."""
    places = (
        [(match.start(), match.group().lower()) for match in islice(seems.finditer(text), WEIGHED)] if seems else []
    )
    chosen: list[int] = []
    for start in sorted((start for start, _ in places), key=lambda start: (-_together(places, start), start)):
        if all(abs(start - other) >= BEFORE + AFTER for other in chosen):
            chosen.append(start)
        if len(chosen) == MOST_PASSAGES:
            break
    if not chosen:
        yield text
    for start in sorted(chosen):
        yield _whole_words(text, start - BEFORE, start + AFTER)


def _together(places: Sequence[tuple[int, str]], start: int) -> int:
    """How many different words stand within a passage that begins there."""
    return len({word for place, word in places if start <= place < start + TOGETHER})


def _whole_words(text: str, first: int, last: int) -> str:
    first = text.find(" ", first) + 1 if first > 0 else 0
    end = text.find(" ", last)
    return text[first : end if end >= 0 else len(text)]


def _passage(marked: str) -> Passage:
    text, highlights, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        highlights.append((len(text), len(text) + len(match[1])))
        text += match[1]
        end = match.end()
    return Passage(text + marked[end:], highlights)
