"""An article as IPTC ninjs 3.1, made at read from its stored document and nothing else.

The standard: https://iptc.org/std/ninjs/ (schema 3.1, in which an object has no other members than those named).
What ninjs has no place for stays out of it: the spans of mentions, and quotes with their speakers' words. Who needs
those reads the article without `format`. A change of this rendering raises `articles.documents.SCHEMA_VERSION`, so
that no tag of the old one stands.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from articles.public_notation import absolute

Item = dict[str, Any]
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
GENRES = "http://cv.iptc.org/newscodes/genre/"
# Of our types the closest of IPTC's genres.
GENRE_OF_TYPE = {
    "news": "Current",
    "brief": "Current",
    "analysis": "Analysis",
    "opinion": "Opinion",
    "interview": "Interview",
    "explainer": "Background",
}
# Where ninjs lists an entity of each kind; a programme is neither a body nor a thing: it is a subject alone.
LIST_OF_KIND = {
    "person": "people",
    "organisation": "organisations",
    "alliance": "organisations",
    "unit": "organisations",
    "place": "places",
    "exercise": "events",
    "operation": "events",
    "equipment": "objects",
}
# What the desk takes as a picture.
MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
# IPTC: what is withheld must not be published until further notice, what is canceled never again; both are to be
# taken off at once.
PUB_STATUS = {"live": "usable", "superseded": "usable", "withdrawn": "withheld", "killed": "canceled"}


def ninjs_of(document: Item) -> Item:
    """The ninjs item of an article document. What the document leaves empty is left out."""
    item = _identity(document) | _times(document) | _rights(document) | _texts(document)
    item |= {
        "urgency": document["urgency"],
        "by": document["byline"],
        "located": document["dateline"]["text"],
        "genres": [_genre(document["type"])],
        "subjects": _subjects(document),
        **_named(document),
        "infoSources": _sources(document),
        "associations": [*map(_picture, document["images"]), *_related(document)],
        "renditions": _renditions(document),
    }
    return {name: value for name, value in item.items() if value not in (None, "", [])}


def ninjs_of_tombstone(tombstone: Item) -> Item:
    """What is left of a withdrawn or killed article: its id, its last version, and what to do."""
    is_killed = tombstone["reason"] == "killed"
    item = {
        "standard": STANDARD,
        "uri": _urn(tombstone["id"]),
        "type": "text",
        "representationType": "partial",
        "version": str(tombstone["version"]),
        "pubStatus": PUB_STATUS[tombstone["reason"]],
        "edNote": "Killed: delete every copy." if is_killed else "Withdrawn: take it off your pages; it may come back.",
        "descriptions": _described("public-note", tombstone["public_note"]),
    }
    return {name: value for name, value in item.items() if value}


def _identity(document: Item) -> Item:
    return {
        "standard": STANDARD,
        "uri": _urn(document["id"]),
        "type": "text",
        "representationType": "full",
        "profile": "text-photo" if document["images"] else "text-only",
        "version": str(document["version"]),
        "pubStatus": PUB_STATUS[document["status"]],
        "language": document["language"],
        "altIds": [{"role": "id", "value": document["id"]}, {"role": "slug", "value": document["slug"]}],
    }


def _times(document: Item) -> Item:
    """A version that changed only what stands beside the words, such as a related headline, keeps their time."""
    published, updated = document["published_at"], document["updated_at"]
    return {"firstCreated": published, "contentCreated": published, "versionCreated": updated}


def _rights(document: Item) -> Item:
    """Of agency copy we name the source and claim nothing."""
    source = document["attribution"]
    if source:
        return {"usageTerms": f"Name the source: {source}."}
    return {"copyrightHolder": settings.SITE_NAME}


def _texts(document: Item) -> Item:
    body, corrections = document["body"], document["corrections"]
    counts = {"charCount": len(body["text"]), "wordCount": body["word_count"]}
    superseded = f"An earlier version. The current one: {document['api_url']}"
    return {
        "headlines": [{"role": "main", "contentType": "text/plain", "value": document["headline"]}],
        "descriptions": [
            *_described("summary", document["standfirst"]),
            *(entry for correction in corrections for entry in _described(correction["kind"], correction["notice"])),
        ],
        "bodies": [
            {"role": "main", "contentType": "text/html", **counts, "value": body["html"]},
            {"role": "main", "contentType": "text/plain", **counts, "value": body["text"]},
        ],
        "edNote": " ".join(
            [
                *([superseded] if document["status"] == "superseded" else []),
                *(["Print the notices under descriptions with the story."] if corrections else []),
            ]
        ),
    }


def _described(role: str, value: str) -> list[Item]:
    return [{"role": role, "contentType": "text/plain", "value": value}] if value else []


def _genre(kind: str) -> Item:
    return {"name": kind, "uri": f"{GENRES}{GENRE_OF_TYPE[kind]}", "literal": kind}


def _named(document: Item) -> dict[str, list[Item]]:
    """Everything that the story is about or mentions, in the list of its kind."""
    lists: dict[str, list[Item]] = {name: [] for name in dict.fromkeys(LIST_OF_KIND.values())}
    for country in document["countries"]:
        lists["places"].append(_concept(country) | {"literal": country["code"]})
    for entity in document["entities"]:
        if entity["kind"] in LIST_OF_KIND:
            lists[LIST_OF_KIND[entity["kind"]]].append(_concept(entity))
    return lists


def _subjects(document: Item) -> list[Item]:
    """The section, and what the story is about with how much it is about it."""
    tags = [*document["countries"], *document["entities"]]
    about = [tag for tag in tags if tag["role"] == "about" or tag.get("kind") == "programme"]
    weighed = [
        _concept(tag) | {"creator": tag["source"], "relevance": min(100, round(tag["salience"] * 100))} for tag in about
    ]
    section = document["section"]
    return [{"name": section["name"], "rel": "section", "literal": section["slug"]}, *weighed]


def _concept(tag: Item) -> Item:
    return {"name": tag["name"], "rel": tag["role"], "uri": absolute(f"/api/v1/entities/{tag['id']}")}


def _sources(document: Item) -> list[Item]:
    authors = [{"name": author["name"], "role": "author", "literal": author["slug"]} for author in document["authors"]]
    source = document["attribution"]
    return [*authors, *([{"name": source, "role": "source"}] if source else [])]


def _picture(image: Item) -> Item:
    picture = {
        "name": image["caption"] or image["alt"] or "Picture",
        "uri": _urn(image["id"]),
        "rel": image["role"],
        "type": "picture",
        "pubStatus": "usable",
        "by": image["credit"],
        "descriptions": [*_described("caption", image["caption"]), *_described("alt", image["alt"])],
        "renditions": [_picture_rendition(rendition) for rendition in image.get("renditions") or [_original(image)]],
    }
    return {name: value for name, value in picture.items() if value}


def _original(image: Item) -> Item:
    """Of a story that was stored before pictures came in renditions."""
    return {"name": "original", **{name: image[name] for name in ("url", "width", "height")}}


def _picture_rendition(rendition: Item) -> Item:
    suffix = PurePosixPath(rendition["url"]).suffix
    return {
        "name": rendition["name"],
        "href": rendition["url"],
        "contentType": rendition.get("type") or MEDIA_TYPES.get(suffix, "application/octet-stream"),
        "width": rendition["width"],
        "height": rendition["height"],
    }


def _related(document: Item) -> list[Item]:
    """Related News that has an address; a title alone names no object."""
    return [
        {
            "name": entry["headline"],
            "uri": _urn(entry["id"]) if entry["id"] else entry["url"],
            "rel": "related",
            "type": "text",
            "representationType": "partial",
            "renditions": [{"name": "web", "href": entry["url"], "contentType": "text/html"}],
        }
        for entry in document["related"]
        if entry["url"]
    ]


def _renditions(document: Item) -> list[Item]:
    return [
        {"name": "web", "href": document["url"], "contentType": "text/html"},
        {"name": "json", "href": document["api_url"], "contentType": "application/json"},
    ]


def _urn(identifier: str) -> str:
    """As the feeds name the same story."""
    return f"urn:uuid:{identifier}"
