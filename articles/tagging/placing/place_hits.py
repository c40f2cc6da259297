"""Takes from what the gazetteer names the countries that the places have decided otherwise.

Takes away: Lebanon of "Lebanon, Pa.", India of "Indian Creek Road", France of "Paris, Texas". Leaves: the countries
of all other names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..reading.sorted_spans import Span, holder
from ..senses import Hit
from ..vocabulary.heads import PLACE
from ..vocabulary.place_kinds import CAPITAL
from .place_sense import NAMES
from .places import PlaceMention, Places


def without_places(hits: Sequence[Hit], places: Places) -> list[Hit]:
    """The hits without the countries and places that are decided otherwise: Lebanon in Pennsylvania."""
    by_field: dict[str, list[PlaceMention]] = {}
    for named in places.mentions:
        by_field.setdefault(named.field, []).append(named)
    spans = {field: [(named.start, named.end) for named in found] for field, found in by_field.items()}
    parts, left_spans = _by_field(places.parts), _by_field(places.left)
    kept = []
    for hit in hits:
        index = holder(spans.get(hit.field, ()), hit.start, hit.end)
        mention = by_field[hit.field][index] if index is not None else None
        is_part = holder(parts.get(hit.field, ()), hit.start, hit.end) is not None
        is_none = is_part or holder(left_spans.get(hit.field, ()), hit.start, hit.end) is not None
        left = _without_place(hit, mention, is_none=is_none)
        if left.country is not None or left.entity is not None:
            kept.append(replace(left, country=None) if is_part else left)
    return kept


def _by_field(spans: Iterable[tuple[str, int, int]]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for field, start, end in sorted(spans):
        found.setdefault(field, []).append((start, end))
    return found


def _without_place(hit: Hit, mention: PlaceMention | None, *, is_none: bool) -> Hit:
    if mention is None:
        is_open = hit.country is not None and hit.country.alias.form in NAMES | {CAPITAL}
        return replace(hit, country=None) if is_none and is_open else hit
    is_same_span = (mention.start, mention.end) == (hit.start, hit.end)
    if hit.country is not None and (not is_same_span or mention.country != hit.country.entry.country):
        hit = replace(hit, country=None)
    entry = hit.entity.entry if hit.entity is not None else None
    if entry is not None and entry.kind == PLACE and is_same_span and mention.country != entry.country:
        hit = replace(hit, entity=None)
    return hit
