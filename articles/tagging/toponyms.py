"""Finds the stretches of a text that may name a place, with what stands around each.

Takes: "Mosul", "St. Louis", "Stratford-upon-Avon", "DETROIT" at the head of a paragraph, "Fla." behind a comma.
Leaves out: names of persons, organisations and papers, and which place is meant (places.py).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .geography import ABBREVIATION, COMMON_SURNAME, COUNTRY, SURNAME, WORD, Geography, Listing, Place
from .place_words import LOCATIVES, PAPERS, QUARTERS, STREETS, TREATIES, TREATY_MIDDLES, WATERS

# Takes: "Mosul", "N.Y.", "Fla.", "d'Ivoire", "Moscow's"; refuses: "2010".
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʻ`][^\W\d_]+)*\.?")
# Between two words of one name; a wrapped line may lie between them.
GAP = re.compile(r"[ \u00a0]|-|[ \t]{0,20}\n[ \t]{1,40}")
COMMA = re.compile(r",\s{1,40}|\s?\(")
POSSESSIVE = re.compile(r"['’]s?$")
LONGEST = 5
SHORTEST_SHOUT = 4
SMALL_WORDS = frozenset({"OF", "THE", "UPON", "AND", "DE", "DEL", "LA"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    start: int
    end: int
    text: str


@dataclass(slots=True, eq=False)
class Toponym:
    """A stretch that may name a place, and the words around it.

    `before` and `behind` are the neighbouring words, empty where a sign stands between. `qualifier` is the
    toponym behind the comma ("Pa." for "Lebanon, Pa.").
    """

    field: str
    start: int
    end: int
    text: str
    name: str
    listing: Listing
    before: str = ""
    behind: str = ""
    is_dateline: bool = False
    opens_sentence: bool = False
    is_in_place_position: bool = False
    is_person: bool = False
    is_part: bool = False
    has_surname_behind: bool = False
    has_institution_behind: bool = False
    qualifier: Toponym | None = None
    qualifies: Toponym | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """All places of the name."""
        return self.listing.places


def find_toponyms(
    field: str, text: str, geography: Geography, *, taken: Sequence[tuple[int, int]], persons: Sequence[tuple[int, int]]
) -> list[Toponym]:
    """The toponyms of one text, in order. `taken` and `persons` are sorted spans that name something else."""
    tokens = [Token(match.start(), match.end(), match.group()) for match in TOKEN.finditer(text)]
    found: list[Toponym] = []
    index = 0
    while index < len(tokens):
        length, toponym = _longest(field, text, tokens, index, geography, taken)
        if toponym is not None:
            _surround(toponym, text, tokens, index, index + length)
            toponym.has_surname_behind = _is_surname(toponym.behind, geography)
            toponym.is_person = _covers(persons, toponym.start, toponym.end)
            found.append(toponym)
        index += max(1, length)
    for toponym in found:
        toponym.is_part = _is_part(toponym, text)
    _qualify(text, [toponym for toponym in found if not toponym.is_part])
    return found


def _longest(
    field: str, text: str, tokens: list[Token], index: int, geography: Geography, taken: Sequence[tuple[int, int]]
) -> tuple[int, Toponym | None]:
    first = tokens[index]
    if not first.text[0].isupper():
        return 1, None
    last = index + 1
    while (
        last < len(tokens) and last - index < LONGEST and GAP.fullmatch(text, tokens[last - 1].end, tokens[last].start)
    ):
        last += 1
    shouts = first.text.isupper() and _may_shout(text, tokens, index)
    for end in range(last, index, -1):
        closing = tokens[end - 1].text
        if end - index > 1 and not closing[0].isupper():
            continue
        if _is_inside(taken, first.start, tokens[end - 1].end):
            continue
        for name in _names(text, tokens[index:end], shouts=shouts):
            listing = geography.look_up(name)
            if listing.places:
                stop = _end(tokens[end - 1], name)
                return end - index, Toponym(field, first.start, stop, text[first.start : stop], name, listing)
    return 1, None


def _run(text: str, tokens: list[Token], index: int) -> int:
    """Where the words end that may be one name with the word at the index."""
    most = min(len(tokens), index + LONGEST)
    last = index + 1
    while last < most and GAP.fullmatch(text, tokens[last - 1].end, tokens[last].start):
        last += 1
    return last


def _may_shout(text: str, tokens: list[Token], index: int) -> bool:
    """Do the capitals stand where a dateline does, at the head of a sentence?"""
    return index == 0 or _ends_sentence(text, tokens[index - 1], tokens[index].start)


def _ends_sentence(text: str, last: Token, start: int) -> bool:
    gap = text[last.end : start]
    return "\n" in gap or (last.text.endswith(".") and len(last.text) > 2) or bool(gap.strip(" \t,;-–—'’\u00a0()"))


def _names(text: str, tokens: list[Token], *, shouts: bool) -> Iterator[str]:
    """The spellings under which a run of words may be listed: as written, without its stop, without its "'s"."""
    written = " ".join(token.text for token in tokens)
    spellings = [written]
    if written.endswith("."):
        spellings.append(written[:-1])
    elif tokens[-1].text[-2:] in ("'s", "’s") or tokens[-1].text[-1] in "'’":
        spellings = [POSSESSIVE.sub("", written), written]
    yield from spellings
    if shouts and written.isupper() and len(written) >= SHORTEST_SHOUT:
        for spelling in spellings:
            yield " ".join(word.lower() if word in SMALL_WORDS else word.capitalize() for word in spelling.split(" "))


def _end(last: Token, name: str) -> int:
    """Where the place ends in the text: before a possessive, and before a full stop that is not the name's."""
    possessive = POSSESSIVE.search(last.text)
    if possessive and not name.endswith(last.text):
        return last.start + possessive.start()
    if last.text.endswith(".") and not name.endswith("."):
        return last.end - 1
    return last.end


