"""Reads the words around a name of which nothing else is known: is it a person's?

Takes: “a prosecutor, Senja Kaltiomaa, said”, “wrote Alena Kavalchuk”, “Savannah Tate, 19,”, “Lena Corpuz, who”.
Leaves out: names behind “near” or “in”, which are mostly places.
"""

import re

from ..vocabulary import cues
from ..vocabulary.lexicon import noun_class

# Takes: "prosecutor " and "prosecutor, " at the end; refuses: "Prosecutor, ".
ROLE_BEFORE = re.compile(r"(?<!\w)([a-z]+(?:-[a-z]+)?),?[ \u00a0]\Z")
OFFICE_OF_BEFORE = re.compile(r"(?<!\w)([a-z]+)[ ](?:of|for)[ ](?:the[ ])?[a-z]+(?:[ ][a-z]+)?,[ \u00a0]\Z")
# Takes: ", the deputy chair of", ", a spokesman,"; refuses: ", Russia and".
ROLE_BEHIND = re.compile(r",[”\"’']? ((?:[A-Za-z’'-]+[ ,.]){1,6})")
# Takes: ", who", ", 45,", ", whose"; refuses: ", which".
PERSONAL_BEHIND = re.compile(r",? who(?:se|m)?(?!\w)|, (?:aged )?\d\d(?=[,.])|, himself|, herself")
VERB_BEHIND = re.compile(r"(?: (?:also|then|later|again))? ([a-z]+)(?!\w)")
VERB_BEFORE = re.compile(r"(?<!\w)([a-z]+)[ \u00a0]\Z")
NAMED_BEFORE = re.compile(
    r"(?:named|called|one of them,|among them|one,|brother|sister|wife|husband|son|daughter)[ ]\Z"
)
PLACE_BEFORE = re.compile(r"(?<!\w)(?:[Nn]ear|[Ii]n|[Oo]ff|[Oo]utside|[Aa]round|[Ii]nside)[ \u00a0]\Z")
NO_ROLES = frozenset(["campaign", "people", "other", "others", "one", "many", "some", "most", "several", "none", "fan"])
REPORTING = frozenset(
    [
        "said",
        "says",
        "told",
        "added",
        "wrote",
        "warned",
        "replied",
        "insisted",
        "argued",
        "recalled",
        "recalls",
        "tweeted",
        "testified",
        "answered",
        "asked",
        "explained",
        "conceded",
        "complained",
        "admitted",
        "reckons",
    ]
)


def has_person_frame(text: str, start: int, end: int) -> bool:
    """Does a role, a relative "who", an age or a verb of saying stand beside the name?"""
    before = text[max(0, start - 40) : start]
    return is_described(text, start, end) or _is_speaking(text, before, end)


def is_described(text: str, start: int, end: int) -> bool:
    """Does a role, a relative "who" or an age stand beside the name?"""
    return _is_called(text[max(0, start - 40) : start]) or _has_role_behind(text, end)


def stands_in_place(text: str, start: int, end: int) -> bool:
    """Does "in" or "near" make a place of it? "in Jordan", but "in Jordan's words"."""
    if not PLACE_BEFORE.search(text, max(0, start - 10), start):
        return False
    return text[end : end + 2] not in ("’s", "'s")


def role_before(text: str, start: int) -> list[str]:
    """The role written small directly before a name: ["prosecutor"]."""
    role = ROLE_BEFORE.search(text, max(0, start - 25), start)
    return [role.group(1)] if role and "," not in role.group() and _is_role(role.group(1)) else []


def _is_role(word: str) -> bool:
    return noun_class(word.rsplit("-", 1)[-1]) == "person" and word not in NO_ROLES


def _is_called(before: str) -> bool:
    role = ROLE_BEFORE.search(before)
    if role and _is_role(role.group(1)):
        return True
    office = OFFICE_OF_BEFORE.search(before)
    if office and noun_class(office.group(1)) == "person":
        return True
    return NAMED_BEFORE.search(before) is not None


def _has_role_behind(text: str, end: int) -> bool:
    if PERSONAL_BEHIND.match(text, end):
        return True
    behind = ROLE_BEHIND.match(text, end)
    if behind is None:
        return False
    words = behind.group(1).replace(",", " ").replace(".", " ").split()
    if words[0][0].isupper() and not words[0].endswith(("’s", "'s")):
        return False
    return any(word[0].islower() and _is_role(word) for word in words)


def _is_speaking(text: str, before: str, end: int) -> bool:
    behind = VERB_BEHIND.match(text, end)
    if behind and _is_reporting(behind.group(1)):
        return True
    verb = VERB_BEFORE.search(before)
    return verb is not None and verb.group(1) in REPORTING


def _is_reporting(word: str) -> bool:
    return word in REPORTING or cues.strength(word) >= 2
