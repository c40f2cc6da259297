"""What stands around a possible place and speaks for or against it.

Takes: the preposition of "in northern Mosul", the dash of "ALEXANDRIA, La. —", the "Times" of "Moscow Times", the
"Police Department" of "Paris Police Department". Leaves out: the verdict (place_verdicts.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..vocabulary.lexicon import DAYS, DETERMINERS, MONTHS, STOP_WORDS
from ..vocabulary.place_kinds import CAPITAL, COUNTRY
from ..vocabulary.place_words import (
    CALLED,
    LANDMARKS,
    LEAVING,
    LOCATIVES,
    MODIFIERS,
    PAPERS,
    QUARTERS,
    STREETS,
    SURE_LOCATIVES,
    TREATIES,
    TREATY_MIDDLES,
    WATERS,
)
from .geography import COMMON_SURNAME, SETTLEMENTS, SURNAME, WORD, Geography, Listing

SHORTEST_SHOUT = 4
# Bodies of American towns. Takes: " Police Department", " Independent School District"; refuses: " police".
INSTITUTION = re.compile(
    r"(?:['’]s?)? (?:Police (?:Department|Dept|Chief|Sgt|Lt|Capt|Officer)|Fire Department|Volunteer Fire"
    r"|(?:Independent |Unified )?School District|Public Schools|Public Library|[Hh]igh [Ss]chool|Elementary"
    r"|[Mm]iddle [Ss]chool|Junior High|Regional (?:Medical|Park|Hospital)|Medical Center|Civic Center"
    r"|City (?:Council|Hall|Manager|Attorney|Commission)|Town (?:Council|Councilman|Hall)|Parks and Recreation"
    r"|Municipal|Senior Citizens|Housing Authority|County|Chamber of Commerce|Township|elementary schools?)\b"
)
# Takes: "'s Hospital", " Church", " and St. Paul"; refuses: " church-goers".
CHURCH = re.compile(
    r"(?:['’]s)? (?:[A-Z]\w+ ){0,2}(?:Church|Cathedral|Hospital|Chapel|Monastery|Basilica|Convent|Abbey|Parish)\b"
    r"| and (?:St\.?|Saint) [A-Z]|['’]s "
)
# Takes: " class", "-class frigates", "s" of "two Centurions"; refuses: " classes".
CLASS = re.compile(r"[ -]class\b")
# Before a surname: "Caetano de Lima", "Ursula von der Leyen".
PARTICLES = frozenset({"de", "do", "da", "dos", "das", "del", "di", "du", "von", "van", "der", "den", "bin", "ibn"})
# Takes: "R-" of "R-Clay Harbor"; refuses: "X-".
PARTY = re.compile(r"\b[RDI]-$")
INDEFINITE = frozenset({"a", "an", "A", "An"})
ARTICLES = INDEFINITE | {"the", "The"}
QUOTATION_MARKS = tuple("\"“”‘’'")
# Takes: " (Reuters) -", ", Nov 4 (AFP) –", " — The", ", La. --"; refuses: " - the city", ", which".
DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,12})?(?:,? [\w. ]{2,14},?)?\s?\((?:Reuters|AP|AFP|UPI|dpa|CNN|Xinhua|TASS|ANI)\)"
    r"|(?:, [A-Z][\w. ]{1,12})? ?(?:—|--|–) ?[“\"A-Z]|(?:, [A-Z][\w. ]{1,12})? - [“\"A-Z]"
)
# Takes: ": The"; refuses: ": the", ":".
LABEL = re.compile(r": [“\"A-Z]")


class Word(Protocol):
    """A word of the text with its place."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`before` and `behind` are the neighbouring words, empty where a sign stands between.

    `follows_opener` is true where the word before opens the sentence and owes its capital to that alone.
    """

    before: str = ""
    behind: str = ""
    opens_sentence: bool = False
    follows_opener: bool = False
    is_dateline: bool = False
    is_in_place_position: bool = False
    is_in_sure_position: bool = False
    is_part: bool = False
    has_surname_behind: bool = False
    has_institution_behind: bool = False
    follows_particle: bool = False
    is_single_thing: bool = False

    @property
    def has_name_before(self) -> bool:
        """Does a capitalised word stand before that is no ordinary one ("Denzel" before "Washington")?"""
        word = self.before
        if self.follows_opener or not word[:1].isupper() or word.endswith(("'s", "’s", "'", "’")):
            return False
        if word in MODIFIERS or word in MONTHS or word in DAYS:
            return False
        lower = word.lower()
        return lower not in STOP_WORDS and lower not in DETERMINERS

    @property
    def names_something_else(self) -> bool:
        """A tank, an operation, a girl "called Paris"?"""
        return self.is_single_thing or self.before in CALLED

    @property
    def is_actor(self) -> bool:
        """Does the name stand where somebody acts ("Beijing said"), and not where a thing happens?"""
        return not (self.is_in_place_position or self.is_dateline or self.behind[:1].isupper())

    @property
    def has_capital_behind(self) -> bool:
        """Does the name go on, perhaps to another thing ("Lincoln Center")?"""
        return self.behind[:1].isupper()


NOTHING_AROUND = Surroundings()


def look_around(
    text: str,
    span: tuple[int, int],
    words_before: Sequence[str],
    last: Word | None,
    following: Word | None,
    listing: Listing,
    geography: Geography,
    *,
    follows_opener: bool = False,
) -> Surroundings:
    """The surroundings of a span between the word `last` and the word `following`."""
    start, end = span
    opens_sentence = last is None or ends_sentence(text, last, start)
    opens_paragraph = last is None or "\n" in text[last.end : start]
    before = last.text if last and not opens_sentence and text[last.end : start].isspace() else ""
    behind = following.text.rstrip(".") if following and text[end : following.start] in (" ", "\u00a0") else ""
    shouts = end - start >= SHORTEST_SHOUT and text[start:end].isupper()
    is_dateline = opens_sentence and (
        (shouts and opens_paragraph and _starts_news(behind))
        or DATELINE.match(text, end, end + 50) is not None
        or (opens_paragraph and _is_labelled(text, end, listing))
    )
    return Surroundings(
        before,
        behind,
        opens_sentence,
        follows_opener,
        is_dateline,
        is_in_place_position=(bool(before) and _follows_preposition(words_before))
        or PARTY.search(text, max(0, start - 3), start) is not None,
        is_in_sure_position=before in SURE_LOCATIVES and text[end : end + 1] not in ("'", "’"),
        is_part=not is_dateline and _is_part(text, span, before, behind, listing),
        has_surname_behind=_is_surname(behind, geography),
        has_institution_behind=INSTITUTION.match(text, end) is not None,
        follows_particle=before in PARTICLES,
        is_single_thing=_is_single_thing(text, span, before, behind, listing),
    )


def _is_labelled(text: str, end: int, listing: Listing) -> bool:
    """ "SEOUL: The ministry …": only capitals, since other names before a colon are mostly speakers."""
    return LABEL.match(text, end) is not None and any(place.kind == CAPITAL for place in listing.places)


def _starts_news(word: str) -> bool:
    """Does the first sentence start at once ("DETROIT The plant"), and no headline go on in capitals?"""
    return word[:1].isupper() and (len(word) == 1 or not word.isupper() or "." in word)


def ends_sentence(text: str, last: Word, start: int) -> bool:
    """Does a sentence end between a word and what starts behind it?"""
    gap = text[last.end : start]
    return "\n" in gap or (last.text.endswith(".") and len(last.text) > 2) or bool(gap.strip(" \t,;-–—'’\u00a0()"))


def _follows_preposition(words: Sequence[str]) -> bool:
    """Does a preposition of place come last, with "northern", "the city of" or "Russia and" behind it at most?"""
    if words[-2:-1] and words[-1] == "for":
        return words[-2] in LEAVING or (words[0] in LEAVING and words[-2][0].isupper())
    if len(words) == 3 and words[-1] in ("and", "or") and words[-2][0].isupper():
        return words[0] in LOCATIVES
    for word in reversed(words):
        if word in LOCATIVES:
            return True
        if word.lower() not in QUARTERS:
            return False
    return False


def _is_part(text: str, span: tuple[int, int], before: str, behind: str, listing: Listing) -> bool:
    """Is the name only a part of the name of a street, a paper, a ship's class, a treaty or a sea?"""
    start, end = span
    if before == "Little" or behind in PAPERS or behind in STREETS or CLASS.match(text, end):
        return True
    if text[start : start + 2] in ("St", "Sa") and CHURCH.match(text, end):
        return True
    if text[max(0, start - 2) : start - 1].isdigit() and text[start:end].isupper():
        # "100 B.C."
        return True
    if before == "of" and text[max(0, start - 12) : start].endswith(WATERS):
        return True
    if any(place.kind == COUNTRY for place in listing.places):
        return behind in LANDMARKS
    if not any(place.kind in SETTLEMENTS for place in listing.places[:3]):
        return False
    words = text[end : end + 30].split()[:2]
    if words and words[0] in TREATY_MIDDLES:
        words = words[1:]
    return bool(words) and words[0].strip(".,;:") in TREATIES


def _is_single_thing(text: str, span: tuple[int, int], before: str, behind: str, listing: Listing) -> bool:
    """ "a Centurion that stood", "the Juba, a river", an operation in quotation marks: no town, nor its adjective."""
    start, end = span
    if text[start - 1 : start] in QUOTATION_MARKS and text[end : end + 1] in QUOTATION_MARKS:
        return True
    articles = ARTICLES if all(place.kind in SETTLEMENTS for place in listing.places) else INDEFINITE
    return before in articles and (not behind or behind in STOP_WORDS)


def _is_surname(word: str, geography: Geography) -> bool:
    """ "Georgia Stevens": is the word behind a surname, and no word of every day?"""
    traits = geography.look_up(word).traits if word[:1].isupper() else ""
    return WORD not in traits and (SURNAME in traits or COMMON_SURNAME in traits)
