"""Finds the names whose own noun tells what they are: organisations, units, places.

Takes: “Harbour Lights Fund”, “Ministry of Transport and Works”, “the 95th Air Assault Brigade”, “Task Force 51”,
“Lake Ohrid”, “Orel province”. Leaves out: nouns that stand alone (“the Council”), and names without such a noun.
"""

from functools import lru_cache

from ..reading.proper import CAPITAL, LOW, NUMBER, ORDINAL, Words
from ..vocabulary.heads import (
    ARABIC_GROUPS,
    ARABIC_PLACES,
    EVENT_WORDS,
    MILITARY_WORDS,
    OF_HEADS,
    ORGANISATION,
    ORGANISATION_HEADS,
    PLACE,
    PLACE_HEADS,
    PLACE_OF_HEADS,
    PLACE_PREFIXES,
    PLAIN_UNITS,
    REGIMENTAL,
    SMALL_PLACE_HEADS,
    UNIT,
    UNIT_HEADS,
    category_of,
)
from ..vocabulary.lexicon import DAYS, DETERMINERS, KNOWN_WORDS, MONTHS, STOP_WORDS, TITLES, noun_class
from ..vocabulary.person_words import is_of_country
from ..vocabulary.weapon_nouns import category_behind
from .named import Naming

LINKS = frozenset({"of", "for", "on", "against", "to"})
LONGEST = 9
# Lines of a news page that name nobody.
NO_NAMES = frozenset({"Related News", "Breaking News", "Latest News", "Top News", "World News"})
BASES = [["air", "base"], ["naval", "base"], ["army", "base"], ["military", "base"], ["training", "area"]]


def find_headed(words: Words) -> list[Naming]:
    """The names of one text in order, none overlapping."""
    found: list[Naming] = []
    next_index = 0
    for index in words.propers:
        if index < next_index or _is_no_part(words, index):
            continue
        last = _run_end(words, index)
        naming, next_index = _in_run(words, index, last)
        if naming is not None:
            found.append(naming)
    return found


def _is_no_part(words: Words, index: int) -> bool:
    """Is the word a title, a day, or small in the language and tall only as the first of its sentence?"""
    text = words.texts[index]
    if not _may_name(text):
        return True
    if not words.opens(index):
        return False
    lower = text.lower()
    return lower in STOP_WORDS or lower in DETERMINERS or (text.isalpha() and text in _as_tall(words, lower))


@lru_cache(maxsize=KNOWN_WORDS)
def _may_name(text: str) -> bool:
    """Could the word be a part of a name inside a sentence?"""
    if text in TITLES and text not in ("Major", "Chief", "General", "Foreign", "Defence", "Defense", "Interior"):
        return False
    lower = text.lower()
    if text in DAYS or text in MONTHS or len(lower) == 1:
        return False
    return lower not in DETERMINERS or lower in ("one", "two", "three")


def _as_tall(words: Words, lower: str) -> tuple[str, ...]:
    return (lower.capitalize(),) if lower in words.smalls else ()


def _run_end(words: Words, first: int) -> int:
    """The last word of the run of capitals that begins at `first`."""
    last = first
    while (
        last + 1 < len(words)
        and last - first < LONGEST
        and words.is_joined(last + 1)
        and words.is_proper(last + 1)
        and not _is_no_part(words, last + 1)
    ):
        last += 1
    return last


def _in_run(words: Words, first: int, last: int) -> tuple[Naming | None, int]:
    """The name that a run holds, and the word to read on from."""
    for head in range(last, first - 1, -1):
        naming = _at(words, first, last, head)
        if naming is not None:
            return naming
    return _with_small_head(words, first, last)


def _at(words: Words, first: int, last: int, head: int) -> tuple[Naming | None, int] | None:
    noun = words.texts[head].lower()
    if head == last and noun in EVENT_WORDS and noun not in ORGANISATION_HEADS:
        return None
    is_known = noun in ORGANISATION_HEADS or noun in UNIT_HEADS or noun in PLACE_HEADS
    if head == first:
        return _prefixed(words, first, last, noun)
    if not is_known:
        return None
    end = _number_behind(words, head) if noun in UNIT_HEADS or noun == "force" else head
    end = _of_behind(words, end) if end == head and noun in OF_HEADS else end
    kind, category = _kind(words, first, head, end)
    if kind == PLACE and end < last:
        # "German Sea Lynx", "General Park Min-su": the noun is part of another name.
        return None
    return _made(words, first, end, kind, category, noun), end + 1


