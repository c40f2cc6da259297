"""The article as the API gives it, built from an edition's rows: plain dictionaries, in a fixed order of keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from articles.edition_rows import EditionRows, ShownTag, rows_of
from articles.models import (
    Article,
    Edition,
    EditionRelated,
    Image,
    Representation,
)
from articles.pictures.in_bodies import own_pictures, shown_pictures
from articles.pictures.sources import renditions_of, type_of
from articles.public_notation import absolute, instant
from articles.public_versions import PublicHistory, history_of
from articles.states import PubState
from entities.models import Kind

SCHEMA_VERSION = 1
# The parts of the article object whose differences a change names.
DOCUMENT_PARTS = (
    *("type", "slug", "headline", "standfirst", "byline", "dateline", "section", "urgency", "images", "body"),
    *("quotes", "countries", "entities", "related", "rights", "attribution"),
)


def document_of(
    article: Article, rows: EditionRows | None = None, history: PublicHistory | None = None
) -> dict[str, Any]:
    """The API's article object of the current edition; its rows and the story's history where they are at hand."""
    edition = article.edition
    assert edition is not None
    history = history or history_of(article)
    return edition_document(edition, rows) | {
        "version": article.version,
        "status": article.pub_state,
        "previous_urls": _previous_urls(history),
        "corrections": _corrections(history),
    }


def edition_document(edition: Edition, rows: EditionRows | None = None) -> dict[str, Any]:
    """One edition as the API shows it, whether or not it is the current one; its rows where they are at hand."""
    article = edition.article
    rows = rows or rows_of(edition)
    pictures = own_pictures(edition.html)
    return {
        "id": str(article.uuid),
        "type": edition.type,
        "version": edition.version,
        "status": "live",
        "url": absolute(edition.get_absolute_url()),
        "api_url": absolute(f"/api/v1/articles/{article.uuid}"),
        "slug": edition.slug,
        "previous_urls": [],
        "headline": edition.headline,
        "standfirst": edition.standfirst,
        "byline": " and ".join(byline["name"] for byline in edition.bylines),
        "authors": _with_keys(edition.bylines, "slug", "name"),
        "dateline": {"text": edition.dateline, "country": _country_of(edition.dateline, rows.tags)},
        "language": edition.language,
        "section": {"slug": edition.section.slug, "name": edition.section.name},
        "published_at": instant(edition.published_at),
        "updated_at": instant(edition.updated_at),
        "urgency": edition.urgency,
        "images": _image_documents(edition, pictures.values()),
        "body": {
            "text": edition.text,
            "html": shown_pictures(edition.html, pictures, to_partners=True),
            "word_count": len(edition.text.split()),
            "text_sha256": hashlib.sha256(edition.text.encode()).hexdigest(),
            "blocks": _with_keys(edition.blocks, "id", "type", "start", "end"),
        },
        "quotes": [quote_document(quote) for quote in rows.quotes],
        "countries": [_country(tag) for tag in rows.tags if tag.entity.kind == "country"],
        "entities": [_entity(tag) for tag in rows.tags if tag.entity.kind != "country"],
        "related": _related(rows.related),
        "corrections": [],
        "rights": {"may_syndicate": edition.may_syndicate},
        "attribution": edition.source_name,
    }


def tombstone_of(article: Article, public_note: str) -> dict[str, Any]:
    """What remains of a withdrawn or killed article: no headline, no text."""
    return {
        "id": str(article.uuid),
        "version": article.version,
        "status": article.pub_state,
        "public_note": public_note,
        "must_purge": article.pub_state == PubState.KILLED,
    }


def facts_of(document: dict[str, Any]) -> dict[str, Any]:
    """What list filters look at in an article object, for the change log."""
    return {
        "type": document["type"],
        "section": document["section"]["slug"],
        "language": document["language"],
        "authors": [author["slug"] for author in document["authors"]],
        "may_syndicate": document["rights"]["may_syndicate"],
        "countries": {country["code"]: country["role"] for country in document["countries"]},
        "entities": [entity["id"] for entity in document["entities"]],
    }


def changed_parts(before: dict[str, Any] | None, after: dict[str, Any]) -> list[str]:
    """Which parts of an article object differ from the one before; all of them for a first one."""
    then = before or {}
    return [name for name in DOCUMENT_PARTS if after[name] != then.get(name)]


def quote_document(quote: Any) -> dict[str, Any]:
    """A quotation of an edition, as in the article and in /quotes; `retraction`, where annotated, took it back."""
    speaker = quote.speaker_entity.canonical if quote.speaker_entity_id else None
    if speaker is not None and speaker.is_hidden:
        speaker = None
    return {
        "id": str(quote.quote.uuid),
        "ordinal": quote.ordinal,
        "kind": quote.kind,
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "cue": quote.cue,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "block_id": quote.block_id,
        "speaker": {
            "entity_id": str(speaker.uuid) if speaker else None,
            "name": quote.speaker_name or quote.speaker_as_written,
            "kind": quote.speaker_kind,
            "as_written": quote.speaker_as_written,
            "country": quote.speaker_country.alpha2 if quote.speaker_country_id else None,
            "role": quote.speaker_role,
        },
        "said_on": quote.said_on.isoformat() if quote.said_on else None,
        "retraction": getattr(quote, "retraction", None),
        "provenance": {"method": quote.method, "reviewed": True, "confidence": round(quote.confidence, 3)},
    }


def related_documents(edition: Edition) -> list[dict[str, Any]]:
    """Related News of an edition. A story of ours that is not live is left out, its headline with it."""
    return _related(edition.related.select_related("target__representation"))


def _related(rows: Iterable[EditionRelated]) -> list[dict[str, Any]]:
    entries = []
    for related in rows:
        target = related.target
        if target is None:
            entries.append(
                {
                    "kind": related.kind,
                    "id": None,
                    "headline": related.title,
                    "url": related.url or None,
                    "status": None,
                }
            )
            continue
        shown = getattr(target, "representation", None)
        if shown is not None and shown.status == Representation.Status.LIVE:
            entries.append(
                {
                    "kind": related.kind,
                    "id": str(target.uuid),
                    "headline": shown.headline,
                    "url": absolute(shown.get_absolute_url()),
                    "status": shown.status,
                }
            )
    return [{"ordinal": ordinal} | entry for ordinal, entry in enumerate(entries, start=1)]


def image_document(image: Image, *, role: str) -> dict[str, Any]:
    url = absolute(image.file.url)
    return {
        "id": str(image.uuid),
        "role": role,
        "url": url,
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "renditions": [
            {"name": "original", "url": url, "width": image.width, "height": image.height, "type": type_of(image)},
            *(
                {
                    "name": f"{entry['kind']}-{entry['width']}",
                    "url": absolute(entry["url"]),
                    "width": entry["width"],
                    "height": entry["height"],
                    "type": entry["type"],
                }
                for entry in renditions_of(image)
            ),
        ],
        "rights": {
            "expires_on": image.expires_on.isoformat() if image.expires_on else None,
            "category": image.rights or None,
        },
        "syndication": image.may_syndicate,
    }


def _with_keys(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Rows of a JSON column with their keys in a fixed order, which PostgreSQL does not keep."""
    return [{name: row[name] for name in names} for row in rows]


