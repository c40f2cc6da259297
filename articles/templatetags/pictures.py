"""The widths in which a picture comes, for browsers to choose from."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from articles.models import Image, Rights
from articles.models.image import DEMANDS
from articles.pictures.sources import renditions_of
from articles.pictures.thumbnails import WIDTHS

LOOK_WIDTH = 900

register = template.Library()


@register.filter
def srcset(image: dict[str, Any]) -> str:
    """From `url` and `width` of a card's picture: "/media/480/….webp 480w, /media/….webp 1600w"."""
    file = image["url"].removeprefix(settings.MEDIA_URL)
    smaller = [width for width in WIDTHS if width < image["width"]]
    copies = [f"{reverse('rendition', args=[width, file])} {width}w" for width in smaller]
    return ", ".join([*copies, f"{image['url']} {image['width']}w"])


@register.filter
def look(image: Image) -> str:
    """A picture at a size to work with: its copy 960 pixels wide where there is one, else the original."""
    whole = (entry for entry in renditions_of(image) if entry["kind"] == "whole" and entry["type"] == "image/webp")
    return next((str(entry["url"]) for entry in whole if entry["width"] >= LOOK_WIDTH), image.file.url)


@register.simple_tag
def rights_choices() -> list[tuple[str, str]]:
    return list(Rights.choices)


@register.simple_tag
def rights_demands() -> list[tuple[str, str]]:
    """What each right is called, and what it asks of us."""
    return [(str(right.label), words) for right, words in DEMANDS.items()]
