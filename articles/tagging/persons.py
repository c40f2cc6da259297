"""Finds the names of persons by a title or a known given name before a capitalised run.

Takes: “Foreign Minister Wang Yi”, “Nancy Pelosi”, “Gen. Mark A. Milley”, then “Milley” alone.
Leaves out: a person known only by a bare surname, and single given names.

Persons are found before countries, so that "Michael Jordan" is never Jordan.
"""

import re
from dataclasses import dataclass

from .given_names import HE_NAMES, SHE_NAMES, pronoun_of
from .lexicon import (
    ABBREVIATED_TITLES,
    DAYS,
    MONTHS,
    STOP_WORDS,
    TITLES,
    noun_class,
    words,
)

# Takes: Mark A. Milley, Ursula von der Leyen, Gen. Wang, al-Abadi; refuses: a run over a comma or a line's
# end.
RUN = re.compile(
    r"[^\W\d_a-z][\w’'-]*\.?"
    r"(?:[ \u00a0](?:(?:van|von|der|den|de|da|del|della|di|dos|bin|ibn|al|el|la|le)[ \u00a0]){0,2}"
    r"(?:[^\W\d_a-z][\w’'-]*\.?|al-[A-Z][\w’'-]*)){0,8}"
)
PART = re.compile(r"[^\s\u00a0]+")
# Takes: "prosecutor " at the end; refuses: "Prosecutor, ".
ROLE_BEFORE = re.compile(r"(?<!\w)([a-z]+)[ \u00a0]$")
# Takes: ", the deputy chair of", ", a spokesman,"; refuses: ", Russia and".
ROLE_BEHIND = re.compile(r", ((?:[a-z’'-]+[ ,]){1,4})")
LONGEST_NAME = 4
HE_TITLES = words("Mr Lord King Prince Sir Father Brother Congressman Sheikh Baron Chairman")
SHE_TITLES = words("Mrs Ms Miss Lady Queen Princess Dame Baroness Sister Congresswoman Chairwoman")
NOT_A_SURNAME = words(
    "University College Street Avenue Road Airport Hospital School Institute Foundation Center Centre Park"
    " Bridge Airlines Company Group Act Bill Prize Award Stadium Church County City House Party Hall Square"
    " Island Islands River Lake Mountain Court Times Post News Journal Tribune Herald Committee Council"
    " Department Ministry Agency"
)
SUFFIXES = words("Jr Sr II III IV")


@dataclass(frozen=True, slots=True)
class Person:
    """One naming of a person: the span of the name without its title.

    `given` is empty where only a title and a surname stand; `pronoun` is he, she or empty.
    """

    start: int
    end: int
    name: str
    given: str
    family: str
    title: str
    pronoun: str


def find_persons(text: str) -> list[Person]:
    """Persons of a text, in order: full and titled names first found, then their bare surnames."""
    named: list[Person] = []
    loose: list[tuple[int, int, str]] = []
    for run in RUN.finditer(text):
        person = _person(text, run.start(), run.group()) or _by_role(text, run.start(), run.group())
        if person is not None:
            named.append(person)
        else:
            loose.extend(_parts(run.start(), run.group()))
    by_family = {person.family: person for person in reversed(named) if len(person.family) > 2}
    for start, end, word in loose:
        known = by_family.get(word)
        if known is not None:
            named.append(
                Person(
                    start,
                    end,
                    text[start:end],
                    known.given,
                    known.family,
                    "",
                    known.pronoun,
                )
            )
    return sorted(named, key=lambda person: person.start)


def _parts(start: int, run: str) -> list[tuple[int, int, str]]:
    parts = []
    for part in PART.finditer(run):
        word = re.sub(r"(?:[’']s|[’'.])$", "", part.group())
        if word:
            parts.append((start + part.start(), start + part.start() + len(word), word))
    return parts


def _person(text: str, start: int, run: str) -> Person | None:
    parts = _parts(start, run)
    titles: list[str] = []
    while parts and (parts[0][2] in TITLES or _is_leading_word(parts[0][2])):
        word = parts.pop(0)[2]
        titles = [*titles, word] if word in TITLES else []
    for index in range(len(parts)):
        if index and parts[index][2] in TITLES:
            return _person(text, parts[index][0], text[parts[index][0] : parts[-1][1]])
    if not parts:
        return None
    first = next((index for index, part in enumerate(parts) if _is_given(part[2])), None)
    if first is None:
        return _titled(text, parts, titles) if _is_telling(titles) else None
    if first > 0 and not titles and not noun_class(parts[first - 1][2].lower()) and first > 2:
        return None
    return _full(text, parts[first:], titles)


def _by_role(text: str, start: int, run: str) -> Person | None:
    """A name told by the role before or behind it: "prosecutor Senja Kaltiomaa", "Mirela Zăvoianu, chair of …"."""
    parts = _parts(start, run)
    while parts and _is_leading_word(parts[0][2]):
        parts.pop(0)
    if not 2 <= len(parts) <= LONGEST_NAME or any(_is_no_name(part[2]) for part in parts):
        return None
    before = ROLE_BEFORE.search(text, max(0, parts[0][0] - 25), parts[0][0])
    behind = ROLE_BEHIND.match(text, parts[-1][1])
    if before and noun_class(before.group(1)) == "person":
        return _made(text, parts, [before.group(1)], parts[0][2])
    if behind and any(noun_class(word) == "person" for word in behind.group(1).split()):
        return _made(text, parts, [], parts[0][2])
    return None


def _is_leading_word(word: str) -> bool:
    lower = word.lower()
    return (lower in STOP_WORDS and not word.isupper()) or word in DAYS or word in MONTHS or lower in ("the", "a")


def _is_given(word: str) -> bool:
    return word in HE_NAMES or word in SHE_NAMES or word.split("-")[0] in HE_NAMES | SHE_NAMES


def _is_telling(titles: list[str]) -> bool:
    """ "Foreign" or "Chief" alone is no title of a person."""
    return any(
        title not in ("Foreign", "Defence", "Defense", "Interior", "Vice", "Deputy", "Chief") for title in titles
    )


def _titled(text: str, parts: list[tuple[int, int, str]], titles: list[str]) -> Person | None:
    parts = [part for part in parts if part[2] not in SUFFIXES]
    if not parts or len(parts) > 4 or any(_is_no_name(part[2]) for part in parts):
        return None
    given = parts[0][2] if len(parts) > 1 else ""
    return _made(text, parts, titles, given)


def _full(text: str, parts: list[tuple[int, int, str]], titles: list[str]) -> Person | None:
    if len(parts) < 2:
        return _made(text, parts, titles, "") if _is_telling(titles) else None
    kept = parts[:4]
    for index, part in enumerate(kept):
        if index and _is_no_name(part[2]):
            kept = kept[:index] if part[2] not in NOT_A_SURNAME else []
            break
    if len(kept) < 2:
        return None
    return _made(text, kept, titles, kept[0][2])


def _is_no_name(word: str) -> bool:
    return word in NOT_A_SURNAME or word in DAYS or word in ABBREVIATED_TITLES or noun_class(word.lower()) != ""


def _made(text: str, parts: list[tuple[int, int, str]], titles: list[str], given: str) -> Person:
    family = next(part[2] for part in reversed(parts) if part[2] not in SUFFIXES)
    start, end = parts[0][0], parts[-1][1]
    pronoun = pronoun_of(given)
    if any(title in HE_TITLES for title in titles):
        pronoun = "he"
    elif any(title in SHE_TITLES for title in titles):
        pronoun = "she"
    return Person(start, end, text[start:end], given, family, " ".join(titles), pronoun)
