"""The pictures in a body: found, looked up among the desk's own, and written as readers may see them.

The HTML is the output of `articles.body.clean_body`. A picture there has an address, a text alternative and a
caption; credit and rights stand in the row of the desk's picture with that file, and are read when it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from django.conf import settings

from articles.models import Image
from articles.pictures.sources import IN_TEXT_SIZES, written_sources

# Takes a figure of ours with or without a caption, and a bare picture in a list item; nothing else begins so.
_FIGURE = re.compile(
    r"<figure>(?P<framed><img[^>]*>)(?:<figcaption>(?P<caption>[^<]*)</figcaption>)?</figure>|(?P<bare><img[^>]*>)"
)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """A picture as it stands in a body."""

    html: str
    src: str = ""
    alt: str = ""
    width: str = ""
    height: str = ""
    caption: str = ""

    @property
    def file_name(self) -> str:
        """The name of its file in our storage, whether or not there is one; empty for an address elsewhere."""
        address = urlsplit(self.src)
        path = unquote(address.path)
        is_ours = address.netloc in ("", urlsplit(settings.SITE_URL).netloc) and path.startswith(settings.MEDIA_URL)
        return path.removeprefix(settings.MEDIA_URL) if is_ours else ""

    @property
    def short_name(self) -> str:
        """What an editor knows it by."""
        name = self.caption or self.alt or self.src.rpartition("/")[2] or "without address"
        return name if len(name) <= 40 else name[:39].rstrip() + "…"


def pictures_in(html: str) -> list[BodyPicture]:
    return [_picture(match) for match in _FIGURE.finditer(html)]


def own_pictures(html: str) -> dict[str, Image]:
    """The desk's pictures in a body, by the name of their file. One query, none where the body has no picture."""
    names = {picture.file_name for picture in pictures_in(html)} - {""}
    return {str(image.file.name): image for image in Image.objects.filter(file__in=names)} if names else {}


def shown_pictures(html: str, own: Mapping[str, Image], *, to_partners: bool = False) -> str:
    """The body with each picture of ours under its credit; those that we may not show now are left out."""

    def written(match: re.Match[str]) -> str:
        picture = _picture(match)
        image = own.get(picture.file_name)
        if image is None:
            return picture.html
        if image.is_expired or (to_partners and not image.may_syndicate):
            return ""
        sources = "" if to_partners else written_sources(image, "whole", sizes=IN_TEXT_SIZES)
        return _written(picture, image, sources=sources)

    return _FIGURE.sub(written, html)


def replaced_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """The HTML with other addresses for files of ours; their own are made of their content, and stand nowhere else."""
    for own, other in addresses.items():
        html = html.replace(escape(own), escape(other))
    return html


def _picture(match: re.Match[str]) -> BodyPicture:
    image = match["framed"] or match["bare"]
    given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(image)}
    kept = {name: given.get(name, "") for name in ("src", "alt", "width", "height")}
    return BodyPicture(html=match.group(), caption=unescape(match["caption"] or ""), **kept)


def _written(picture: BodyPicture, image: Image, *, sources: str) -> str:
    """A figure with its size, so that the page does not jump, with its credit, and in the formats that it comes in."""
    attributes = {
        "src": picture.src,
        "alt": picture.alt,
        "width": picture.width or str(image.width),
        "height": picture.height or str(image.height),
    }
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    credit = f'<span class="credit">{escape(image.credit)}</span>' if image.credit else ""
    words = " ".join(part for part in (escape(picture.caption, quote=False), credit) if part)
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    shown = f'<img{written} loading="lazy">'
    shown = f"<picture>{sources}{shown}</picture>" if sources else shown
    return f"<figure>{shown}{caption}</figure>"
