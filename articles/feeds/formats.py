"""The three formats: Django's RSS and Atom with what a newspaper needs beside, and JSON Feed 1.1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote an entry, with the address of their page."""

    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entry that was taken from the public, and the notice that stands in its place, if any (RFC 6721)."""

    ref: str
    at: datetime
    notice: str = ""


class RssFeed(Rss201rev2Feed):
    """RSS 2.0 with the addresses of earlier pages (RFC 5005) and a name for each author."""

    content_type = "application/rss+xml; charset=utf-8"

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        _add_pages(handler, self.feed, "atom:link")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for person in item["people"]:
            handler.addQuickElement("dc:creator", person.name)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}


class AtomFeed(Atom1Feed):
    """Atom with several authors to an entry, earlier pages and deleted entries."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:at": TOMBSTONES}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        _add_pages(handler, self.feed, "link")
        for deleted in self.feed["deleted"]:
            handler.startElement("at:deleted-entry", {"ref": deleted.ref, "when": rfc3339_date(deleted.at)})
            if deleted.notice:
                handler.addQuickElement("at:comment", deleted.notice)
            handler.endElement("at:deleted-entry")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for person in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", person.name)
            handler.addQuickElement("uri", person.uri)
            handler.endElement("author")

    def latest_post_date(self) -> datetime:
        """A deletion changes the feed too."""
        return max([super().latest_post_date(), *(deleted.at for deleted in self.feed["deleted"])])


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[Any], encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "next_url": self.feed["next_url"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"], "url": self.feed["author_link"]}],
        }
        document = _without_empty(feed) | {"items": [self._item(item) for item in self.items]}
        outfile.write(json.dumps(document, ensure_ascii=False).encode(encoding))

    @staticmethod
    def _item(item: dict[str, Any]) -> dict[str, Any]:
        return _without_empty(
            {
                "id": item["unique_id"],
                "url": item["link"],
                "title": item["title"],
                "date_published": rfc3339_date(item["pubdate"]),
                "date_modified": rfc3339_date(item["updateddate"]),
                "authors": [{"name": person.name, "url": person.uri} for person in item["people"]],
                "tags": list(item["categories"]),
                "image": item["enclosures"][0].url if item["enclosures"] else "",
                "attachments": [
                    _without_empty(
                        {
                            "url": enclosure.url,
                            "mime_type": enclosure.mime_type,
                            "size_in_bytes": int(enclosure.length),
                        }
                    )
                    for enclosure in item["enclosures"]
                ],
            }
        ) | {"content_text": item["text"]}


# C0 controls but tab and line ends, and the two that are no characters: XML has no way to write them.
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def printable(text: str) -> str:
    """The text without what would make a document of XML none."""
    return text.translate(_UNPRINTABLE)


FORMATS: dict[str, type[SyndicationFeed]] = {"atom": AtomFeed, "rss": RssFeed, "json": JsonFeed}


def _add_pages(handler: Any, feed: dict[str, Any], element: str) -> None:
    if feed["next_url"]:
        handler.addQuickElement(element, None, {"rel": "next", "href": feed["next_url"]})


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
