"""The widths in which a picture comes, for browsers to choose from."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from articles.thumbnails import WIDTHS

register = template.Library()


@register.filter
def srcset(image: dict[str, Any]) -> str:
    """From `url` and `width` of a card's picture: "/media/480/….webp 480w, /media/….webp 1600w"."""
    file = image["url"].removeprefix(settings.MEDIA_URL)
    smaller = [width for width in WIDTHS if width < image["width"]]
    copies = [f"{reverse('rendition', args=[width, file])} {width}w" for width in smaller]
    return ", ".join([*copies, f"{image['url']} {image['width']}w"])
