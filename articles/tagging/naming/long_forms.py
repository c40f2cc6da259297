"""Gives a short naming to the organisation whose longer name it ends: “the Council” after “the Harbour Council”.

Leaves out: short namings that end two long names of the story, and what the gazetteer knows by the short one.
"""

from collections.abc import Iterable
from dataclasses import replace

from ..vocabulary.heads import ORGANISATION, UNIT
from .named import Naming

ORGANISED = frozenset({ORGANISATION, UNIT, "alliance"})


def with_long_forms(namings: Iterable[Naming]) -> list[Naming]:
    """The namings of a story, the short ones bound to their long form."""
    listed = list(namings)
    owners: dict[str, dict[str, Naming]] = {}
    for naming in listed:
        if naming.kind in ORGANISED:
            for ending in _endings(naming.text):
                owners.setdefault(ending, {})[naming.key] = naming
    return [_bound(naming, owners.get(naming.text, {})) for naming in listed]


def _endings(text: str) -> list[str]:
    words = text.split(" ")
    return [" ".join(words[first:]) for first in range(1, len(words))]


def _bound(naming: Naming, owners: dict[str, Naming]) -> Naming:
    others = [owner for key, owner in owners.items() if key != naming.key]
    if naming.entry is not None or naming.kind not in ORGANISED or len(others) != 1:
        return naming
    owner = others[0]
    reason = f"short for {owner.name or owner.text} in this story"
    return replace(
        naming,
        kind=owner.kind,
        category=owner.category,
        name=owner.name or owner.text,
        country=owner.country,
        entry=owner.entry,
        reason=reason,
    )
