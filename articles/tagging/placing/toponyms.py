"""Finds the stretches of a text that may name a place.

Takes: "Mosul", "St. Louis", "Stratford-upon-Avon", "DETROIT" at the head of a paragraph, "Fla.", "Nassau" and
"Baker" of "Nassau and Baker counties". Leaves out: what lies inside another known name, and which place is meant
(place_sense.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..persons.persons import Person
from ..reading.sorted_spans import Span, is_inside, touching
from ..vocabulary.given_names import is_given
from ..vocabulary.lexicon import KNOWN_WORDS
from ..vocabulary.place_kinds import ABBREVIATION
from .geography import Geography, Listing, Place
from .surroundings import NOTHING_AROUND, Surroundings, ends_sentence, look_around

# Takes: "Mosul", "N.Y.", "Fla.", "d'Ivoire", "Moscow's"; refuses: "2010".
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʻ`][^\W\d_]+)*\.?")
# Between two words of one name; a wrapped line may lie between them.
GAP = re.compile(r"[ \u00a0]|-|[ \t]{0,20}\n[ \t]{1,40}")
# Takes: "Denzel" in "told Denzel", "by Ann, Denzel"; refuses: it behind a full stop.
MID_SENTENCE = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]*")
COMMA = re.compile(r",\s{1,40}|\s?\(")
POSSESSIVE = re.compile(r"['’]s?$")
LONGEST = 5
SHORTEST_SHOUT = 4
SMALL_WORDS = frozenset({"OF", "THE", "UPON", "AND", "DE", "DEL", "LA"})
MOST_COUNTIES = 12
# A hundred thousand people: as a name of two words it is no person's.
WELL_KNOWN = 50


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    start: int
    end: int
    text: str


@dataclass(slots=True, eq=False)
class Toponym:
    """A stretch that may name a place, with what stands around it.

    `name` is the spelling under which the geography lists it. `qualifier` is the toponym behind the comma ("Pa."
    for "Lebanon, Pa."). `is_person` is true inside the name of a person,
    `is_bare_surname` where that is only the surname.
    """

    field: str
    start: int
    end: int
    text: str
    name: str
    listing: Listing
    around: Surroundings = NOTHING_AROUND
    is_person: bool = False
    is_bare_surname: bool = False
    qualifier: Toponym | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """All places of the name."""
        return self.listing.places

    @property
    def span(self) -> tuple[str, int, int]:
        """Field, start and end."""
        return self.field, self.start, self.end

    @property
    def is_abbreviation(self) -> bool:
        """Is the name only known as an abbreviation ("La.", "OR")?"""
        return all(place.kind == ABBREVIATION for place in self.places)


def find_toponyms(
    field: str, text: str, geography: Geography, *, taken: Sequence[Span], persons: Sequence[Person]
) -> list[Toponym]:
    """The toponyms of one text, in order. `taken` are sorted spans that name something else."""
    scanner = Scanner(field, text, geography, taken)
    found = list(scanner.toponyms())
    spans = [(person.start, person.end) for person in persons]
    for toponym in found:
        number = touching(spans, toponym.start, toponym.end)
        if number is not None and not _is_no_person(toponym, persons[number], text):
            toponym.is_person = True
            toponym.is_bare_surname = " " not in persons[number].name and not persons[number].title
    _qualify(text, [toponym for toponym in found if not toponym.around.is_part])
    return found


def _is_no_person(toponym: Toponym, person: Person, text: str) -> bool:
    """ "South Africa", "London's Heathrow", "… Ahmed Nur. Mogadishu", "St. Paul": no person, though it looks so."""
    if (toponym.start, toponym.end) == (person.start, person.end) and " " in toponym.name and not person.title:
        return toponym.places[0].size >= WELL_KNOWN
    if toponym.start < person.start and person.end <= toponym.end:
        return True
    if toponym.around.opens_sentence and person.start < toponym.start:
        return True
    apostrophe = text.find("'s", person.start, person.end), text.find("’s", person.start, person.end)
    return max(apostrophe) >= 0


def _qualify(text: str, found: list[Toponym]) -> None:
    """Join "Lebanon" and "Pa." over a comma."""
    for place, behind in zip(found, found[1:], strict=False):
        if COMMA.fullmatch(text, place.end, behind.start):
            place.qualifier = behind


class Scanner:
    """Walks over the words of one text and takes the longest listed name at each."""

    def __init__(self, field: str, text: str, geography: Geography, taken: Sequence[Span]) -> None:
        self.field = field
        self.text = text
        self.geography = geography
        self.taken = taken
        # Only the few words that matter are made tokens: most of a text is in lower case.
        self.matches = list(TOKEN.finditer(text))
        self._tall_words: set[str] | None = None
        self.counties = self._counties() if "ounties" in text else set()

    def toponyms(self) -> Iterator[Toponym]:
        """All toponyms, none overlapping."""
        reached = 0
        tall = [index for index, match in enumerate(self.matches) if self.text[match.start()].isupper()]
        for index in tall:
            if index < reached:
                continue
            toponym, reached = self._longest(index)
            if toponym is not None:
                before = self._token(index - 1) if index else None
                behind = self._token(reached) if reached < len(self.matches) else None
                words = [word.group() for word in self.matches[max(0, index - 3) : index]]
                toponym.around = look_around(
                    self.text,
                    (toponym.start, toponym.end),
                    words,
                    before,
                    behind,
                    toponym.listing,
                    self.geography,
                    follows_opener=index > 0 and self._only_opens(index - 1),
                )
                yield toponym

    def _only_opens(self, index: int) -> bool:
        """Does the word stand tall only because it opens its sentence ("Besides Poland"), and is it no given name?"""
        word = self._token(index)
        if not word.text[0].isupper() or not self._may_shout(index) or is_given(word.text):
            return False
        return word.text not in self._tall()

    def _tall(self) -> set[str]:
        """The words that stand capitalised in mid-sentence."""
        if self._tall_words is None:
            self._tall_words = set(MID_SENTENCE.findall(self.text))
        return self._tall_words

    def _token(self, index: int) -> Token:
        match = self.matches[index]
        return Token(match.start(), match.end(), match.group())

    def _longest(self, index: int) -> tuple[Toponym | None, int]:
        """The longest name that starts at a word, and where the next may start."""
        match = self.matches[index]
        word, start = match.group(), match.start()
        shouts = word.isupper() and self._may_shout(index)
        last = self._run(index) if shouts or self.geography.may_open(word) else index + 1
        for end in range(last, index, -1):
            closing = self.matches[end - 1]
            if end - index > 1 and not self.text[closing.start()].isupper():
                continue
            if self.taken and is_inside(self.taken, start, closing.end()):
                continue
            for name in self._names(index, end, shouts=shouts):
                listing = self.geography.look_up(name)
                if listing.places:
                    stop = _stop(self._token(end - 1), name)
                    found = Toponym(self.field, start, stop, self.text[start:stop], name, listing)
                    return found, end
        return None, index + 1

    def _run(self, index: int) -> int:
        """Where the words end that may be one name with the word at the index."""
        words = self.matches
        most = min(len(words), index + LONGEST)
        last = index + 1
        while last < most and GAP.fullmatch(self.text, words[last - 1].end(), words[last].start()):
            last += 1
        return last

    def _may_shout(self, index: int) -> bool:
        """Do capitals stand where a dateline does, at the head of a sentence?"""
        return index == 0 or ends_sentence(self.text, self._token(index - 1), self.matches[index].start())

    def _names(self, first: int, last: int, *, shouts: bool) -> tuple[str, ...]:
        """The spellings under which a run may be listed."""
        if last - first > 1:
            return _spellings(" ".join(word.group() for word in self.matches[first:last]), shouts)
        word = self.matches[first].group()
        spellings = _spellings(word, shouts)
        return (f"{word} County", *spellings) if first in self.counties else spellings

    def _counties(self) -> set[int]:
        """The words that are counties by the plural behind them: "Nassau, Duval and Baker counties"."""
        found: set[int] = set()
        for index, match in enumerate(self.matches):
            if match.group().rstrip(".") not in ("counties", "Counties"):
                continue
            for number in range(index - 1, max(-1, index - MOST_COUNTIES), -1):
                word = self.matches[number].group()
                if word[0].isupper():
                    found.add(number)
                elif word != "and":
                    break
        return found


@lru_cache(maxsize=KNOWN_WORDS)
def _spellings(written: str, shouts: bool) -> tuple[str, ...]:
    """A name as written, without its stop, without its "'s", and in small letters where it is shouted."""
    spellings = [written]
    if written.endswith("."):
        spellings.append(written[:-1])
    elif written[-2:] in ("'s", "’s") or written[-1] in "'’":
        spellings = [POSSESSIVE.sub("", written), written]
    if shouts and written.isupper() and len(written) >= SHORTEST_SHOUT:
        spellings += [_calmed(spelling) for spelling in spellings]
    return tuple(spellings)


def _calmed(shouted: str) -> str:
    """ "Isle of Man" for "ISLE OF MAN"."""
    return " ".join(word.lower() if word in SMALL_WORDS else word.capitalize() for word in shouted.split(" "))


def _stop(last: Token, name: str) -> int:
    """Where the place ends in the text: before a possessive, and before a full stop that is not the name's."""
    possessive = POSSESSIVE.search(last.text)
    if possessive and not name.endswith(last.text):
        return last.start + possessive.start()
    if last.text.endswith(".") and not name.endswith("."):
        return last.end - 1
    return last.end
