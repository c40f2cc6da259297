"""What a photographer or an agency wrote into a picture's file: caption and credit, and what they say of its rights. It
is read before the newsroom takes it out.

IPTC-IIM 4.2 as agencies send it, the same in XMP (ISO 16684-1, IPTC Photo Metadata), and Exif, in this order: what
comes first is what a picture desk wrote last. Where it was taken and what the camera says of itself is not read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from PIL import Image as Pillow

logger = logging.getLogger(__name__)

# No longer than its column, whatever a file says: articles/models/image.py.
LONGEST = {"caption": 500, "credit": 200, "notice": 300}
# A page of XMP has some kilobytes, and says each thing once.
LONGEST_XMP = 512 * 1024
MOST_ELEMENTS = 100
IPTC = {80: "by", 110: "agency", 115: "source", 120: "caption", 116: "copyright", 40: "terms"}
EXIF = {0x013B: "by", 0x8298: "copyright"}
XMP = {
    "{http://purl.org/dc/elements/1.1/}creator": "by",
    "{http://ns.adobe.com/photoshop/1.0/}Credit": "agency",
    "{http://ns.adobe.com/photoshop/1.0/}Source": "source",
    "{http://purl.org/dc/elements/1.1/}description": "caption",
    "{http://purl.org/dc/elements/1.1/}rights": "copyright",
    "{http://ns.adobe.com/xap/1.0/rights/}UsageTerms": "terms",
    "{http://ns.adobe.com/photoshop/1.0/}Instructions": "terms",
}
Found = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Each empty where the file does not say. `notice` is what it says of its rights: a copyright, terms of use."""

    caption: str = ""
    credit: str = ""
    notice: str = ""


def facts_in(content: bytes) -> PictureFacts:
    """Of a picture's file, whole or its beginning; nothing of what cannot be read."""
    from PIL import Image as Pillow

    facts: dict[str, str] = {}
    try:
        with Pillow.open(BytesIO(content)) as picture:
            for read in (_iptc_of, _xmp_of, _exif_of):
                facts = dict(_read(read(picture))) | facts
    except Exception as error:  # Bytes of anybody's: Pillow raises whatever its readers stumble over.
        logger.info("No facts of a picture: %s: %s", type(error).__name__, error)
    return PictureFacts(
        caption=facts.get("caption", "")[: LONGEST["caption"]],
        credit=_joined(" / ", facts.get("by"), facts.get("agency") or facts.get("source"))[: LONGEST["credit"]],
        notice=_joined("; ", facts.get("copyright"), facts.get("terms"))[: LONGEST["notice"]],
    )


def _read(found: Found) -> Found:
    """The first of each name that says something; as much as was read before a fault."""
    known = set()
    try:
        for name, value in found:
            if name not in known and (words := _clean(value)):
                known.add(name)
                yield name, words
    except Exception as error:  # One kind of metadata is damaged: the others may say something all the same.
        logger.info("Some facts of a picture cannot be read: %s: %s", type(error).__name__, error)


def _iptc_of(picture: Pillow.Image) -> Found:
    from PIL import IptcImagePlugin

    for (record, number), value in (IptcImagePlugin.getiptcinfo(picture) or {}).items():  # type: ignore[arg-type]
        if record == 2 and number in IPTC:
            values = value if isinstance(value, list) else [value]
            yield IPTC[number], ", ".join(_text(part) for part in values if part)


def _exif_of(picture: Pillow.Image) -> Found:
    if "exif" not in picture.info:
        # Otherwise Pillow unpacks a whole PNG to look behind its pixels.
        return
    facts = picture.getexif()
    for number, name in EXIF.items():
        if number in facts:
            value = facts[number]
            # Pillow takes every byte of a text for a letter of its own.
            yield name, _text(value.encode("latin-1") if isinstance(value, str) else value)


def _xmp_of(picture: Pillow.Image) -> Found:
    page = _text(picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or "").strip("\0 \r\n\t")
    # Adobe's page declares no types and no entities: what does is an attack.
    if not page or len(page) > LONGEST_XMP or "<!" in page:
        return
    root = ElementTree.fromstring(page)  # noqa: S314 - without declarations there is nothing to expand
    yield from islice(_said_in(root), MOST_ELEMENTS)


def _said_in(root: ElementTree.Element) -> Found:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in XMP:
                yield XMP[name], value
        if element.tag in XMP:
            yield XMP[element.tag], _words_of(element)


def _words_of(element: ElementTree.Element) -> str:
    """Of a plain element its text; of several authors all, of a text in several languages the first.

    Items stand in a list right in it, and nowhere deeper: who looks there reads what is nested once for each level.
    """
    items = [item.text or "" for listed in element for item in listed if item.tag.endswith("}li")]
    if not items:
        return element.text or ""
    return ", ".join(items) if XMP[element.tag] == "by" else items[0]


def _text(value: Any) -> str:
    """Agencies write UTF-8 or what Windows had before it."""
    if not isinstance(value, bytes):
        return str(value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", errors="replace")


def _clean(words: str) -> str:
    """One line of signs that can be seen."""
    line = " ".join(words[:2_000].split())
    return "".join(sign for sign in line if sign.isprintable()).strip()


def _joined(between: str, *parts: str | None) -> str:
    names: Iterable[str] = dict.fromkeys(part for part in parts if part)
    return between.join(names)
