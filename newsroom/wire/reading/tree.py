"""XML as a tree, of which nothing can be made that the document does not hold itself.

Python's own expat, told to refuse every entity that a document declares: neither a billion laughs nor a file of ours
comes in that way. Two faults that feeds have, and that no reader of feeds minds, are mended before: names of HTML's
letters ("&nbsp;") and a bare "&". A document that breaks off gives what was whole before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import NoReturn
from xml.etree.ElementTree import Element
from xml.parsers import expat

from newsroom.wire.reading.entries import UnreadableFeed

DEEPEST = 60
MOST_ELEMENTS = 200_000
# Prefixes that may be known at one place; a feed has ten.
MOST_PREFIXES = 100
TOO_DEEP = "It is built as no feed is: too deep, or of too many parts. Tell the agency."
# The names by which the readers ask; of other namespaces, the prefix is kept as it is written.
NAMESPACES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/1999/xhtml": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/atompub/tombstones/1.0": "at:",
}
_CDATA, _CDATA_ENDS = "<![CDATA[", "]]>"
# Takes "&nbsp;", and the "&" of "AT&T"; leaves "&amp;" and "&#8217;".
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};)(\w{2,31};)?")
_OF_XML = {"lt;", "gt;", "amp;", "quot;", "apos;"}
# XML 1.0 has no place for these.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PROLOG = re.compile(r"\A\s*(<\?xml[^>]{0,300}\?>)?")


@dataclass(frozen=True, slots=True)
class Tree:
    """`broken_at` is the line where the document breaks off, 0 where it is whole."""

    root: Element
    unfinished: frozenset[int]
    broken_at: int

    def whole(self, *names: str) -> list[Element]:
        """The elements of these names in their order, without one that was cut; what stands in one is part of it."""
        return [found for found in _outermost(self.root, names) if id(found) not in self.unfinished]


def _outermost(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    if element.tag in names:
        yield element
        return
    for child in element:
        yield from _outermost(child, names)


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self._scopes: list[dict[str, str]] = [{}]
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self.open) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise UnreadableFeed(TOO_DEEP)
        self._scopes.append(self._scope(attributes))
        element = Element(self._named(name), {self._plain(key): value for key, value in attributes.items()})
        if self.open:
            self.open[-1].append(element)
        elif self.root is None:
            self.root = element
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()
        self._scopes.pop()

    def data(self, text: str) -> None:
        if not self.open:
            return
        inner = self.open[-1]
        if len(inner):
            inner[-1].tail = (inner[-1].tail or "") + text
        else:
            inner.text = (inner.text or "") + text

    def _scope(self, attributes: dict[str, str]) -> dict[str, str]:
        own = {key.partition(":")[2]: value for key, value in attributes.items() if key.split(":")[0] == "xmlns"}
        if not own:
            return self._scopes[-1]
        scope = {**self._scopes[-1], **own}
        if len(scope) > MOST_PREFIXES:
            raise UnreadableFeed(TOO_DEEP)
        return scope

    def _named(self, written: str) -> str:
        prefix, _, name = written.rpartition(":")
        known = NAMESPACES.get(self._scopes[-1].get(prefix, ""))
        return written if known is None else f"{known}{name}"

    @staticmethod
    def _plain(name: str) -> str:
        return name.removeprefix("xml:")


def tree_of(text: str) -> Tree:
    """Parse a document.

    Raises:
        UnreadableFeed: it declares entities, is built as no feed is, or nothing of it can be read.
    """
    builder = _Builder()
    parser = _parser_for(builder)
    broken_at, unfinished = 0, frozenset[int]()
    try:
        parser.Parse(_mended(text).encode(), True)
    except expat.ExpatError as error:
        broken_at, unfinished = max(error.lineno, 1), frozenset(id(element) for element in builder.open)
    if builder.root is None:
        raise UnreadableFeed("It answered with something that is no XML. Check the address and the format.")
    return Tree(builder.root, unfinished, broken_at)


def _parser_for(builder: _Builder) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    # Of an element with a thousand attributes by declaration, a thousand are a million.
    parser.AttlistDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _refuse(*declared: object) -> NoReturn:
    raise UnreadableFeed(
        "It declares entities or attributes of its own, by which a feed could read our files or fill our memory. "
        "Nothing of it was read: tell the agency."
    )


def _mended(text: str) -> str:
    """The same document, in UTF-8 whatever it declared."""
    body = _PROLOG.sub("", _NOT_XML.sub("", text), count=1)
    return "".join(part if is_data else _AMPERSAND.sub(_letter, part) for part, is_data in _parts(body))


def _parts(body: str) -> Iterator[tuple[str, bool]]:
    """The document in pieces, and of each whether it is a CDATA section, in which "&" is itself. Each sign is looked at
    once: a section that never ends is none, nor is any after it."""
    place = 0
    while (begins := body.find(_CDATA, place)) >= 0:
        ends = body.find(_CDATA_ENDS, begins + len(_CDATA))
        if ends < 0:
            break
        yield body[place:begins], False
        place = ends + len(_CDATA_ENDS)
        yield body[begins:place], True
    yield body[place:], False


def _letter(found: re.Match[str]) -> str:
    name = found[1]
    if not name:
        return "&amp;"
    if name in _OF_XML:
        return found[0]
    letter = html5.get(name)
    # "&LT;" is a sign of markup under another name.
    return letter if letter and letter not in "<>&\"'" else f"&amp;{name}"