def _surround(toponym: Toponym, text: str, tokens: list[Token], first: int, last: int) -> None:
    """Note the neighbouring words and what they say."""
    before = tokens[first - 1] if first else None
    toponym.opens_sentence = before is None or _ends_sentence(text, before, toponym.start)
    if before is not None and not toponym.opens_sentence and text[before.end : toponym.start].isspace():
        toponym.before = before.text
    behind = tokens[last] if last < len(tokens) else None
    if behind is not None and text[toponym.end : behind.start] in (" ", "\u00a0"):
        toponym.behind = behind.text
    shouts = toponym.text.isupper() and len(toponym.text) >= SHORTEST_SHOUT
    opens_text = before is None or "\n" in text[before.end : toponym.start]
    toponym.is_dateline = toponym.opens_sentence and (
        (shouts and opens_text) or DATELINE.match(text, toponym.end, toponym.end + 50) is not None
    )
    toponym.has_institution_behind = INSTITUTION.match(text, toponym.end) is not None
    toponym.is_in_place_position = _in_place_position(tokens, first, toponym)


# Bodies of American towns. Takes: " Police Department", " Independent School District"; refuses: " police".
INSTITUTION = re.compile(
    r"(?:['’]s)? (?:Police (?:Department|Dept|Chief|Sgt|Lt|Capt|Officer)|Fire Department|Volunteer Fire|School District"
    r"|Independent School|Unified School|Public Schools|Public Library|High School|Elementary|Middle School"
    r"|Junior High|Regional (?:Medical|Park|Hospital)|Medical Center|Civic Center|City (?:Council|Hall|Manager|Attorney"
    r"|Commission)|Town (?:Council|Councilman|Hall)|Parks and Recreation|Municipal|Senior Citizens|Housing Authority"
    r"|County|Chamber of Commerce|Township|elementary schools?|middle school|high school)\b"
)
# Takes: " (Reuters) -", ", Nov 4 (AFP) –", " — The", ", La. --"; refuses: " - the city", ", which".
DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,12})?(?:,? [\w. ]{2,14},?)?\s?\((?:Reuters|AP|AFP|UPI|dpa|CNN|Xinhua|TASS|ANI)\)"
    r"|(?:, [A-Z][\w. ]{1,12})? ?(?:—|--|–) ?[“\"A-Z]|(?:, [A-Z][\w. ]{1,12})? - [“\"A-Z]"
)


def _is_surname(word: str, geography: Geography) -> bool:
    """ "Georgia Stevens": is the word behind a surname, and no word of every day?"""
    traits = geography.look_up(word).traits if word[:1].isupper() else ""
    return WORD not in traits and (SURNAME in traits or COMMON_SURNAME in traits)


def _in_place_position(tokens: list[Token], first: int, toponym: Toponym) -> bool:
    """Does a preposition of place stand before the name, with "northern" or "the city of" between at most?"""
    if not toponym.before:
        return False
    index = first - 1
    for _ in range(3):
        if index < 0:
            return False
        word = tokens[index].text
        if word in LOCATIVES:
            return True
        if word.lower() not in QUARTERS:
            return False
        index -= 1
    return False


def _qualify(text: str, found: list[Toponym]) -> None:
    """Join "Lebanon" and "Pa." over a comma."""
    for place, behind in zip(found, found[1:], strict=False):
        if COMMA.fullmatch(text, place.end, behind.start):
            place.qualifier = behind
            behind.qualifies = place


def _is_part(toponym: Toponym, text: str) -> bool:
    """Is the name only a part of the name of a street, a paper, a treaty or a sea?"""
    if toponym.before == "Little":
        return True
    if toponym.behind in PAPERS or toponym.behind.rstrip(".") in STREETS:
        return not toponym.is_dateline
    if toponym.before == "of" and text[max(0, toponym.start - 12) : toponym.start].endswith(WATERS):
        return True
    if any(place.kind == COUNTRY for place in toponym.places):
        return False
    words = text[toponym.end : toponym.end + 30].split()[:2]
    if words and words[0] in TREATY_MIDDLES:
        words = words[1:]
    return bool(words) and words[0].strip(".,;:") in TREATIES


def _covers(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Does any of the sorted spans touch the stretch?"""
    index = bisect_right(spans, (start, end)) - 1
    if index >= 0 and spans[index][1] > start:
        return True
    return index + 1 < len(spans) and spans[index + 1][0] < end


def _is_inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Does one of the sorted spans hold the stretch, or only cross its border?"""
    index = bisect_right(spans, (start, sys.maxsize)) - 1
    if index >= 0 and spans[index][1] > start and (spans[index][1] >= end - 1 or spans[index][0] < start):
        return True
    return index + 1 < len(spans) and spans[index + 1][0] < end < spans[index + 1][1]


def is_abbreviation(toponym: Toponym) -> bool:
    """Is the name only known as an abbreviation ("La.", "OR")?"""
    return all(place.kind == ABBREVIATION for place in toponym.places)
