"""Binds an acronym to the long form beside it: “Harbour Lights Fund (HLF)”, then “HLF” alone.

Leaves out: brackets that hold no acronym (“(Moscow)”, “(2015)”) and acronyms whose long form was not found.
"""

import re
from collections.abc import Iterator

from .named import Naming

# Takes: " (HLF)", " (“KDF”)", ", or HLF,"; refuses: " (Moscow)", " (2015)".
BRACKET = re.compile(r"[ \u00a0]\([“\"‘']?(?:the )?([A-Z][A-Za-z0-9&/-]{1,11})[”\"’']?[)\],;]")
BRACKET_SIGN = "("
CAPITALS = re.compile(r"[A-Z]")
# The look-behind stands second, since a pattern that begins with plain letters is searched many times faster.
# Takes: "Parliamentary Budget Officer (PBO)", "Estaleiros do Lima (EdL)"; refuses: "the company (PBO)".
EXPLAINED = re.compile(
    r"([A-Z](?<![\w’'-][A-Z])[\w’'-]+[ ]"
    r"(?:(?:[A-Z][\w’'-]+|of|the|and|for|on|in|do|da|de|du|des|del|la|el|der|für)[ ]){0,8})"
    r"(?:[a-z]+[ ])?\((?:the )?([A-Z][A-Za-z]{1,8})\)"
)


def bind_acronyms(found: dict[str, list[Naming]]) -> dict[str, Naming]:
    """For each acronym in brackets the naming that stands before it; `found` gives the namings of each text."""
    bound: dict[str, Naming] = {}
    for text, namings in found.items():
        for naming in namings:
            match = BRACKET.match(text, naming.end)
            if match and _is_acronym(match.group(1), naming.text):
                bound.setdefault(match.group(1), naming)
    return bound


def _is_acronym(acronym: str, long_form: str) -> bool:
    """Most letters capital, the first one that of a word of the long form."""
    capitals = CAPITALS.findall(acronym)
    return len(capitals) >= 2 and len(capitals) * 2 >= len(acronym) and capitals[0] in CAPITALS.findall(long_form)


def find_explained(text: str) -> Iterator[tuple[Naming, str]]:
    """Organisations known only by the acronym that follows their name, with the acronym."""
    for match in EXPLAINED.finditer(text) if BRACKET_SIGN in text else ():
        start = _long_form_start(match.group(1), match.group(2))
        if start is not None:
            first, last = match.start() + start, match.end(1) - 1
            reason = f"its abbreviation follows, {match.group(2)}: an organisation"
            yield Naming(first, last, text[first:last], "organisation", "", reason, rank=7), match.group(2)


def _long_form_start(words: str, acronym: str) -> int | None:
    """Where the words begin whose capitals are those of the acronym, in order; None where none do."""
    wanted = [letter for letter in acronym if letter.isupper()]
    tall = [match.start() for match in re.finditer(r"(?<![\w’'-])[A-Z]|(?<=-)[A-Z]", words)]
    if len(wanted) < 2 or len(tall) < len(wanted):
        return None
    start = tall[-len(wanted)]
    return (
        start
        if [words[place] for place in tall[-len(wanted) :]] == wanted and words[start - 1 : start] != "-"
        else None
    )
