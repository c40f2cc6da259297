"""A public page as it would be, shown to the desk alone: what stands above it, and that nobody keeps or finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control


@dataclass(frozen=True, slots=True)
class NotLive:
    """Which page it would be and its address, to which its links lead; where its desk is, and what was typed there,
    which goes back with every press."""

    name: str
    address: str
    desk: str
    typed: Sequence[tuple[str, str]]


def keep_from_readers(response: HttpResponseBase) -> None:
    """Leave no trace in caches and search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    patch_cache_control(response, no_store=True, private=True)
