"""The analysis as JSON lines and as text to read.

Offsets of `mentions` index the story's text; what stands in the title is listed apart, under
`title_mentions`. Countries stand among the entities as well, so that whoever reads only those misses none; there
they have only the places that name the country itself, not those of an organisation that brings it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .analysis import Analysis, CountryFinding, EntityFinding, Mention, QuoteFinding, SpanText
from .senses import BODY, HEADLINE

COUNTRY = "country"
UNIT = "unit"
ORGANISATION = "organisation"
THROUGH_ORGANISATION = "organisation"


def as_record(identity: object, analysis: Analysis) -> dict[str, Any]:
    """The record of one story, ready for JSON."""
    return {
        "id": identity,
        "countries": [_country(found) for found in analysis.countries],
        "entities": [*map(_entity, analysis.entities), *_named_countries(analysis.countries)],
        "quotes": [_quote(found) for found in analysis.quotes],
    }


def as_line(record: dict[str, Any]) -> bytes:
    """One line of UTF-8 JSON; a text with half a surrogate pair is written in escapes."""
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record).encode() + b"\n"


def as_text(analysis: Analysis) -> str:
    """The analysis for a reader at a terminal."""
    lines = [*_country_lines(analysis.countries), "", *_entity_lines(analysis.entities), ""]
    return "\n".join([*lines, *_quote_lines(analysis.quotes)]) + "\n"


def _country(found: CountryFinding) -> dict[str, Any]:
    return {
        "code": found.code,
        "score": found.score,
        "primary": found.primary,
        "accepted": found.accepted,
        "reason": found.reason,
        **_mentions(found.mentions),
    }


def _entity(found: EntityFinding) -> dict[str, Any]:
    return {
        "name": found.name,
        "kind": ORGANISATION if found.kind == UNIT else found.kind,
        "category": UNIT if found.kind == UNIT else found.category,
        "id": found.id,
        "score": found.score,
        "accepted": found.accepted,
        "reason": found.reason,
        **_mentions(found.mentions),
    }


def _named_countries(countries: Iterable[CountryFinding]) -> Iterator[dict[str, Any]]:
    """The countries that the story names itself, in the shape of an entity."""
    for found in countries:
        mentions = tuple(mention for mention in found.mentions if mention.form != THROUGH_ORGANISATION)
        if mentions:
            yield {
                "name": found.name,
                "kind": COUNTRY,
                "category": "",
                "id": found.id,
                "score": found.score,
                "accepted": found.accepted,
                "reason": found.reason,
                **_mentions(mentions),
            }


def _mentions(mentions: Iterable[Mention]) -> dict[str, Any]:
    record: dict[str, Any] = {"mentions": []}
    for mention in mentions:
        if mention.field == BODY:
            record["mentions"].append(_mention(mention))
        elif mention.field == HEADLINE:
            record.setdefault("title_mentions", []).append(_mention(mention))
    return record


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.form,
        "reason": mention.reason,
    }


def _quote(found: QuoteFinding) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "kind": found.kind,
        "speaker": _span(found.speaker),
        "resolved": found.resolved,
        "speaker_id": found.speaker_id,
        "speaker_kind": found.speaker_kind,
        "cue": _span(found.cue),
        "confidence": found.confidence,
        "reason": found.reason,
    }


def _span(span: SpanText | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def _country_lines(countries: Iterable[CountryFinding]) -> Iterator[str]:
    yield "COUNTRIES"
    for found in countries:
        mark = "*" if found.primary else " "
        yield f"{mark} {found.code}  {found.name}  {found.score:.2f}  {found.reason}"


def _entity_lines(entities: Iterable[EntityFinding]) -> Iterator[str]:
    yield "ENTITIES"
    for found in entities:
        mark = "+" if found.accepted else "?"
        yield f"{mark} {found.name} ({found.kind})  {found.score:.2f}  {found.reason}"


def _quote_lines(quotes: Iterable[QuoteFinding]) -> Iterator[str]:
    yield "QUOTES"
    for found in quotes:
        speaker = found.speaker.text if found.speaker else "nobody found"
        resolved = f" = {found.resolved}" if found.resolved else ""
        yield f"  “{found.text}”"
        yield f"    {speaker}{resolved}  {found.confidence:.2f}  {found.reason}"
