"""Sentences of stories with the words that count marked, for lists that show evidence beyond one story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.admin.evidence import Place, place_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Article, Revision, Sighting
    from articles.tagging import Mention


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a story; `place` is None where its revision has no such block any more."""

    article: Article
    place: Place | None


def sentences_of(sightings: Iterable[Sighting]) -> list[Sentence]:
    """One for each sighting, whose article and revision are loaded."""
    return [Sentence(row.article, place_at(row.revision, row.field, row.start, row.end)) for row in sightings]


def places_of(mentions: Sequence[Mention], revision: Revision, *, most: int) -> list[Place]:
    """The first sentences that show the mentions; two mentions of one sentence show it once."""
    places: dict[tuple[str, str], Place] = {}
    for mention in mentions:
        if len(places) == most:
            break
        place = place_at(revision, mention.field, mention.start, mention.end)
        if place is not None:
            places.setdefault((place.field, place.before + place.words + place.after), place)
    return list(places.values())
