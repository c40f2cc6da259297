"""Binds an acronym to the long form beside it: “World Monuments Fund (WMF)”, then “WMF” alone.

Leaves out: brackets that hold no acronym (“(Moscow)”, “(2015)”) and acronyms whose long form was not found.
"""

import re

from .naming import Naming

# Takes: " (WMF)", " (“KDF”)", ", or WMF,"; refuses: " (Moscow)", " (2015)".
BRACKET = re.compile(r"[ \u00a0]\([“\"‘']?(?:the )?([A-Z][A-Za-z0-9&/-]{1,11})[”\"’']?[)\],;]")
CAPITALS = re.compile(r"[A-Z]")


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
