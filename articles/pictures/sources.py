"""The renditions of a picture as pages and partners are given them, from what stands in the picture's own row."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from articles.models import Image

MEDIA_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".avif": "image/avif"}
# Best first: a browser takes the first that it knows.
FORMATS = ("image/avif", "image/webp")
# How wide a picture stands in the column of a story, and above it: newsroom/static/site/tokens.css.
IN_TEXT_SIZES = "(min-width: 42rem) 40rem, calc(100vw - 2.5rem)"
HERO_SIZES = "(min-width: 60rem) 60rem, 100vw"


@dataclass(frozen=True, slots=True)
class Source:
    """A <source> of a <picture>."""

    media_type: str
    srcset: str


def sources_of(image: Image, kind: str) -> list[Source]:
    """For a picture that stands whole or as a hero; none until the worker has made its copies. One that has the shape
    of a hero has no crop for it."""
    entries = renditions_of(image)
    cut = [entry for entry in entries if entry["kind"] == kind]
    made = cut or [entry for entry in entries if entry["kind"] == "whole"]
    return [
        Source(media_type, ", ".join(f"{entry['url']} {entry['width']}w" for entry in same))
        for media_type in FORMATS
        if (same := [entry for entry in made if entry["type"] == media_type])
    ]


def share_of(image: Image) -> dict[str, Any] | None:
    """The crop that stands for a story where its address is shared."""
    return next((entry for entry in renditions_of(image) if entry["kind"] == "share"), None)


def renditions_of(image: Image) -> list[dict[str, Any]]:
    """Each with kind, type, width, height and url, narrow ones first within their kind."""
    return [entry | {"url": default_storage.url(entry["file"])} for entry in image.rendered or ()]


def type_of(image: Image) -> str:
    """The media type of the original, by the suffix that it was given after it was read."""
    return MEDIA_TYPES.get(PurePosixPath(str(image.file)).suffix, "application/octet-stream")


def files_of(image: Image) -> list[str]:
    """The name of every file that a page may show of it."""
    return [str(image.file), *(entry["file"] for entry in image.rendered or ())]


def written_sources(image: Image, kind: str, *, sizes: str) -> str:
    """The <source> elements as HTML."""
    return "".join(
        f'<source type="{source.media_type}" srcset="{escape(source.srcset)}" sizes="{escape(sizes)}">'
        for source in sources_of(image, kind)
    )
