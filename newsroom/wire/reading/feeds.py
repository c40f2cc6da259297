"""RSS (0.9 to 2.0, and 1.0) and Atom, with what is deleted as RFC 6721 says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, tostring

from newsroom.wire.reading.decoding import UNREADABLE_LETTERS, decoded
from newsroom.wire.reading.entries import (
    Entry,
    Feed,
    Removal,
    UnreadableEntry,
    UnreadableFeed,
    body_of,
    kept_id,
    language_of,
    line_of,
)
from newsroom.wire.reading.moments import moment_of, sent_moment_of
from newsroom.wire.reading.tree import Tree, tree_of

ROOTS = {"rss": "RSS", "rdf:RDF": "RSS", "feed": "Atom", "html": "a web page"}
DELETED = "at:deleted-entry"
MOST_ITEMS = 1000
LONGEST_ADDRESS = 1000

Reader = Callable[[Element, str, datetime], Entry]


def read_rss(body: bytes, content_type: str, *, now: datetime) -> Feed:
    return _read(body, content_type, "RSS", "item", _rss_entry, now)


def read_atom(body: bytes, content_type: str, *, now: datetime) -> Feed:
    return _read(body, content_type, "Atom", "entry", _atom_entry, now)


def _read(body: bytes, content_type: str, format: str, item: str, reader: Reader, now: datetime) -> Feed:
    text, is_whole = decoded(body, content_type)
    tree = tree_of(text)
    found = ROOTS.get(tree.root.tag, f"<{tree.root.tag[:30]}>")
    if found != format:
        raise UnreadableFeed(f"It answered with {found} where {format} was expected. Check the address and the format.")
    feed = Feed()
    language = language_of(_text(tree.root, "channel/language") or tree.root.get("lang", ""))
    elements = tree.whole(item, DELETED)
    for number, element in enumerate(elements[:MOST_ITEMS], start=1):
        try:
            is_deleted = element.tag == DELETED
            feed.entries.append(_removal(element) if is_deleted else reader(element, language, now))
        except UnreadableEntry as error:
            feed.faults.append(f"Item {number} ({line_of(_text(element, 'title'), 60) or 'no title'}): {error}.")
    feed.faults.extend(_of_the_whole(tree, len(elements), is_whole))
    return feed


def _of_the_whole(tree: Tree, count: int, is_whole: bool) -> Iterator[str]:
    if tree.broken_at:
        yield f"It breaks off at line {tree.broken_at}; what was whole before was read."
    if count > MOST_ITEMS:
        yield f"It has {count} items; the first {MOST_ITEMS} were read."
    if not is_whole:
        yield UNREADABLE_LETTERS


def _rss_entry(item: Element, language: str, now: datetime) -> Entry:
    title, link = line_of(_text(item, "title"), 250), _address(_text(item, "link"))
    summary, whole = _text(item, "description"), _text(item, "content:encoded")
    written = _text(item, "updated", "dcterms:modified", "pubDate", "dc:date")
    body, text = body_of(whole or summary)
    guid = kept_id(_text(item, "guid") or item.get("rdf:about", "") or link)
    return _entry(
        guid or _made_id(title, text, written),
        title,
        body,
        text,
        standfirst=line_of(summary, 500) if whole else "",
        byline=line_of(_text(item, "dc:creator", "author"), 200),
        language=language_of(_text(item, "dc:language")) or language,
        link=link,
        sent_at=sent_moment_of(written, now=now),
    )


def _atom_entry(entry: Element, language: str, now: datetime) -> Entry:
    title, link = line_of(_construct(entry, "title"), 250), _atom_link(entry)
    summary, whole = _construct(entry, "summary"), _construct(entry, "content")
    written = _text(entry, "updated", "published")
    body, text = body_of(whole or summary)
    return _entry(
        kept_id(_text(entry, "id") or link) or _made_id(title, text, written),
        title,
        body,
        text,
        standfirst=line_of(summary, 500) if whole else "",
        byline=line_of(_text(entry, "author/name"), 200),
        language=language_of(entry.get("lang", "")) or language,
        link=link,
        sent_at=sent_moment_of(written, now=now),
    )


def _removal(element: Element) -> Removal:
    guid = kept_id(element.get("ref", ""))
    if not guid:
        raise UnreadableEntry("it takes a story back and does not say which")
    return Removal(guid, note=line_of(_text(element, "at:comment"), 500), at=moment_of(element.get("when", "")))


def _entry(guid: str, headline: str, body: str, text: str, **columns: Any) -> Entry:
    if not headline and not text:
        raise UnreadableEntry("it has neither a title nor words")
    return Entry(guid=guid, headline=headline, body=body, text=text, **columns)


def _made_id(title: str, text: str, written: str) -> str:
    """Of an item that the agency gave none: the same item has the same again."""
    return f"made:{hashlib.sha256(chr(0).join((title, written or text)).encode()).hexdigest()}"


def _text(element: Element, *paths: str) -> str:
    """The words of the first of these children that has any."""
    for path in paths:
        for found in _children(element, path.split("/")):
            words = "".join(found.itertext()).strip()
            if words:
                return words
    return ""


def _children(element: Element, path: list[str]) -> Iterator[Element]:
    for child in element:
        if child.tag == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from _children(child, path[1:])


def _construct(entry: Element, name: str) -> str:
    """A text of Atom as HTML: plain, escaped, or as elements."""
    found = next(_children(entry, [name]), None)
    if found is None:
        return ""
    kind = found.get("type", "text").lower()
    if kind == "xhtml" or len(found):
        return "".join(tostring(deepcopy(child), encoding="unicode", method="html") for child in found)
    words = (found.text or "").strip()
    return words if kind in ("html", "text/html") else words.replace("&", "&amp;").replace("<", "&lt;")


def _atom_link(entry: Element) -> str:
    for link in _children(entry, ["link"]):
        if link.get("rel", "alternate") == "alternate":
            return _address(link.get("href", ""))
    return ""


def _address(written: str) -> str:
    """Where it is one of the web's, to be shown as a link at the desk."""
    address = written.strip()
    if len(address) > LONGEST_ADDRESS:
        return ""
    try:
        is_of_the_web = urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return ""
    return address if is_of_the_web and address.isprintable() else ""