def _image_documents(edition: Edition, in_text: Iterable[Image]) -> list[dict[str, Any]]:
    """The edition's pictures that partners may show too and whose licence has not run out, each once."""
    roles = dict.fromkeys(in_text, "body")
    if edition.image is not None:
        roles = {edition.image: "main"} | {image: role for image, role in roles.items() if image != edition.image}
    return [
        image_document(image, role=role)
        for image, role in roles.items()
        if image.may_syndicate and not image.is_expired
    ]


def _country_of(dateline: str, tags: Iterable[ShownTag]) -> str | None:
    """The country of the place where a story was written, where one of its tags is that place, names it, or has it
    for a capital: "OSLO" in a story about Norway, "GDYNIA, Poland" in one about Poland."""
    parts = {part.strip().casefold() for part in dateline.split(",")} - {""}
    for tag in tags:
        entity = tag.entity
        country = entity.country_facts if entity.kind == Kind.COUNTRY else entity.country
        if country is None or entity.kind not in (Kind.COUNTRY, Kind.PLACE):
            continue
        names = [entity.name, *(mention["as_written"] for mention in tag.mentions)]
        if entity.kind == Kind.COUNTRY:
            names.append(country.capital)
        if parts & {name.casefold() for name in names}:
            return str(country.alpha2)
    return None


def _country(tag: ShownTag) -> dict[str, Any]:
    return {"code": tag.entity.country_facts.alpha2} | _tagged(tag)


def _entity(tag: ShownTag) -> dict[str, Any]:
    country = tag.entity.country
    return {
        "kind": tag.entity.kind,
        "category": tag.entity.category,
        "country": country and country.alpha2,
    } | _tagged(tag)


def _tagged(tag: ShownTag) -> dict[str, Any]:
    return {
        "id": str(tag.entity.uuid),
        "name": tag.entity.name,
        "slug": tag.entity.slug,
        "role": tag.role,
        "primary": tag.is_primary,
        "salience": round(tag.salience, 3),
        "mention_count": len(tag.mentions),
        "mentions": _with_keys(tag.mentions, "start", "end", "as_written", "form"),
        "source": tag.source,
        "reviewed": tag.is_reviewed,
    }


def _corrections(history: PublicHistory) -> list[dict[str, Any]]:
    return [
        {
            "kind": correction.kind,
            "notice": correction.notice,
            "position": correction.position,
            "version": correction.edition.version,
            "at": instant(correction.at),
            "retracts": [str(quote.uuid) for quote in correction.retracts.all()],
            "retracts_entities": [str(entity.canonical.uuid) for entity in correction.retracts_entities.all()],
        }
        for correction in history.corrections
    ]


def _previous_urls(history: PublicHistory) -> list[str]:
    """Addresses that lead on to the current one, but for those that only a sealed edition had: their words are
    what was sealed."""
    slugs = {edition.slug for edition in history.editions if edition.sealed_at is None}
    return [
        absolute(f"/news/{path}/")
        for path, is_current in history.addresses
        if not is_current and path.rpartition("/")[2] in slugs
    ]
