"""Finds the names of persons: by a title, a known given name, or the words around them; then their surnames alone.

Takes: “Foreign Minister Wang Yi”, “Nancy Pelosi”, “Gen. Mark A. Milley”, then “Milley” alone; “the minister, Senja
Kaltiomaa, said”. Leaves out: a person known only by a bare surname, and single given names.

Persons are found before countries, so that "Michael Jordan" is never Jordan.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..vocabulary.genders import pronoun_of_roles
from ..vocabulary.given_names import EVERYDAY, is_given, pronoun_of
from ..vocabulary.lexicon import DAYS, MONTHS, STOP_WORDS, TITLES, words
from ..vocabulary.person_words import DEPARTMENTS, HALF_RANKS, RANKS, is_no_name, is_of_country, is_title
from ..vocabulary.surnames import is_surname, is_surname_first
from .person_frames import has_person_frame, is_described, role_before, stands_in_place

SEPARATOR = "[\u200e\u200f]?[ \u00a0]"
ABBREVIATIONS = (
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Col|Lt|Sgt|Capt|Cpt|Cmdr|Cdr|Maj|Adm|Prof|Rev|Hon|Pres|Supt|Brig|Cpl|Pvt|Pfc"
    r"|Spc|Msgr|St|Fr|Jr|Sr|Ret|Amb|Sec)\."
)
PARTICLE = (
    r"(?:van|von|der|den|de|da|do|del|della|di|dos|das|du|des|bin|ibn|bint"
    r"|ben|al|el|la|le|ter|ten|zu|af|av|e|y|dello|abu)"
)
CAPITAL = re.compile(r"[^\W\d_a-z]")
PART_SHAPE = rf"(?:{ABBREVIATIONS}|(?:[^\W\d_a-z]\.)+|[^\W\d_a-z](?:[\w-]|[’'](?![sS](?!\w)))*)"
# Takes: Mark A. Milley, Ursula von der Leyen, Gen. Wang, Haider al-Abadi, António da Cunha e Vaz; refuses: a run over
# a comma, a full stop or a line's end.
RUN = re.compile(
    rf"{PART_SHAPE}(?:{SEPARATOR}(?:{PARTICLE}{SEPARATOR}){{0,2}}(?:{PART_SHAPE}|(?:al|el|ad|as|ash|an)-[A-Z][\w’'-]*"
    r"|\d(?:st|nd|rd)(?=[ ]Class))){0,8}"
)
PART = re.compile(r"[^\s\u00a0\u200e\u200f]+")
# Takes: "Secretary of ", "minister of ", "Minister for " at the end; refuses: "Republic of ".
OFFICE_BEFORE = re.compile(
    r"(?<!\w)((?:[A-Z]\w+ )?(?:[Ss]ecretary|[Mm]inister|[Uu]ndersecretary|[Cc]hief))[ ](?:of|for)[ ](?:the[ ])?\Z"
)
OFFICE_LINKS = (" of ", " for ", " the ")
LABEL = re.compile(
    r"^((?:MR|MRS|MS|DR|SECRETARY|PRESIDENT|SENATOR|GENERAL|MINISTER)\.?[ ])?([A-Z][A-Z’'. -]*[A-Z])(?=:)", re.M
)
LONGEST_NAME = 4
SAINT = "St"
KUNYAS = words("Abu Umm Ibn")
SUFFIXES = words("Jr Sr II III IV KC QC MP MBE OBE CBE Retd Ret")
Part = tuple[int, int, str]


# Not frozen: a story has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
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
    loose: list[Part] = []
    for run in _runs(text):
        parts = _parts(run.start(), run.group())
        # A word alone names a person only behind an office: "secretary of Kaltiomaa".
        person = _person(text, parts) if len(parts) > 1 or text.endswith(OFFICE_LINKS, 0, run.start()) else None
        if person is not None:
            named.append(person)
        else:
            loose.extend(parts)
    families = _families(named)
    if families:
        named.extend(_surnames(text, loose, families))
    named.extend(_labels(text, families))
    return sorted(named, key=lambda person: person.start)


def _runs(text: str) -> Iterator[re.Match[str]]:
    """The runs of capitals. To look for a capital first is many times faster than to try RUN at every sign."""
    capital = CAPITAL.search(text)
    while capital is not None:
        run = RUN.match(text, capital.start())
        if run is not None:
            yield run
        capital = CAPITAL.search(text, run.end() if run is not None else capital.end())


def _parts(start: int, run: str) -> list[Part]:
    if run.isalpha():
        return [(start, start + len(run), run)]
    parts = []
    for part in PART.finditer(run):
        word = part.group().rstrip("’'.")
        if word:
            parts.append((start + part.start(), start + part.start() + len(word), word))
    return parts


def _families(named: list[Person]) -> dict[str, Person]:
    """The first full naming of each surname, also without its article ("al-Abadi", "Abadi")."""
    families: dict[str, Person] = {}
    for person in reversed(named):
        if len(person.family) > 1:
            families[person.family] = person
            if person.family.lower().startswith(("al-", "el-")):
                families[person.family[3:]] = person
                families["Al-" + person.family[3:]] = person
    return families


def _surnames(text: str, loose: list[Part], families: dict[str, Person]) -> list[Person]:
    found = []
    for start, end, word in loose:
        known = families.get(word)
        if known is not None and not stands_in_place(text, start, end):
            name = text[start:end]
            found.append(Person(start, end, name, known.given, known.family, "", known.pronoun))
    return found


def _labels(text: str, families: dict[str, Person]) -> list[Person]:
    """Speakers of a transcript: "MBEKI-ROSS:" where the story names a Mbeki-Ross."""
    shouted = {family.upper(): person for family, person in families.items()}
    found = []
    for label in LABEL.finditer(text):
        words_of_label = label.group(2).split()
        known = shouted.get(words_of_label[-1])
        start, end = label.span(2)
        if known is not None:
            found.append(Person(start, end, text[start:end], known.given, known.family, "", known.pronoun))
        elif label.group(1):
            title = label.group(1).strip(". ").capitalize()
            pronoun = pronoun_of_roles([title])
            found.append(Person(start, end, text[start:end], "", words_of_label[-1], title, pronoun))
    return found


def _person(text: str, parts: list[Part]) -> Person | None:
    parts, titles = _without_titles(text, parts)
    kept = _plausible(parts)
    if not kept or titles == [SAINT]:
        return None
    if titles and _is_telling(titles):
        return _titled(text, kept, titles)
    for index in range(min(2, len(kept) - 1)):
        if is_given(kept[index][2]) and _proves(text, parts, kept, index):
            return _made(text, _shortened(kept[index:]), titles)
    return _by_frame(text, parts, kept, titles)


def _without_titles(text: str, parts: list[Part]) -> tuple[list[Part], list[str]]:
    """The parts behind the last title of the run, and the titles directly before them."""
    parts = parts.copy()
    while parts and _is_leading_word(parts[0][2]):
        parts.pop(0)
    last = max((index for index in range(len(parts) - 1) if is_title(parts, index)), default=-1)
    titles = [part[2] for part in parts[: last + 1] if part[2] in TITLES or part[2] in RANKS or part[2] in HALF_RANKS]
    rest = parts[last + 1 :]
    office = _office_before(text, rest[0][0]) if rest and last < 0 else None
    if office is None:
        return rest, titles
    length = _department(rest)
    return rest[length:], [*office.group(1).split(), *(part[2] for part in rest[:length])]


def _office_before(text: str, start: int) -> re.Match[str] | None:
    if not text.endswith(OFFICE_LINKS, 0, start):
        return None
    return OFFICE_BEFORE.search(text, max(0, start - 40), start)


def _department(parts: list[Part]) -> int:
    """How many words belong to the office: "State" in "Secretary of State John Kerry"."""
    known = 0
    while known < len(parts) and parts[known][2] in DEPARTMENTS:
        known += 1
    if known and len(parts) > known:
        return known
    return next((index for index, part in enumerate(parts) if index and is_given(part[2])), len(parts))


def _plausible(parts: list[Part]) -> list[Part]:
    """The parts up to the first that is in no name; none where that one makes a thing of it ("University")."""
    if is_surname_first([part[2] for part in parts]):
        # "Park Min-su": the surname is a noun as well.
        return parts
    last = len(parts) - 1
    while last > 0 and parts[last][2] in SUFFIXES:
        last -= 1
    for index, part in enumerate(parts):
        if part[2] in SUFFIXES and index:
            return parts[: index + 1]
        verdict = is_no_name(part[2], is_last=0 < index == last)
        if verdict:
            return [] if verdict == "thing" else parts[:index]
    return parts


def _shortened(parts: list[Part]) -> list[Part]:
    """No more than LONGEST_NAME words, particles not counted."""
    tall = [index for index, part in enumerate(parts) if part[2][0].isupper()]
    return parts[: tall[LONGEST_NAME]] if len(tall) > LONGEST_NAME else parts


def _is_leading_word(word: str) -> bool:
    lower = word.lower()
    return (lower in STOP_WORDS and not word.isupper()) or word in DAYS or word in MONTHS or lower in ("the", "a", "an")


def _is_telling(titles: list[str]) -> bool:
    """ "Foreign" or "Chief" alone is no title of a person."""
    vague = ("Foreign", "Defence", "Defense", "Interior", "Vice", "Deputy", "Chief")
    return any(title not in vague for title in titles)


def _titled(text: str, parts: list[Part], titles: list[str]) -> Person | None:
    parts = _shortened(parts)
    if all(part[2] in SUFFIXES for part in parts):
        return None
    return _made(text, parts, titles, has_given=len([part for part in parts if part[2] not in SUFFIXES]) > 1)


def _proves(text: str, parts: list[Part], kept: list[Part], index: int) -> bool:
    """Does the given name at `index` make a person of the run?"""
    start, _, word = kept[index]
    if index and (kept[0][2].isupper() or not kept[0][2][0].isupper()):
        return False
    is_everyday = (word in EVERYDAY and _opens(text, start)) or is_of_country(word)
    if is_everyday and index == 0 and not is_surname(kept[1][2]):
        return has_person_frame(text, start, kept[-1][1])
    return not (len(kept) == len(parts) and stands_in_place(text, kept[0][0], kept[-1][1]))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip(" \u00a0")
    return not before or before[-1] in ".!?\n:“\"‘'"


def _by_frame(text: str, parts: list[Part], kept: list[Part], titles: list[str]) -> Person | None:
    """A name without a known given name: by its shape, or by the role and the verbs beside it."""
    if (
        len(kept) != len(parts)
        or len(kept) < 2
        or len(_shortened(kept)) < len(kept)
        or any(part[2].isupper() and len(part[2]) > 1 for part in kept[1:])
    ):
        return None
    start, end = kept[0][0], kept[-1][1]
    words_of_name = [part[2] for part in kept]
    if words_of_name[0].isupper() and len(words_of_name[0]) > 2:
        return None
    if stands_in_place(text, start, end):
        return None
    if all(is_of_country(word) for word in words_of_name):
        return None
    if is_of_country(words_of_name[0]):
        return _made(text, kept, titles) if is_described(text, start, end) else None
    is_shaped = (
        words_of_name[0] in KUNYAS
        or is_surname_first(words_of_name)
        or (is_surname(words_of_name[-1]) and len(kept) == 2)
    )
    return _made(text, kept, titles) if is_shaped or has_person_frame(text, start, end) else None


def _made(text: str, parts: list[Part], titles: list[str], *, has_given: bool = True) -> Person:
    names = [part for part in parts if part[2] not in SUFFIXES] or parts
    is_reversed = has_given and is_surname_first([part[2] for part in names])
    family = names[0][2] if is_reversed else names[-1][2]
    given = "" if not has_given else names[1][2] if is_reversed else names[0][2]
    start, end = names[0][0], names[-1][1]
    titles = titles or role_before(text, start)
    pronoun = pronoun_of_roles(titles) or ("" if is_reversed else pronoun_of(given))
    return Person(start, end, text[start:end], given, family, " ".join(titles), pronoun)
