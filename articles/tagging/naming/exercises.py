"""Finds exercises, operations and programmes by the word beside their name, and the edition that follows it.

Takes: “Exercise Amber Shield”, “the drills, dubbed Open Steppe-2026”, “the Amber Shield exercise”, “Operation Cold
Lantern”, “the Tempest programme”. Leaves out: exercises that are only described (“a NATO exercise”, “Russian drills”).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..vocabulary.heads import ORGANISATION_HEADS
from ..vocabulary.lexicon import DAYS, DETERMINERS, MONTHS, STOP_WORDS, TITLES, words
from ..vocabulary.person_words import is_of_country
from ..vocabulary.weapon_nouns import NO_NAME
from .named import Naming

EXERCISE = "exercise"
OPERATION = "operation"
PROGRAMME = "programme"
# The beginning of "programme" and "program".
OPERATION_NOUN = "Op"
PROGRAMME_NOUN = "program"

# A name of up to five words: "Steadfast Noon", "Justice Mission-2025", "Ulchi Freedom Shield 26".
NAME = (
    r"[A-Z][\w’']*(?:-[A-Z\d][\w]*)*"
    r"(?:[ \u00a0](?:[A-Z][\w’']*(?:-[A-Z\d][\w]*)*|(?:19|20)\d\d[A-Z]?|[’']?\d\d(?:-\d)?(?=[\s.,;:)”\"’])"
    r"|of(?=[ ][A-Z]))){0,5}"
)
NOUN = r"(?:exercises?|drills?|manoeuvres?|maneuvers?|war[ -]?games?|wargames?|war[ -]?gaming exercise)(?!\w)"
NAMED = r"(?:dubbed|called|named|codenamed|code-named|known as|titled|entitled)"
# Takes: "Exercise Amber Shield"; refuses: "exercise Monday" (small first letter without a comma or quotation mark).
TALL_BEFORE = re.compile(rf"(?<!\w)Exercises?[ \u00a0][“\"‘']?({NAME})")
# Takes: "drills, dubbed “Open Steppe-2026”", "exercise Amber Shield"; refuses: "exercises in Poland".
SMALL_BEFORE = re.compile(
    rf"(?<!\w){NOUN}(?:(?:,? (?:[a-z]+[ ]){{0,4}}{NAMED})?[ \u00a0][“\"‘']?({NAME})|, [“\"‘']?({NAME})(?=[,”\"]))",
)
# Takes: ", an air defence exercise" behind a name; refuses: ", the army's exercise controller".
NO_EVENT = r"(?! (?:director|controller|commander|planner|area|officer|coordinator|plan))"
APPOSITION = re.compile(rf"[”\"’']?, (?:an?|the|its|their|this) (?:[\w’'-]+[ ]){{0,4}}?{NOUN}{NO_EVENT}")
# Takes: " exercise", "” naval drills", " multinational live-fire exercise"; refuses: ", an exercise".
BEHIND = re.compile(
    r"[”\"’']?[ \u00a0](?:(?:joint|naval|military|air|annual|biennial|multinational|bilateral|trilateral|live-fire"
    r"|maritime|strategic|command|post|command-post|amphibious|anti-submarine|nuclear|cyber|combined|large-scale"
    r"|air-defence|air-defense|defence|defense|field|training|military-tactical|staff|war|land|allied|snap|winter"
    r"|arctic|special|forces|series|of"
    r"|international|army|navy|mega|tri-service|counter-terrorism|counterterrorism)[ \u00a0])"
    rf"{{0,4}}{NOUN}"
)
RUN = re.compile(NAME)
OPERATIONS = re.compile(rf"(?<!\w)(?:Operation|Op\.?)[ \u00a0][“\"‘']?({NAME})")
PROGRAMMES = re.compile(r"[”\"’']?[ \u00a0](?:[a-z-]+[ \u00a0]){0,2}(?:programme|program)(?!\w)")
# Takes: "-2025", " 2025", "’25", " 25" before a stop; refuses: " 25 ships".
EDITION = re.compile(
    r"[- \u00a0](?:19|20)\d\d[A-Z]?(?![\w-])|-\d\d(?:-\d)?[A-Z]?(?![\w-])|[ \u00a0]?[’']\d\d(?!\w)"
    r"|[ \u00a0](?:\d\d(?:-\d)?)"
    r"(?=[.,;:)”\"]|$|[ \u00a0](?:exercise|drill|will|was|is|in|on|at|off|and|began|ended|took)(?!\w))"
    r"|[ \u00a0](?:II|III|IV|VI{0,3})(?!\w)"
)
# Takes: "Open Steppe-2026" anywhere in a story about an exercise; refuses: "Vision-2030".
DATED = re.compile(r"(?<!\w)[A-Z][a-z]\w*(?:[ \u00a0][A-Z][a-z]\w*){0,3}-(?:19|20)\d\d[A-Z]?(?![\w-])")
# Some letters of each noun that NOUN takes; a plain search for them is many times faster.
STEMS = ("xercise", "rill", "anoeuvre", "aneuver", "gam")
DESCRIBING = words(
    "sea ocean fleet army navy force forces command ministry island islands bay strait gulf peninsula"
    " corps marines guard province region border"
)
NO_EXERCISE = words(
    "Vision Agenda Expo Horizon Euro Plan Strategy Olympics Budget Covid The This Chief Director Command"
    " Commander Control Centre Center Officer Group Division Minister President Room Physical Policy Data"
)


def edition_end(text: str, end: int) -> int:
    """The end of a name with the year or number of its edition: "Vostok" → "Vostok-2025"."""
    edition = EDITION.match(text, end)
    return edition.end() if edition else end


def find_exercises(text: str) -> list[Naming]:
    """The exercises, operations and programmes of a text; a stretch may be found twice."""
    found = list(_operations(text)) if OPERATION_NOUN in text else []
    has_exercise = any(stem in text for stem in STEMS)
    if has_exercise:
        found.extend(_before(text))
    if has_exercise or PROGRAMME_NOUN in text:
        found.extend(_behind(text))
    return found


def _operations(text: str) -> Iterator[Naming]:
    for match in OPERATIONS.finditer(text):
        for naming in _named(text, *match.span(1), OPERATION, "“Operation” stands before it: an operation"):
            start, whole = match.start(), text[match.start() : naming.end]
            name = "Operation " + naming.name
            yield Naming(start, naming.end, whole, OPERATION, "", naming.reason, name, rank=2)


def _before(text: str) -> Iterator[Naming]:
    for pattern, word in ((TALL_BEFORE, "Exercise"), (SMALL_BEFORE, "exercise")):
        for match in pattern.finditer(text):
            reason = f"“{word}” stands before it: an exercise"
            yield from _named(text, *match.span(match.lastindex or 0), EXERCISE, reason)
    for match in DATED.finditer(text):
        reason = "a name with a year in a story about an exercise"
        yield from _named(text, match.start(), match.end(), EXERCISE, reason)


def _behind(text: str) -> Iterator[Naming]:
    for match in RUN.finditer(text):
        if BEHIND.match(text, match.end()):
            yield from _named(text, match.start(), match.end(), EXERCISE, "an exercise by the noun behind it")
        elif APPOSITION.match(text, match.end()):
            for naming in _named(text, match.start(), match.end(), EXERCISE, "the story calls it an exercise"):
                yield replace(naming, rank=4)
        elif PROGRAMMES.match(text, match.end()):
            yield from _named(text, match.start(), match.end(), PROGRAMME, "“programme” follows: a programme")


def _named(text: str, start: int, end: int, kind: str, reason: str) -> Iterator[Naming]:
    """The naming without words that only lead to it; none where nothing of a name is left."""
    parts = [(part.start() + start, part.group()) for part in re.finditer(r"[^ \u00a0]+", text[start:end])]
    while parts and _is_leading(parts[0][1]):
        parts.pop(0)
    while parts and parts[-1][1] in ("of", "and"):
        parts.pop()
    if not parts or any(_is_foreign(word) for _, word in parts) or _is_description([word for _, word in parts]):
        return
    first, last = parts[0][0], parts[-1][0] + len(parts[-1][1])
    if text[first:last].endswith(("’s", "'s")):
        last -= 2
    surface = text[first:last].rstrip("’'")
    last = first + len(surface)
    name = _series(surface)
    if len(name) > 1 and not (name.isupper() and len(name) < 4):
        yield Naming(first, last, surface, kind, "", reason, name, rank=2)


def _series(surface: str) -> str:
    """ "Open Steppe" for "Open Steppe-2026"."""
    return re.sub(r"[- \u00a0’']+(?:(?:19|20)\d\d[A-Z]?|\d\d(?:-\d)?)\Z", "", surface)


def _is_leading(word: str) -> bool:
    lower = word.lower()
    return (lower in STOP_WORDS and not word.isupper()) or lower in DETERMINERS or word[0].isdigit()


def _is_description(words_of_name: list[str]) -> bool:
    """ "Russian Baltic Fleet", "NATO", "Black Sea": whose or where an exercise is, not its name."""
    if words_of_name[-1].lower() in DESCRIBING:
        return True
    return all(word in NO_NAME or is_of_country(word) for word in words_of_name)


def _is_foreign(word: str) -> bool:
    return (
        word in DAYS
        or (word in MONTHS and word not in ("March", "May"))
        or word in TITLES
        or word.split("-")[0] in NO_EXERCISE
        or (word.lower() in ORGANISATION_HEADS and word.lower() in ("command", "group", "ministry", "army", "navy"))
    )
