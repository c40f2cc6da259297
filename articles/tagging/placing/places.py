"""Places named in a story: which stretch of text names a city, region or county, and in which country.

Takes: "Springfield" in a story that names Illinois; "ALEXANDRIA, La. —"; "in Reading", "Mobile, Ala.".
Leaves out: persons ("Paris Hilton"), papers ("New York Times"), treaties ("Paris Agreement"), and words that are
towns as well ("Mobile phones").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..gazetteer.search import Gazetteer, Sense
from ..reading.sorted_spans import Span
from ..senses import Hit, Story
from ..vocabulary.heads import PLACE
from ..vocabulary.place_kinds import CAPITAL
from ..vocabulary.place_words import LANDMARKS
from .geography import Geography, Place
from .place_reasons import Reasons
from .place_sense import NAMES
from .place_verdicts import Verdicts
from .toponyms import Toponym, find_toponyms

# Forms of a country's alias that may be a place of the same name somewhere else.
OPEN_FORMS = NAMES | {CAPITAL, "government"}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place where a city, region or county is named; `text` is `field[start:end]`.

    `name` is what the place is called ("Kyiv" for "Kiev"), `country` an alpha-2 code or None (the Black Sea),
    `region` its first-level region ("Illinois"), `kind` one of geography's kinds (capital, city, region, county,
    area, people, abbreviation, nowhere, country), and `reason` says in an editor's words why it is this one.
    `is_sure` is true where the name and the story leave no doubt.
    """

    field: str
    start: int
    end: int
    text: str
    name: str
    country: str | None
    region: str
    kind: str
    reason: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a story by field and start.

    `left` are the spans (field, start, end) that look like a place and are none, `parts` those inside the name of
    a street, a paper, a treaty or a sea.
    """

    mentions: tuple[PlaceMention, ...]
    left: frozenset[tuple[str, int, int]]
    parts: frozenset[tuple[str, int, int]]


def find_places(
    story: Story,
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
    geography: Geography,
) -> Places:
    """The places of all fields; `hits` is what the gazetteer names there."""
    blocked = story.blocked(gazetteer)
    toponyms = [
        toponym
        for field in story.fields
        for toponym in find_toponyms(
            field.name,
            field.text,
            geography,
            taken=_taken(field.name, field.text, hits, blocked.get(field.name, ()), geography),
            persons=field.persons,
        )
    ]
    doubtful = story.doubtful_capitals(gazetteer) - {(hit.field, hit.start, hit.end) for hit in hits if hit.country}
    whole = [found for found in toponyms if not found.around.is_part]
    mentions = _mentions(Verdicts(story, hits, whole, doubtful), gazetteer)
    named = {(mention.field, mention.start) for mention in mentions}
    landmarks = {span for field in story.fields for span in _landmarks(field.name, field.text, hits)}
    return Places(
        tuple(mentions),
        left=frozenset(found.span for found in toponyms if (found.field, found.start) not in named),
        parts=frozenset(found.span for found in toponyms if found.around.is_part) | landmarks,
    )


def _landmarks(field: str, text: str, hits: Sequence[Hit]) -> Iterator[tuple[str, int, int]]:
    """Adjectives of countries that only name a place: "Indian Creek Road", "the Chinese Farm"."""
    for hit in hits:
        if hit.field == field and hit.country is not None and hit.country.alias.form == "adjective":
            behind = text[hit.end : hit.end + 20].split()[:1]
            if behind and behind[0].strip(".,;:!?") in LANDMARKS:
                yield field, hit.start, hit.end


def _mentions(verdicts: Verdicts, gazetteer: Gazetteer) -> list[PlaceMention]:
    named = verdicts.named()
    reasons = Reasons(named, verdicts.senses, gazetteer.country_names)
    return [_mention(toponym, verdicts, reasons.of(toponym)) for toponym in named]


def _mention(toponym: Toponym, verdicts: Verdicts, reason: str) -> PlaceMention:
    place = verdicts.senses.of[toponym.name].place
    return PlaceMention(
        toponym.field,
        toponym.start,
        toponym.end,
        toponym.text,
        place.name,
        place.country,
        place.region,
        place.kind,
        reason,
        verdicts.is_sure(toponym),
    )


def _taken(field: str, text: str, hits: Sequence[Hit], blocked: Sequence[Span], geography: Geography) -> list[Span]:
    """Spans that name something else for certain; what the geography knows by that name stays open."""
    spans = [
        (hit.start, hit.end)
        for hit in hits
        if hit.field == field
        and (
            (hit.country is not None and not _is_open(hit.country, geography.find(hit.text)))
            or (hit.entity is not None and not (hit.entity.entry.kind == PLACE and _lists(geography, hit)))
        )
    ]
    spans += [
        (start, end) for start, end in blocked if ", " not in text[start:end] and not geography.find(text[start:end])
    ]
    return sorted(spans)


def _lists(geography: Geography, hit: Hit) -> bool:
    """Does the geography know the place of an entity, perhaps in other capitals ("MOSUL")?"""
    assert hit.entity is not None
    return bool(geography.find(hit.text) or geography.find(hit.entity.entry.name))


def _is_open(country: Sense, places: Sequence[Place]) -> bool:
    """May the name of a country be that of a town? A seat of government only where it is a town of its country."""
    if country.alias.form == "government":
        return any(place.country == country.entry.country for place in places)
    return country.alias.form in OPEN_FORMS
