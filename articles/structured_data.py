"""What our pages say of themselves to machines, in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.pictures.sources import share_of
from articles.public_notation import absolute, path_of, path_of_entity

if TYPE_CHECKING:
    from articles.models import Edition, Image

Data = dict[str, Any]
# Of our kinds of stories the closest that schema.org knows.
ARTICLE_TYPES = {
    "opinion": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "explainer": "BackgroundNewsArticle",
}
ENTITY_TYPES = {
    "country": "Country",
    "person": "Person",
    "organisation": "Organization",
    "alliance": "Organization",
    "unit": "Organization",
    # A Product is something on sale to a search engine, which then asks for its price.
    "equipment": "Thing",
    # Events where their days are known, below: search engines ask when and where an Event is.
    "exercise": "Thing",
    "operation": "Thing",
    "programme": "Project",
    "place": "Place",
}
# In a script, "</script>" and "<!--" end or change it wherever they stand; the two separators were line ends to
# JavaScript once. As escapes of JSON all of them mean the same to whoever reads it.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(*data: Data) -> SafeString:
    """A block of JSON-LD for a page's head. Browsers do not run it, so the content security policy lets it be."""
    graph = {"@context": "https://schema.org", "@graph": data}
    written = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - escaped above


def organisation() -> Data:
    home = absolute(path_of("home"))
    return {"@type": "NewsMediaOrganization", "@id": f"{home}#paper", "name": settings.SITE_NAME, "url": home}


def website() -> Data:
    home = absolute(path_of("home"))
    return {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "name": settings.SITE_NAME,
        "url": home,
        "publisher": {"@id": f"{home}#paper"},
    }


def breadcrumbs(*steps: tuple[str, str]) -> Data:
    """Names with the paths of their pages, from the front page on."""
    places = [(settings.SITE_NAME, path_of("home")), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(places, start=1)
        ],
    }


def person(name: str, path: str, **more: str) -> Data:
    return {"@type": "Person", "name": name, "url": absolute(path)} | {
        key: value for key, value in more.items() if value
    }


def article(edition: Edition, document: Data, image: Image | None) -> Data:
    """A story, of its edition and of the document that the API gives: what it is of, who says what in it, and what
    was put right."""
    address = document["url"]
    told = {
        "@type": ARTICLE_TYPES.get(edition.type, "NewsArticle"),
        "@id": f"{address}#story",
        "url": address,
        "mainEntityOfPage": address,
        "identifier": f"urn:uuid:{document['id']}",
        "headline": edition.headline,
        "description": edition.standfirst,
        "datePublished": document["published_at"],
        "dateModified": document["updated_at"],
        "inLanguage": edition.language,
        "articleSection": document["section"]["name"],
        "wordCount": document["body"]["word_count"],
        "isAccessibleForFree": True,
        "author": [person(byline["name"], path_of("author", byline["slug"])) for byline in document["authors"]]
        or organisation(),
        "publisher": organisation(),
        "image": [picture(image)] if image else [],
        "about": [_named(tag) for tag in _tags(document) if tag["role"] == "about"],
        "mentions": [_named(tag) for tag in _tags(document) if tag["role"] != "about"],
        "hasPart": [_quotation(quote) for quote in document["quotes"]],
        "correction": [
            {"@type": "CorrectionComment", "text": correction["notice"], "datePublished": correction["at"]}
            for correction in document["corrections"]
        ],
    }
    return {name: value for name, value in told.items() if value or value is False}


def picture(image: Image) -> Data:
    """Its crop for sharing, which every reader of such data can show; until that is made, the original."""
    cut = share_of(image)
    shown = {
        "@type": "ImageObject",
        "url": absolute(cut["url"] if cut else image.file.url),
        "caption": image.caption or image.alt,
        "creditText": image.credit,
    }
    return {name: value for name, value in shown.items() if value}


def entity(kind: str, name: str, path: str, summary: str = "") -> Data:
    described = {"description": summary} if summary else {}
    return {"@type": ENTITY_TYPES[kind], "name": name, "url": absolute(path)} | described


def event(told: Data, *, starts: date, ends: date | None, places: Sequence[str]) -> Data:
    """The same of an exercise whose days and hosts are known."""
    located = [{"@type": "Country", "name": place} for place in places]
    last = {"endDate": ends.isoformat()} if ends else {}
    return told | {"@type": "Event", "startDate": starts.isoformat(), "location": located} | last


def item_list(items: Sequence[tuple[str, str]]) -> Data:
    """Names with the paths of their pages, in order."""
    return {
        "@type": "ItemList",
        "numberOfItems": len(items),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "url": absolute(path)}
            for position, (name, path) in enumerate(items, start=1)
        ],
    }


def _tags(document: Data) -> Sequence[Data]:
    return [*({"kind": "country"} | country for country in document["countries"]), *document["entities"]]


def _named(tag: Data) -> Data:
    return entity(tag["kind"], tag["name"], path_of_entity(tag["kind"], tag["slug"]))


def _quotation(quote: Data) -> Data:
    """Somebody who is not named has no name to give."""
    speaker = quote["speaker"]
    words = {"@type": "Quotation", "url": absolute(path_of("quote", quote["id"])), "text": quote["text"]}
    if speaker["kind"] not in ("person", "organisation") or not speaker["name"]:
        return words
    kind = "Person" if speaker["kind"] == "person" else "Organization"
    described = {"jobTitle": speaker["role"]} if kind == "Person" and speaker["role"] else {}
    return words | {"spokenByCharacter": {"@type": kind, "name": speaker["name"]} | described}
