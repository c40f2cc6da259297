"""When is the speaker right: a shared content word with the label, or the same head of a name."""

import re

Span = tuple[int, int]

SMALL = frozenset(
    ["a", "an", "the", "of", "and", "in", "on", "for", "to", "with", "at", "by", "from", "or", "but", "is", "as", "vs"]
)
FUNCTION = SMALL | frozenset(
    ["that", "who", "which", "also", "has", "had", "have", "was", "were", "be", "been", "is", "are"]
)
PRONOUNS = frozenset(
    re.findall(
        r"\w+",
        "he she they it i we you who which that his her their its my our your him them us me himself herself"
        " themselves this those these whom whose one",
    )
)
TITLES = frozenset(
    re.findall(
        r"\w+",
        "Mr Mrs Ms Dr Sen Rep Gov President Senator Secretary Governor Representative Judge Justice Gen General Col"
        " Lt Democratic Republican Democrat GOP Former House Speaker Prof Professor Vice Chairman Director Attorney"
        " R D I Jr Sr",
    )
)
WORD = re.compile(r"\w[\w’'-]*")
LETTERED = re.compile(r"[^\W\d_][\w’'.-]*")
# The naming part of a source ends at a comma, a bracket, a dash or a relative clause.
ASIDE = re.compile(r",|;|\(| who | which | – | — | -- ")


def share_a_word(text: str, span: Span, labels: list[Span], *, any_sign: bool = False) -> bool:
    """Does the span share a word that is no function word with one of the labels?"""
    for start, end in labels:
        first, last = max(span[0], start), min(span[1], end)
        if first >= last:
            continue
        if any_sign or any(word.group().lower() not in FUNCTION for word in WORD.finditer(text[first:last])):
            return True
    return False


def is_pronoun(words: str) -> bool:
    """Is the whole source a pronoun?"""
    return words.strip().lower() in PRONOUNS


def has_name(words: str) -> bool:
    """Has the source a capitalised word that is no function word?"""
    return any(
        word[0].isupper() and word.lower() not in SMALL and word.lower() not in PRONOUNS
        for word in LETTERED.findall(words)
    )


def same_name(label: str, found: str) -> bool:
    """ "Colonel Kask" and "Mart Kask" end in the same name, or hold each other's."""
    one, other = _head(label), _head(found)
    if not one or not other:
        return False
    crossed = one in {name.lower() for name in _names(found)} and other in {name.lower() for name in _names(label)}
    return one == other or crossed


def _head(words: str) -> str:
    names = _names(ASIDE.split(words)[0]) or _names(words)
    return names[-1].lower() if names else ""


def _names(words: str) -> list[str]:
    found = []
    for word in LETTERED.findall(words):
        name = re.sub(r"[’']s$", "", word).strip(".'’-")
        is_small = name.lower() in SMALL or name.lower() in PRONOUNS
        if name[:1].isupper() and not is_small and name not in TITLES:
            found.append(name)
    return found