def _prefixed(words: Words, first: int, last: int, noun: str) -> tuple[Naming | None, int] | None:
    """A name that begins with its noun: "Ministry of Defence", "Strait of Hormuz", "Fort Drum", "Tel Rifaat"."""
    text = words.texts[first]
    if noun in UNIT_HEADS and first and words.kinds[first - 1] == NUMBER and words.is_joined(first):
        return _made(words, _number_start(words, first - 1), first, UNIT, "", noun), first + 1
    if last > first and text in ARABIC_GROUPS:
        return _made(words, first, last, ORGANISATION, "group", text), last + 1
    if last > first and (text in PLACE_PREFIXES or text in ARABIC_PLACES):
        return _made(words, first, last, PLACE, "", text), last + 1
    if last > first or noun not in OF_HEADS | PLACE_OF_HEADS:
        return None
    is_place = noun in PLACE_OF_HEADS
    end = _of_behind(words, first, may_list=not is_place)
    if end == first:
        return None
    if is_place:
        tail = {words.texts[index].lower() for index in range(first + 1, end + 1)}
        if tail & (ORGANISATION_HEADS | UNIT_HEADS):
            return None
        return _made(words, first, end, PLACE, "", noun), end + 1
    return _made(words, first, end, ORGANISATION, category_of(noun), noun), end + 1


def _number_start(words: Words, number: int) -> int:
    """Where "No. 8" begins, if the number is written so."""
    return number - 2 if number > 1 and words.texts[number - 2 : number] == ["No", "."] else number


def _number_behind(words: Words, head: int) -> int:
    """ "Task Force 51", "Mobile Unit Two", "Carrier Strike Group 5"."""
    after = head + 1
    if after < len(words) and words.is_joined(after):
        if words.kinds[after] == NUMBER and len(words.texts[after]) <= 4:
            return after
        if words.texts[after] in ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"):
            return after
    return head


def _of_behind(words: Words, head: int, *, may_list: bool = True) -> int:
    """The last word of the name with what follows "of": "Ministry of Trade, Labour and Tourism"."""
    place = head + 1
    if place >= len(words) or words.texts[place] not in LINKS or not words.is_joined(place):
        return head
    if place + 1 < len(words) and words.texts[place + 1] == "the":
        place += 1
    if not _continues(words, place + 1):
        return head
    end = _run_end(words, place + 1)
    return _and_behind(words, end) if may_list else end


def _and_behind(words: Words, end: int) -> int:
    """Further parts of a list: ", Trade and Industry"; only where it ends in "and" and a capital."""
    place = end + 1
    while place + 1 < len(words) and words.texts[place] == "," and _continues(words, place + 1):
        if words.texts[place + 1].isupper():
            return end
        place = _run_end(words, place + 1) + 1
        if place - end > LONGEST:
            return end
    if place < len(words) and words.texts[place] in ("and", "&") and _continues(words, place + 1):
        return _run_end(words, place + 1)
    return end


def _continues(words: Words, index: int) -> bool:
    return (
        index < len(words)
        and words.is_joined(index)
        and words.kinds[index] == CAPITAL
        and not _is_no_part(words, index)
        and words.texts[index] not in TITLES
    )


def _kind(words: Words, first: int, head: int, end: int) -> tuple[str, str]:
    noun = words.texts[head].lower()
    if noun in PLACE_HEADS and noun not in ORGANISATION_HEADS:
        return PLACE, ""
    has_number = any(words.kinds[index] in (ORDINAL, NUMBER) for index in range(first, end + 1)) or end == head + 1
    before = words.texts[head - 1].lower()
    if noun == "corps" and not has_number and before != "army":
        return ORGANISATION, "force"
    if noun in UNIT_HEADS and (has_number or noun in PLAIN_UNITS or before in MILITARY_WORDS):
        return UNIT, ""
    if (noun == "force" and before == "task") or noun == "command" or (noun == "guards" and before in REGIMENTAL):
        return UNIT, ""
    return ORGANISATION, category_of(noun)


def _with_small_head(words: Words, first: int, last: int) -> tuple[Naming | None, int]:
    """ "Anbar province", "Orel air base": the noun of a place written small behind its name."""
    after = last + 1
    if words.texts[after : after + 2] in BASES and words.is_joined(after) and words.is_joined(after + 1):
        return _made(words, first, after + 1, PLACE, "", words.span(after, after + 1)), after + 2
    if (
        after < len(words)
        and words.is_joined(after)
        and words.kinds[after] == LOW
        and words.texts[after] in SMALL_PLACE_HEADS
        and not noun_class(words.texts[last].lower())
        and not is_of_country(words.texts[last])
        and not category_behind(words.text, words.ends[after])
    ):
        return _made(words, first, after, PLACE, "", words.texts[after]), after + 1
    return None, last + 1


def _made(words: Words, first: int, last: int, kind: str, category: str, noun: str) -> Naming | None:
    text = words.span(first, last)
    if text in NO_NAMES:
        return None
    shown = {ORGANISATION: "an organisation", UNIT: "a unit", PLACE: "a place"}[kind]
    start, end = words.starts[first], words.ends[last]
    return Naming(start, end, text, kind, category, f"“{noun.capitalize()}” in its name: {shown}")
