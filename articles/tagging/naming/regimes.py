"""Finds governments and their rivals named by a country or a ruler and a common noun.

Takes: “the Assad regime”, “Kandry’s brutal regime”, “the Syrian opposition”, “the French government”. Leaves out: what
has a name of its own (organisations.py), and looser groups (“Syrian people”, “Russian troops”).
"""

import re
from collections.abc import Iterable, Iterator

from ..vocabulary.heads import ORGANISATION
from .named import Naming

GOVERNMENT = "government"
# Takes: " regime", "’s elected government", " regional government"; refuses: " regimes", " people".
OF_COUNTRY = re.compile(
    r"(?:[’']s?)?[ \u00a0](?:(?:[a-z]+[ly]|elected|interim|transitional|caretaker|regional|federal|central|local|new"
    r"|military|democratic)[ \u00a0]){0,3}(government|regime|opposition|leadership|junta)(?![\w-])"
    r"(?! (?:spokes|official|minister|source|building|member|lawmaker))",
    re.IGNORECASE,
)
# Takes: " regime", "’s brutal regime"; refuses: " said the government".
OF_RULER = re.compile(
    r"(?:[’']s?[ \u00a0](?:[a-z]+[ \u00a0]){0,2}|[ \u00a0])(regime|government|administration)(?![\w-])"
)


def find_regimes(
    text: str, countries: Iterable[tuple[int, int]], rulers: Iterable[tuple[int, int]]
) -> Iterator[Naming]:
    """The governments behind the namings of countries and persons, each a stretch of the text."""
    for start, end in countries:
        yield from _behind(text, start, end, OF_COUNTRY)
    for start, end in rulers:
        yield from _behind(text, start, end, OF_RULER)


def _behind(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Naming]:
    behind = pattern.match(text, end)
    if behind is not None:
        noun = behind.group(1).lower()
        whole = text[start : behind.end()]
        name = f"{text[start:end]} {noun}"
        yield Naming(
            start, behind.end(), whole, ORGANISATION, GOVERNMENT, f"“{noun}” follows: who governs", name, rank=6
        )
