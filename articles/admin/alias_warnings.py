"""What speaks against a new alias, found out before it is saved: others that its word already means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.name_usage import other_owners, other_readings, spelt
from entities.models import Entity, Name, Strength

if TYPE_CHECKING:
    from articles.gazetteer_trials import GazetteerChange

READINGS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class AliasWarning:
    """`readings` are the most frequent things that the text stands for elsewhere, with their stories."""

    text: str
    stories: int
    readings: tuple[tuple[str, int], ...]
    also: tuple[Entity, ...]


def warnings_of(change: GazetteerChange) -> list[AliasWarning]:
    """One for each new, rewritten or strengthened name whose word means something else to other stories or entries."""
    names = [name for name in _newly_read(change.written) if name.entity is not None]
    by_text = dict(zip(spelt([name.text for name in names]), names, strict=True))
    families = {text: _family(name.entity) for text, name in by_text.items() if name.entity}
    everyone = frozenset().union(*families.values())
    readings = other_readings(by_text, everyone) if by_text else {}
    owners = other_owners(by_text, everyone) if by_text else {}
    return [
        AliasWarning(
            text=name.text,
            stories=sum(stories for _, stories in readings.get(text, [])),
            readings=tuple(readings.get(text, [])[:READINGS_SHOWN]),
            also=tuple(owners.get(text, [])),
        )
        for text, name in by_text.items()
        if text in readings or text in owners
    ]


def _newly_read(written: Iterable[Name]) -> list[Name]:
    """Names that stories would be read by and are not yet: a change of dates or context words is none."""
    names = [name for name in written if name.strength != Strength.FORBIDDEN]
    standing = Name.objects.in_bulk([name.pk for name in names if name.pk])
    return [name for name in names if _is_newly_read(name, standing.get(name.pk))]


def _is_newly_read(name: Name, before: Name | None) -> bool:
    if before is None or before.text != name.text:
        return True
    return before.strength != name.strength and name.strength == Strength.STRONG


def _family(entity: Entity) -> frozenset[int]:
    if entity.pk is None:
        return frozenset()
    canonical = entity.canonical
    return frozenset([canonical.pk, *canonical.merged_from.values_list("pk", flat=True)])
